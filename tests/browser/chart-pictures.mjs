// Every chart type as it is drawn: light, dark, and on a phone; its data as a table; and bad input.

import assert from 'node:assert/strict';
import { assertAccessible } from './axe.mjs';
import { openPage } from './browser.mjs';
import { badInput, charts } from './chart-fixtures.mjs';
import { serveHostPages } from './host-pages.mjs';
import { serveStub } from './stub-server.mjs';

const sizes = { wide: { width: 1240, height: 900 }, phone: { width: 390, height: 844 } };

export async function testChartPictures({ report, survey, browser }) {
  const stub = await serveStub(() => undefined);
  const host = await serveHostPages(stub.url, '127.0.0.1');
  const show = async (list, options = {}) => {
    const { theme = 'light', size = 'wide', locale = 'en-US' } = options;
    const script = `<script type="module" src="${stub.url}/embed/embed.js"></script>`;
    const page = await openPage(browser, { viewport: sizes[size] });
    await page.goto(host.put('/gallery', script, theme));
    await page.waitForFunction(() => customElements.get('aracari-chart-view'));
    await page.evaluate(addViews, { list, theme, locale });
    return page;
  };
  for (const theme of ['light', 'dark']) {
    for (const size of ['wide', 'phone']) {
      await report.check(`every chart type is drawn: ${theme}, ${size}`, async () => {
        const page = await show(charts, { theme, size });
        await assertInk(page, charts);
        await survey.picture(page, `charts-${theme}-${size}`);
        assert.deepEqual(page.complaints(), []);
        await page.context().close();
      });
    }
  }
  for (const locale of ['de', 'fr', 'es', 'ja', 'ar']) {
    await report.check(`every chart type speaks ${locale}`, async () => {
      const page = await show(charts, { locale });
      await assertInk(page, charts);
      if (locale !== 'ar')
        assert.equal(await page.getByRole('img', { name: /^Bar chart/ }).count(), 0);
      await survey.picture(page, `charts-${locale}`);
      await page.context().close();
    });
  }
  await report.check('the data of every chart are the values that came', async () => {
    const page = await show(charts);
    const shown = await page.evaluate(readTables);
    for (const [name, { columns }] of Object.entries(charts)) {
      assert.equal(shown[name].length, columns[0].values.length, name);
      assert.equal(shown[name][0].length, columns.length, name);
      columns.forEach((column, at) =>
        assertCells(
          column,
          shown[name].map((row) => row[at]),
          name,
        ),
      );
    }
    await page.context().close();
  });
  await report.check('bad input is drawn as far as it goes, and HTML stays text', async () => {
    const page = await show(badInput);
    await assertInk(page, badInput);
    await survey.picture(page, 'charts-bad-input');
    assert.equal(await page.evaluate(() => window.broken), undefined);
    assert.equal(await page.locator('aracari-chart-view img').count(), 0);
    await page.getByText('Not drawn, as negative or not a number: 2', { exact: true }).waitFor();
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
  });
  await report.check('legends hide a series, arrow keys move through a chart', async () => {
    const { 'bar-grouped': grouped } = charts;
    const page = await show({ grouped });
    const before = await page.locator('canvas').evaluate((canvas) => canvas.toDataURL());
    await page.getByRole('button', { name: 'Returns' }).click();
    await page.waitForTimeout(100);
    const after = await page.locator('canvas').evaluate((canvas) => canvas.toDataURL());
    assert.notEqual(before, after);
    await page.getByRole('img', { name: /^Bar chart/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const said = page.locator('.said');
    assert.match(await said.innerText(), /Feb 2025/);
    await page.context().close();
  });
  await report.check('a hundred thousand rows scroll, with few of them in the page', async () => {
    const values = Array.from({ length: 100_000 }, (_, at) => at);
    const column = { role: 'metric', type: 'integer', name: 'n', label: 'Number', values };
    const many = { chart: { id: 'many', name: 'Many', type: 'table' }, columns: [column] };
    const page = await show({ many });
    const scroll = page.getByRole('region', { name: 'Many' });
    assert.ok((await page.getByRole('row').count()) < 120);
    await scroll.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByRole('rowheader', { name: '99,999', exact: true }).waitFor();
    assert.ok((await page.getByRole('row').count()) < 250);
    await page.getByRole('button', { name: 'Number' }).click();
    await scroll.evaluate((element) => element.scrollTo(0, 0));
    await page.getByRole('rowheader', { name: '99,999', exact: true }).waitFor();
    await page.context().close();
  });
  await report.check('axe finds nothing serious in any chart', async () => {
    for (const theme of ['light', 'dark']) {
      const page = await show(charts, { theme });
      await assertAccessible(page, theme);
      await page.context().close();
    }
  });
  host.close();
  stub.close();
}

/** In the page: one card for each chart. */
async function addViews({ list, theme, locale }) {
  const main = document.querySelector('main');
  Object.assign(main.style, {
    display: 'grid',
    gap: '14px',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(360px, 100%), 1fr))',
  });
  window.views = {};
  for (const [name, { chart, columns }] of Object.entries(list)) {
    const card = document.createElement('section');
    Object.assign(card.style, {
      ...{ display: 'flex', flexDirection: 'column', height: '290px', minWidth: '0' },
      ...{ padding: '14px', borderRadius: '12px', boxSizing: 'border-box' },
      background: theme === 'dark' ? '#14171d' : '#fff',
      border: `1px solid ${theme === 'dark' ? '#252a33' : '#e4e7ec'}`,
    });
    const title = document.createElement('h3');
    title.textContent = chart.name;
    Object.assign(title.style, { margin: '0 0 10px', fontSize: '13px', fontWeight: '550' });
    const view = document.createElement('aracari-chart-view');
    Object.assign(view, { chart, columns, theme, locale });
    view.style.flex = '1';
    card.append(title, view);
    main.append(card);
    window.views[name] = view;
  }
  await Promise.all(Object.values(window.views).map((view) => view.drawn()));
  await new Promise((resolve) => setTimeout(resolve, 150));
  await Promise.all(Object.values(window.views).map((view) => view.drawn()));
}

/** Every picture has more than one colour on it. */
async function assertInk(page, list) {
  const blank = await page.evaluate(() =>
    Object.entries(window.views).flatMap(([name, view]) => {
      if (view.chart.type === 'table' || view.chart.type === 'value') return [];
      const canvas = view.shadowRoot
        .querySelector('aracari-chart-plot')
        ?.shadowRoot.querySelector('canvas');
      if (!canvas || canvas.width === 0 || canvas.height === 0) return [name];
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const colors = new Set();
      for (let at = 0; at < data.length; at += 4)
        if (data[at + 3] > 200) colors.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
      return colors.size > 3 ? [] : [name];
    }),
  );
  assert.deepEqual(blank, [], `blank of ${Object.keys(list).length}`);
}

/** In the page: the cells of each chart's data table. */
async function readTables() {
  const all = {};
  for (const [name, view] of Object.entries(window.views)) {
    view.asTable = true;
    await view.drawn();
    await customElements.whenDefined('aracari-chart-table');
    const table = view.shadowRoot.querySelector('aracari-chart-table');
    await table.updateComplete;
    const rows = [...table.shadowRoot.querySelectorAll('tbody tr')];
    all[name] = rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()));
  }
  return all;
}

/** Numbers are compared as numbers; texts and missing values as what they are called. */
function assertCells({ values, role, type, format, grain, otherAt = [] }, cells, name) {
  values.forEach((value, at) => {
    const cell = cells[at];
    if (otherAt.includes(at)) return assert.equal(cell, 'Other', name);
    if (value === null) return assert.equal(cell, role === 'dimension' ? '(empty)' : '–', name);
    if (type === 'string') return assert.equal(cell, value, name);
    if (grain !== undefined || type === 'date') return assert.notEqual(cell, '', name);
    const number = Number(cell.replaceAll(/[^0-9.-]/g, ''));
    const given = format?.style === 'percent' ? value * 100 : value;
    return assert.ok(Math.abs(number - given) < 0.06, `${name}: ${cell} for ${value}`);
  });
}
