// The npm package in a React page: built as a customer's bundler would, from what tools/build-embed-package.mjs writes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { openPage } from './browser.mjs';
import { answers } from './stub-dashboard.mjs';
import { serveStub } from './stub-server.mjs';
import { until } from './steps.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}build/react-page`;

const source = `
import { createElement, StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Chart, Dashboard } from '../npm/embed/react.js';

window.told = { calls: 0, tabs: [], ready: 0 };

function Page() {
  const [locale, setLocale] = useState('en');
  const dashboard = useRef(null);
  window.change = { setLocale, filters: () => dashboard.current.getFilters() };
  // A new function with each render, as components write it.
  const authTokenProvider = async () => {
    window.told.calls += 1;
    return 'token';
  };
  return createElement('div', {},
    createElement(Dashboard, {
      ref: dashboard, dashboardId: 'dash', serverUrl: window.server, authTokenProvider, locale,
      className: 'mine', filters: { f_region: ['North'] },
      onTabChange: ({ tab }) => window.told.tabs.push(tab),
      onReady: () => (window.told.ready += 1),
    }),
    createElement(Chart, { chartId: 'c_bar', serverUrl: window.server, authToken: 'token', locale }));
}

createRoot(document.querySelector('main')).render(
  createElement(StrictMode, {}, createElement(Page)));
`;

async function buildPage() {
  execFileSync(process.execPath, [`${root}tools/build-embed-package.mjs`], { stdio: 'ignore' });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/page.js`, source);
  await build({
    root: folder,
    logLevel: 'silent',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'built',
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: `${folder}/page.js`, output: { entryFileNames: 'page.js' } },
    },
  });
}

/** Serves the built page, which connects to `server`. */
async function servePage(server) {
  const policy = `default-src 'none'; script-src 'self'; connect-src ${server}`;
  const page = `<!doctype html><html lang="en"><title>React</title><main></main>
    <script src="/server.js"></script><script type="module" src="/page.js"></script></html>`;
  const http = createServer(async ({ url }, response) => {
    const script = /\.js$/.test(url);
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
    if (url === '/server.js') return response.end(`window.server = '${server}';`);
    if (script) return response.end(await readFile(`${folder}/built${url}`).catch(() => ''));
    response.setHeader('content-security-policy', policy);
    return response.end(url === '/' ? page : '');
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${http.address().port}/`,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}

export async function testReactPage({ report, browser }) {
  const stub = await serveStub(answers());
  const served = await servePage(stub.url);
  await report.check('the npm package is built, and a React page from it', buildPage);
  await report.check(
    'React: properties, events, a ref; one call of a provider that is ever new',
    async () => {
      const page = await openPage(browser);
      await page.goto(served.url);
      await page.getByRole('img', { name: /^Line chart/ }).waitFor();
      await until(async () => (await page.evaluate(() => window.told.ready)) > 0, 'onReady');
      assert.equal(await page.locator('aracari-dashboard.mine').count(), 1);
      assert.deepEqual(await page.evaluate(() => window.change.filters()), { f_region: ['North'] });
      await page.getByRole('tab', { name: 'Use' }).click();
      assert.deepEqual(await page.evaluate(() => window.told.tabs), ['tab_use']);
      await page.evaluate(() => window.change.setLocale('de'));
      await page.getByRole('img', { name: /^Heatmap: / }).waitFor();
      await page.getByRole('button', { name: 'Region North' }).waitFor();
      await page.getByRole('img', { name: /^Balkendiagramm/ }).waitFor();
      assert.equal(await page.evaluate(() => window.told.calls), 1);
      assert.deepEqual(page.complaints(), []);
      await page.context().close();
    },
  );
  served.close();
  stub.close();
}
