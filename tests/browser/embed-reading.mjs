// Reads what an embedded dashboard shows, as a screen reader would: regions, tables and texts.

import assert from 'node:assert/strict';
import { plain, textOf } from './texts.mjs';
import { until } from './steps.mjs';

/** The dashboard `Departures` on a page, once every chart of it is there. */
export async function openedDashboard(page, charts = 8) {
  const dashboard = page.getByRole('region', { name: 'Departures', exact: true });
  await dashboard.waitFor();
  await until(
    async () => (await dashboard.getAttribute('aria-busy')) === 'false',
    'the dashboard to be complete',
  );
  await scrollThrough(dashboard);
  const tiles = dashboard.locator('section[aria-label][aria-busy=false]');
  await until(async () => (await tiles.count()) === charts, `${charts} charts`);
  return dashboard;
}

/** Charts are asked for and drawn when they come into sight, so each of them does; then back to the top. */
async function scrollThrough(dashboard) {
  const tiles = await dashboard.locator('section[aria-label]').all();
  for (const tile of tiles) {
    await tile.scrollIntoViewIfNeeded();
    await until(async () => (await tile.getAttribute('aria-busy')) === 'false', 'a chart in sight');
  }
  await tiles[0]?.scrollIntoViewIfNeeded();
}

/** The cells of one chart, heads first, through its own “Show data” when it is a plot; the text of a value tile. */
export async function readChart(dashboard, name) {
  const tile = dashboard.getByRole('region', { name, exact: true }).first();
  const showData = tile.getByRole('button', { name: 'Show data' });
  if ((await showData.count()) > 0) await showData.click();
  const table = tile.getByRole('table', { name, exact: true });
  if ((await tile.getByRole('button', { name: 'Show chart' }).count()) > 0) await table.waitFor();
  if ((await table.count()) === 0) return (await textOf(tile)).replace(name, '').trim();
  const rows = await table.getByRole('row').all();
  return Promise.all(rows.map(async (row) => (await row.innerText()).split('\t').map(plain)));
}

/** Every chart's shown texts must be those of `expected`, and there must be no chart besides. */
export async function assertShows(dashboard, expected) {
  for (const [name, texts] of expected) {
    assert.deepEqual(await readChart(dashboard, name), texts, name);
  }
}

/** Every plot of the dashboard has been painted: no canvas is blank. */
export async function assertPainted(dashboard, plots) {
  const pictures = dashboard.getByRole('img', { name: /^(Line|Bar) chart: / });
  assert.equal(await pictures.count(), plots);
  for (const picture of await pictures.all()) {
    const painted = () => picture.locator('canvas').evaluate(hasInk);
    await until(painted, `paint in ${await picture.getAttribute('aria-label')}`);
  }
}

function hasInk(canvas) {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value !== 0);
}
