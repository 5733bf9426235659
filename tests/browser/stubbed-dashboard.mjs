// A dashboard with tabs, texts, filters and choices, against a stub server that tells what it was asked.

import assert from 'node:assert/strict';
import { assertAccessible } from './axe.mjs';
import { openPage } from './browser.mjs';
import { serveHostPages } from './host-pages.mjs';
import { answers, shown } from './stub-dashboard.mjs';
import { serveStub } from './stub-server.mjs';
import { until } from './steps.mjs';

export async function testStubbedDashboard({ report, survey, browser }) {
  const stub = await serveStub(answers());
  const host = await serveHostPages(stub.url, '127.0.0.1');
  const script = `<script type="module" src="${stub.url}/embed/embed.js"></script>`;
  const open = async (markup, options) => {
    stub.asked.length = 0;
    const page = await openPage(browser, options);
    await page.goto(host.put('/embed', `${script}${markup}`));
    return page;
  };
  const dashboard = '<aracari-dashboard dashboard-id="dash" auth-token="t"></aracari-dashboard>';
  const dataCalls = () => stub.asked.filter(({ path }) => path.endsWith('/data'));
  const lastData = () => dataCalls().at(-1)?.body ?? {};

  await report.check(
    'charts are asked for when they come into sight, with their width',
    async () => {
      const page = await open(dashboard);
      await page.getByRole('img', { name: `Line chart: ${shown.line.name}` }).waitFor();
      await until(async () => dataCalls().length > 0, 'a data call');
      const first = new Set(dataCalls().flatMap(({ body }) => body.charts ?? []));
      assert.ok(first.has('c_bar') && first.has('c_value'), [...first].join());
      assert.ok(!first.has('c_table') && !first.has('c_heatmap'), [...first].join());
      assert.ok(dataCalls()[0].body.points.c_bar > 200);
      await page.getByRole('region', { name: shown.table.name }).first().scrollIntoViewIfNeeded();
      await until(async () => lastData().charts?.includes('c_table'), 'the table');
      await page.context().close();
    },
  );
  await report.check('a tab shows its own tiles, by keyboard as well', async () => {
    const page = await open(dashboard);
    await page.getByRole('tab', { name: 'Sales' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('img', { name: /^Heatmap: / }).waitFor();
    assert.equal(await page.getByRole('img', { name: /^Line chart/ }).count(), 0);
    assert.ok(dataCalls().some(({ body }) => body.charts?.join() === 'c_heatmap'));
    await page.context().close();
  });
  await report.check('a text is Markdown, and HTML in it is text', async () => {
    const page = await open(dashboard);
    await page.getByRole('heading', { name: 'How to read this' }).waitFor();
    const links = await page
      .locator('aracari-text')
      .getByRole('link')
      .evaluateAll((all) => all.map(({ href }) => href));
    assert.deepEqual(links, ['https://docs.example.com/']);
    assert.equal(await page.locator('aracari-text img').count(), 0);
    assert.match(await page.locator('aracari-text .text').innerText(), /<b onclick=/);
    assert.equal(await page.evaluate(() => window.broken), undefined);
    await page.context().close();
  });
  await report.check('filters: values with search, a range, a preset, a text', async () => {
    const page = await open(dashboard);
    await page.evaluate(() => {
      window.changes = [];
      addEventListener('aracari-filter-change', ({ detail }) =>
        window.changes.push(detail.filters),
      );
    });
    await page.getByRole('button', { name: 'Region All' }).click();
    await page.getByRole('checkbox', { name: 'North' }).click();
    await page.getByRole('checkbox', { name: '(empty)' }).click();
    await until(async () => lastData().filters?.f_region?.length === 2, 'two regions');
    assert.deepEqual(lastData().filters, { f_region: ['North', null] });
    await page.getByPlaceholder('Search values').fill('sou');
    await until(async () => (await page.getByRole('checkbox').count()) === 1, 'one value');
    await survey.picture(page, 'embed-filter-values', { fullPage: false });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Price All' }).click();
    await page.getByRole('spinbutton', { name: 'From' }).fill('10');
    await page.keyboard.press('Enter');
    await until(async () => lastData().filters?.f_price?.from === 10, 'a price');
    await page.getByRole('button', { name: 'Day All' }).click();
    await page.getByRole('button', { name: 'Last 30 days' }).click();
    await until(async () => lastData().filters?.f_day?.preset === 'last30Days', 'a preset');
    await survey.picture(page, 'embed-filter-days', { fullPage: false });
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox', { name: 'Name' }).fill('mug');
    await until(async () => lastData().filters?.f_name?.contains === 'mug', 'a text');
    assert.equal((await page.evaluate(() => window.changes)).length, 5);
    const held = await page.evaluate(() =>
      document.querySelector('aracari-dashboard').getFilters(),
    );
    assert.deepEqual(held, lastData().filters);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await until(async () => lastData().filters === undefined, 'no filter');
    await page.context().close();
  });
  await report.check('a click in a chart narrows the others; the chip undoes it', async () => {
    const page = await open(dashboard);
    const bar = page.getByRole('img', { name: /^Bar chart/ });
    await bar.waitFor();
    await until(async () => dataCalls().length > 0, 'data');
    await page.waitForTimeout(300);
    await bar.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await until(async () => lastData().selections?.length === 1, 'a selection');
    assert.deepEqual(lastData().selections, [
      { chart: 'c_bar', dimension: 'product', values: ['Espresso machines'] },
    ]);
    assert.ok(!lastData().charts.includes('c_bar'));
    await survey.picture(page, 'embed-selection');
    const tile = page.getByRole('region', { name: shown.bar.name }).first();
    await tile.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Show rows' }).click();
    const dialog = page.getByRole('dialog', { name: `Rows of ${shown.bar.name}` });
    await dialog.getByRole('table').waitFor();
    await survey.picture(page, 'embed-rows', { fullPage: false });
    const rows = stub.asked.find(({ path }) => path.endsWith('/charts/c_bar/rows'));
    assert.deepEqual(rows.body.at, [{ dimension: 'product', value: 'Espresso machines' }]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Remove Espresso machines' }).click();
    await until(async () => lastData().selections === undefined, 'no selection');
    await page.context().close();
  });
  await report.check('exports: a picture here, a file from the server', async () => {
    const page = await open(dashboard);
    await page.getByRole('img', { name: /^Bar chart/ }).waitFor();
    await page.waitForTimeout(300);
    const size = await page.evaluate(async () => {
      const blob = await document.querySelector('aracari-dashboard').exportPng('c_bar');
      return [blob.type, blob.size];
    });
    assert.equal(size[0], 'image/png');
    assert.ok(size[1] > 3000);
    page.expectRefusals(404);
    const refused = await page.evaluate(() =>
      document
        .querySelector('aracari-dashboard')
        .exportCsv('c_bar')
        .then(
          () => 'came',
          () => 'refused',
        ),
    );
    assert.equal(refused, 'refused');
    const asked = stub.asked.find(({ path }) => path.endsWith('/export'));
    assert.deepEqual(asked.body, { format: 'csv', of: 'chart' });
    await page.context().close();
  });
  await report.check('one chart, and the alias of the dashboard', async () => {
    const page = await open(
      `<aracari-chart chart-id="c_bar" auth-token="t"></aracari-chart>
       <tc-dashboard dashboard-id="dash" auth-token="t" locale="de"></tc-dashboard>`,
    );
    await page.getByRole('img', { name: /^Bar chart/ }).waitFor();
    await page.getByRole('img', { name: /^Liniendiagramm/ }).waitFor();
    await page.getByRole('button', { name: 'Region Alle' }).waitFor();
    await survey.picture(page, 'embed-chart-and-german');
    await page.context().close();
  });
  await report.check('from right to left, dark, and with a theme', async () => {
    const page = await open(
      '<aracari-dashboard dashboard-id="dash" auth-token="t" locale="ar" data-theme="dark"></aracari-dashboard>',
    );
    await page.evaluate(() => {
      document.body.className = 'dark';
      document.querySelector('aracari-dashboard').themeTokens = {
        radius: 4,
        density: 'compact',
        dark: {
          accent: '#ff7a59',
          surface: 'url(http://127.0.0.1:1/)',
          text: 'var(--a, url(http://127.0.0.1:1/))',
          colors: ['#2dd4bf'],
        },
      };
    });
    await page.getByRole('img').first().waitFor();
    await page.waitForTimeout(400);
    await survey.picture(page, 'embed-arabic-dark');
    const surface = await page.evaluate(() => {
      const root = document.querySelector('aracari-dashboard').shadowRoot.querySelector('.root');
      return [
        root.style.getPropertyValue('--_theme-surface') +
          root.style.getPropertyValue('--_theme-text'),
        root.style.getPropertyValue('--_theme-accent'),
      ];
    });
    assert.deepEqual(surface, ['', '#ff7a59']);
    await page.context().close();
  });
  await report.check('pictures of a whole dashboard, and axe finds nothing serious', async () => {
    const page = await open(dashboard);
    await page.getByRole('img', { name: /^Line chart/ }).waitFor();
    await page.evaluate(() => {
      Object.assign(document.querySelector('aracari-dashboard'), { eager: true, theme: 'auto' });
    });
    await page.getByRole('table', { name: shown.table.name }).waitFor();
    await assertAccessible(page, 'the dashboard');
    await survey.look(page, 'embed-dashboard', { settle: () => page.waitForTimeout(400) });
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
  });
  await report.check('the script twice, an element removed while it loads: no harm', async () => {
    const page = await open(
      `<script type="module" src="${stub.url}/embed/embed.js?again=1"></script>${dashboard}`,
    );
    await page.evaluate(() => {
      const element = document.querySelector('aracari-dashboard');
      element.remove();
      document.querySelector('main').append(element);
    });
    await page.getByRole('img', { name: /^Line chart/ }).waitFor();
    const cores = await page.evaluate(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => /core-/.test(name)).length,
    );
    assert.equal(cores, 1);
    await page.evaluate(() => document.querySelector('aracari-dashboard').remove());
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
  });
  host.close();
  stub.close();
}
