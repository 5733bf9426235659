// A maker builds a dashboard: with the pointer and with keys, undone and done again, saved by itself, with two editors at once.

import assert from 'node:assert/strict';
import { choose, until } from './steps.mjs';

/** Expects the charts that `testChartEditor` leaves behind. */
export async function testDashboardEditor(stage) {
  await testTiles(stage);
  await testPlaces(stage);
  await testFilters(stage);
  await testTabsAndTheme(stage);
  await testTwoEditors(stage);
  await testNetwork(stage);
}

async function testTiles({ report, survey, page, demo }) {
  await report.check('a new dashboard opens its editor, empty with a next step', async () => {
    await page.goto(`${demo.url}/dashboards`);
    await page.getByRole('button', { name: 'New dashboard' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Own dashboard');
    await page.getByRole('button', { name: 'Create dashboard' }).click();
    await page.getByText('Nothing here yet').waitFor();
    await survey.look(page, '93-empty-editor');
  });
  await report.check('charts and a text are put on it, and saved as a draft', async () => {
    for (const name of ['Flights by month', 'Flights by state']) {
      await page.getByRole('button', { name: 'Add chart' }).click();
      await page.locator('app-add-chart').getByRole('button', { name }).first().click();
      await tile(page, name).waitFor();
    }
    await page.getByRole('button', { name: 'Add text' }).click();
    const text = '## Hello\n\n<img src=x onerror=alert(1)> [no](javascript:alert(1))';
    await page.getByLabel('Markdown').fill(text);
    await page.getByRole('button', { name: 'Keep text' }).click();
    await tile(page, 'Text: Hello').waitFor();
    assert.equal(await page.locator('app-tile-body img').count(), 0, 'HTML stays text');
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    await saved(page);
    await survey.look(page, '94-editor');
  });
}

async function testPlaces({ report, page }) {
  await report.check(
    'arrows move a tile, with Shift they resize it, and Undo takes it back',
    async () => {
      const before = await placeOf(page, 'Flights by state');
      await tile(page, 'Flights by state').focus();
      await page.keyboard.press('Shift+ArrowDown');
      await until(
        async () => (await placeOf(page, 'Flights by state')).h === before.h + 1,
        'its size',
      );
      assert.equal(await focusedTile(page), 'Flights by state', 'the keyboard stays at the tile');
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await until(async () => (await placeOf(page, 'Flights by state')).h === before.h, 'the undo');
      await page.getByRole('button', { name: 'Redo', exact: true }).click();
      await until(
        async () => (await placeOf(page, 'Flights by state')).h === before.h + 1,
        'the redo',
      );
    },
  );
  await report.check('a tile is dragged by its head; the others keep clear of it', async () => {
    const before = await placeOf(page, 'Flights by state');
    await drag(page, tile(page, 'Flights by state'), { x: 60, y: 20 }, { x: 0, y: 520 });
    assert.ok((await placeOf(page, 'Flights by state')).y > before.y, 'its new place');
    await saved(page);
    const places = await Promise.all(
      ['Flights by month', 'Flights by state', 'Text: Hello'].map((name) => placeOf(page, name)),
    );
    for (const [index, a] of places.entries())
      for (const b of places.slice(index + 1)) assert.ok(apart(a, b), JSON.stringify([a, b]));
  });
  await report.check('after a reload everything is where it was put', async () => {
    const before = await placeOf(page, 'Flights by state');
    await page.reload();
    await tile(page, 'Flights by state').waitFor();
    assert.deepEqual(await placeOf(page, 'Flights by state'), before);
  });
  await report.check(
    'Delete removes a tile, also one that was dragged before, and Undo brings it back',
    async () => {
      await drag(page, tile(page, 'Text: Hello'), { x: 60, y: 20 }, { x: 0, y: 300 });
      await tile(page, 'Text: Hello').focus();
      await page.keyboard.press('Delete');
      await tile(page, 'Text: Hello').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await tile(page, 'Text: Hello').waitFor();
      assert.equal(await page.locator('.grid-stack-item').count(), 3);
    },
  );
}

async function testFilters({ report, survey, page }) {
  await report.check(
    'a filter shows which tiles it acts on, and the tiles change that',
    async () => {
      await page.getByRole('button', { name: 'Add filter' }).click();
      await choose(page, page.getByRole('combobox', { name: 'Dimension' }), 'State');
      await page.getByText('Acts on 2 of 2 charts').waitFor();
      await page.getByRole('checkbox', { name: /^Filtered.*Flights by month/ }).click();
      await page.getByText('Acts on 1 of 2 charts').waitFor();
      await survey.look(page, '95-filter');
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'State', exact: true }).waitFor();
      await saved(page);
    },
  );
}

async function testTabsAndTheme({ report, survey, page }) {
  await report.check('a tab is added and named; its tiles are its own', async () => {
    await page.getByRole('button', { name: 'Add tab' }).click();
    await page.getByText('Nothing here yet').waitFor();
    await page.getByRole('button', { name: 'More for tab Tab 2' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByLabel('Name of the tab').fill('Details');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Details', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Overview', exact: true }).click();
    await tile(page, 'Flights by state').waitFor();
  });
  await report.check('a theme is seen at once, light and dark', async () => {
    await page.getByRole('button', { name: 'More for this dashboard' }).click();
    await page.getByRole('menuitem', { name: 'Theme' }).click();
    await page.getByLabel('Tiles', { exact: true }).fill('#fff7ed');
    const background = () =>
      tile(page, 'Flights by state').evaluate((each) => getComputedStyle(each).backgroundColor);
    await until(async () => (await background()) === 'rgb(255, 247, 237)', 'the colour of tiles');
    await survey.look(page, '96-theme');
    await page.getByRole('button', { name: 'Close the theme' }).click();
    await saved(page);
  });
}

async function testTwoEditors({ report, survey, page }) {
  await report.check('two editors: the second has a choice, and nothing is lost', async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel('Name of the dashboard').fill('Theirs');
    await saved(other);
    await other.close();
    page.expectRefusals(409);
    await page.getByLabel('Name of the dashboard').fill('Mine');
    await page.getByText('Somebody else has changed this dashboard meanwhile').waitFor();
    await page.getByRole('button', { name: 'Open both side by side' }).click();
    await page.getByRole('row', { name: 'Name Mine Theirs' }).waitFor();
    await survey.look(page, '97-two-editors', { fullPage: false });
    const dialog = page.locator('app-editor-conflict wa-dialog');
    await dialog.getByRole('button', { name: 'Take theirs' }).click();
    const name = page.getByLabel('Name of the dashboard');
    await until(async () => (await name.inputValue()) === 'Theirs', 'their name');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await until(async () => (await name.inputValue()) === 'Mine', 'my name, one undo away');
    await saved(page);
  });
}

async function testNetwork({ report, page }) {
  await report.check(
    'a lost network is said, and what was done is saved when it is back',
    async () => {
      page.expectLostNetwork();
      const calls = '**/api/v1/content/dashboards/*';
      await page.route(calls, (route) =>
        route.request().method() === 'PUT' ? route.abort('connectionreset') : route.fallback(),
      );
      await page.getByLabel('Name of the dashboard').fill('After the storm');
      await page.getByText('Not saved yet.').waitFor();
      await page.unroute(calls);
      await page.getByRole('button', { name: 'Save now' }).click();
      await saved(page);
      await page.reload();
      await page.getByText('Not published').waitFor();
      assert.equal(await page.getByLabel('Name of the dashboard').inputValue(), 'After the storm');
    },
  );
}

function tile(page, name) {
  return page.getByRole('group', { name, exact: true });
}

function saved(page) {
  return page.getByText('Saved as draft').waitFor();
}

async function placeOf(page, name) {
  return tile(page, name).evaluate((each) => {
    const item = each.closest('.grid-stack-item');
    const read = (attribute, otherwise) => Number(item.getAttribute(attribute) ?? otherwise);
    return { x: read('gs-x', 0), y: read('gs-y', 0), w: read('gs-w', 1), h: read('gs-h', 1) };
  });
}

async function drag(page, locator, grip, by) {
  await locator.scrollIntoViewIfNeeded();
  const { x, y } = await locator.boundingBox();
  await page.mouse.move(x + grip.x, y + grip.y);
  await page.mouse.down();
  // As fast as a hand: the grid looks at a few places on the way.
  for (let step = 1; step <= 20; step += 1) {
    await page.mouse.move(x + grip.x + (by.x * step) / 20, y + grip.y + (by.y * step) / 20);
    await page.waitForTimeout(20);
  }
  await page.mouse.up();
  await page.getByText('Saving…').waitFor();
}

function focusedTile(page) {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label');
  });
}

function apart(a, b) {
  return a.x >= b.x + b.w || b.x >= a.x + a.w || a.y >= b.y + b.h || b.y >= a.y + a.h;
}
