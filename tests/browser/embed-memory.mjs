// What embeds leave behind in a page, and how long they hold it up.

import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { charts } from './chart-fixtures.mjs';
import { serveHostPages } from './host-pages.mjs';
import { answers, describe } from './stub-dashboard.mjs';
import { serveStub } from './stub-server.mjs';

const cycles = 100;
const mostLeftBytes = 5_000_000;

const twelve = Object.values(charts).slice(0, 12);
const tiles = twelve.map(({ chart }, at) => ({
  ...{ id: `tile_${at}`, kind: 'chart', chart: { ...chart, id: `c_${at}` } },
  layout: { x: (at % 3) * 4, y: Math.floor(at / 3) * 4, width: 4, height: 4 },
}));

/** A dashboard of twelve charts, whatever its id. */
function answerTwelve({ path, body }) {
  if (path.endsWith('/data')) {
    const asked = body.charts ?? tiles.map(({ chart }) => chart.id);
    return { lines: asked.map((id) => ({ chart: id, columns: twelve[id.slice(2)].columns })) };
  }
  return { json: describe({ tabs: [], tiles }) };
}

export async function testEmbedMemory({ report, browser }) {
  const stub = await serveStub(answers(answerTwelve));
  const host = await serveHostPages(stub.url, '127.0.0.1');
  const open = async () => {
    const page = await openPage(browser);
    const script = `<script type="module" src="${stub.url}/embed/embed.js"></script>`;
    await page.goto(host.put('/memory', script));
    await page.waitForFunction(() => customElements.get('aracari-dashboard'));
    return page;
  };
  await report.check(`${cycles} times opened and closed, 12 charts leave under 5 MB`, async () => {
    const page = await open();
    const session = await page.context().newCDPSession(page);
    const used = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    };
    await page.evaluate(openAndClose, 5);
    const before = await used();
    await page.evaluate(openAndClose, cycles);
    const left = (await used()) - before;
    report.measure('left in the page', `${Math.round(left / 1000)} kB`);
    assert.ok(left < mostLeftBytes, `${left} bytes`);
    const elements = await session.send('Memory.getDOMCounters');
    assert.ok(elements.nodes < 20_000, `${elements.nodes} nodes`);
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
  });
  await report.check('ten dashboards on a page: every one is drawn', async () => {
    const page = await open();
    const { ready, longest } = await page.evaluate(openMany, 10);
    assert.equal(ready, 10);
    report.measure('longest hold of the page', `${Math.round(longest)} ms`);
    await page.context().close();
  });
  host.close();
  stub.close();
}

/** In the page. */
async function openAndClose(times) {
  for (let round = 0; round < times; round += 1) {
    const element = document.createElement('aracari-dashboard');
    const ready = new Promise((resolve) => element.addEventListener('aracari-ready', resolve));
    Object.assign(element, { dashboardId: 'dash', authToken: 't', eager: true });
    document.querySelector('main').append(element);
    await ready;
    element.remove();
  }
}

/** In the page. */
async function openMany(count) {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask', buffered: false });
  const elements = Array.from({ length: count }, () => document.createElement('aracari-dashboard'));
  const all = elements.map((element) => {
    Object.assign(element, { dashboardId: 'dash', authToken: 't', eager: true });
    return new Promise((resolve) =>
      element.addEventListener('aracari-ready', resolve, { once: true }),
    );
  });
  document.querySelector('main').append(...elements);
  await Promise.all(all);
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { ready: all.length, longest };
}
