// One provider of tokens for many elements, against a stub server that ends tokens early, and in pages that sleep.

import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { serveHostPages } from './host-pages.mjs';
import { answers } from './stub-dashboard.mjs';
import { problem, serveStub } from './stub-server.mjs';
import { until } from './steps.mjs';

export async function testEmbedTokens({ report, browser }) {
  const state = { good: new Set(), told: {} };
  const refuse = ({ token }) =>
    state.good.has(token) ? undefined : { status: 401, json: problem('token_expired') };
  const stub = await serveStub((call) => answers(refuse, state.told)(call));
  const host = await serveHostPages(stub.url, '127.0.0.1');
  const script = `<script type="module" src="${stub.url}/embed/embed.js"></script>`;

  /** A page with `count` elements and a provider that gives `token 1`, `token 2`, …, or fails while `window.broken`. */
  const open = async (count, told = {}) => {
    state.good = new Set(['token 1', 'token 2', 'token 3', 'token 4']);
    state.told = told;
    stub.asked.length = 0;
    const page = await openPage(browser);
    page.expectRefusals(401);
    await page.goto(host.put('/tokens', script));
    await page.waitForFunction(() => customElements.get('aracari-dashboard'));
    await page.evaluate((number) => {
      window.calls = 0;
      const provider = () => {
        window.calls += 1;
        return window.broken
          ? Promise.reject(new Error('no'))
          : Promise.resolve(`token ${window.calls}`);
      };
      for (let at = 0; at < number; at += 1) {
        const element = document.createElement(
          at % 2 === 0 ? 'aracari-chart' : 'aracari-dashboard',
        );
        Object.assign(element, {
          authTokenProvider: provider,
          chartId: 'c_bar',
          dashboardId: 'dash',
        });
        element.refreshSeconds = 5;
        document.querySelector('main').append(element);
      }
    }, count);
    return page;
  };
  const calls = (page) => page.evaluate(() => window.calls);
  const tokens = () => new Set(stub.asked.map(({ token }) => token));

  await report.check('twenty elements: one call of the provider', async () => {
    const page = await open(20);
    await page
      .getByRole('img', { name: /^Bar chart/ })
      .first()
      .waitFor();
    await page.waitForTimeout(500);
    assert.equal(await calls(page), 1);
    assert.deepEqual([...tokens()], ['token 1']);
    await page.context().close();
  });
  for (const skewMinutes of [-10, 10]) {
    await report.check(
      `a viewer's clock ${skewMinutes} minutes off: one renewal before the end`,
      async () => {
        const page = await open(4, { minutes: 3 / 60, skewMinutes });
        await page
          .getByRole('img', { name: /^Bar chart/ })
          .first()
          .waitFor();
        assert.equal(await calls(page), 1);
        await until(async () => (await calls(page)) === 2, 'a second call');
        state.told = { minutes: 15, skewMinutes };
        await until(async () => tokens().has('token 2'), 'the second token in use');
        await page.waitForTimeout(700);
        assert.ok((await calls(page)) <= 3);
        await page.context().close();
      },
    );
  }
  await report.check(
    'a token that ended: filters, tab and picture stay, and the provider is asked once',
    async () => {
      const page = await open(2);
      await page.getByRole('tab', { name: 'Use' }).click();
      await page.getByRole('img', { name: /^Heatmap/ }).waitFor();
      await page.evaluate(() =>
        document.querySelector('aracari-dashboard').setFilters({ f_region: ['North'] }),
      );
      await page.waitForTimeout(300);
      state.good.delete('token 1');
      await page.evaluate(() => document.querySelector('aracari-dashboard').refresh());
      await until(async () => tokens().has('token 2'), 'the second token');
      await page.waitForTimeout(500);
      assert.equal(await calls(page), 2);
      assert.equal(await page.getByRole('alert').count(), 0);
      assert.equal(
        await page.getByRole('tab', { name: 'Use' }).getAttribute('aria-selected'),
        'true',
      );
      await page.getByRole('img', { name: /^Heatmap/ }).waitFor();
      const data = stub.asked.filter(
        ({ path, token }) => path.endsWith('/dash/data') && token === 'token 2',
      );
      assert.deepEqual(data.at(-1).body.filters, { f_region: ['North'] });
      await page.context().close();
    },
  );
  await report.check('a provider that fails: the picture stays, and it recovers', async () => {
    const page = await open(2);
    await page
      .getByRole('img', { name: /^Bar chart/ })
      .first()
      .waitFor();
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      window.broken = true;
      window.errors = [];
      addEventListener('aracari-error', ({ detail }) => window.errors.push(detail.code));
    });
    state.good = new Set(['token 3', 'token 4', 'token 5', 'token 6']);
    await page.evaluate(() => document.querySelector('aracari-dashboard').refresh());
    await until(async () => (await calls(page)) >= 2, 'a failed call');
    assert.ok((await page.getByRole('img', { name: /^Bar chart/ }).count()) > 0);
    await until(
      async () => (await page.evaluate(() => window.errors)).includes('token_provider_failed'),
      'an event',
    );
    await page.evaluate(() => (window.broken = false));
    await until(async () => [...tokens()].some((token) => state.good.has(token)), 'recovery');
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.context().close();
  });
  host.close();
  stub.close();
}
