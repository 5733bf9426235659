// A maker makes charts: live result, only types that fit, nothing lost by accident.

import assert from 'node:assert/strict';
import { choose, until } from './steps.mjs';

/** Leaves the charts “Flights by month” and “Flights by state” behind. */
export async function testChartEditor(stage) {
  await testMaking(stage);
  await testTypes(stage);
  await testNarrowing(stage);
  await testSaving(stage);
  await testLeaving(stage);
}

async function testMaking({ report, survey, page, demo }) {
  await report.check('a new chart of a table shows something at once', async () => {
    await page.goto(`${demo.url}/charts`);
    await page.getByRole('heading', { name: 'Charts', exact: true }).waitFor();
    await page.goto(`${demo.url}/charts/new`);
    await page.getByText('Start with a table').waitFor();
    await choose(page, page.getByRole('combobox', { name: 'Table' }), 'US flights: Flights');
    await rowsShown(page, /^\d+ rows$/);
    assert.equal(await checkedType(page), 'Line');
    assert.match(
      await page.getByLabel('Name of the chart').getAttribute('placeholder'),
      /by month$/,
    );
    await survey.look(page, '90-new-chart');
  });
}

async function testTypes({ report, page }) {
  await report.check(
    'only types that fit can be chosen, and the others say what they need',
    async () => {
      const pie = page.getByRole('radio', { name: 'Pie' });
      assert.equal(await pie.getAttribute('aria-disabled'), null);
      const heatmap = page.getByRole('radio', { name: 'Heatmap' });
      assert.equal(await heatmap.getAttribute('aria-disabled'), 'true');
      assert.match(await heatmap.getAttribute('title'), /needs one metric by two dimensions/);
      await heatmap.click({ force: true });
      assert.equal(await checkedType(page), 'Line', 'a type that does not fit is not chosen');
    },
  );
  await report.check(
    'with a second dimension others fit, and arrows choose among them',
    async () => {
      await add(page, 'Add dimension', 'State');
      await until(
        async () =>
          (await page.getByRole('radio', { name: 'Heatmap' }).getAttribute('aria-disabled')) ===
          null,
        'a heatmap that fits',
      );
      assert.equal(
        await page.getByRole('radio', { name: 'Pie' }).getAttribute('aria-disabled'),
        'true',
      );
      await page.getByRole('radio', { name: 'Line' }).press('ArrowLeft');
      assert.equal(await checkedType(page), 'Stacked');
      await page.getByRole('button', { name: 'Remove State' }).click();
      assert.notEqual(await checkedType(page), 'Heatmap');
    },
  );
}

async function testNarrowing({ report, page }) {
  await report.check('a filter that says nothing yet does not stand in the way', async () => {
    await add(page, 'Add filter', 'State');
    await rowsShown(page, /rows$/);
    await page.getByRole('button', { name: 'Save chart' }).click();
    await page.getByText(/Say which rows the filter of State keeps/).waitFor();
    await page.getByRole('button', { name: 'Remove the filter of State' }).click();
  });
  await report.check(
    'the largest, and the others together, change the name that is proposed',
    async () => {
      await page.getByRole('checkbox', { name: 'Only the largest' }).press('Space');
      await page.getByLabel('How many').waitFor();
      const name = page.getByLabel('Name of the chart');
      await until(async () => /top 10$/.test(await name.getAttribute('placeholder')), 'the name');
      await page.getByRole('checkbox', { name: 'Only the largest' }).press('Space');
    },
  );
}

async function testSaving({ report, survey, page, demo }) {
  await report.check('saved without a name, it has the proposed one', async () => {
    await page.getByRole('button', { name: 'Save chart' }).click();
    await page.waitForURL(/\/charts\/(?!new)[^/]+$/);
    assert.equal(await page.getByLabel('Name of the chart').inputValue(), 'Flights by month');
  });
  await report.check('a copy becomes another chart', async () => {
    const before = page.url();
    await page.getByRole('button', { name: 'Duplicate' }).click();
    await until(() => page.url() !== before, 'the copy');
    await page.getByLabel('Name of the chart').fill('Flights by state');
    await page.getByRole('button', { name: 'Remove Date', exact: true }).click();
    await add(page, 'Add dimension', 'State');
    await page.getByRole('radio', { name: 'Bar', exact: true }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await until(() => page.getByRole('button', { name: 'Save changes' }).isDisabled(), 'the save');
  });
  await report.check('the list names the type and the table of each', async () => {
    await page.goto(`${demo.url}/charts`);
    await page.getByRole('row', { name: /^Flights by month Line Flights Delete/ }).waitFor();
    await page.getByRole('row', { name: /^Flights by state Bar Flights/ }).waitFor();
    assert.equal(await page.getByText('SELECT').count(), 0, 'no SQL anywhere');
    await survey.look(page, '91-charts');
  });
}

async function testLeaving({ report, survey, page }) {
  await report.check(
    'changes that are not saved are asked about before they are lost',
    async () => {
      const own = page.getByRole('row', { name: /^Flights by month Line Flights Delete/ });
      await own.getByRole('link', { name: 'Flights by month', exact: true }).click();
      await page.getByLabel('Name of the chart').fill('Another name');
      await page.getByRole('link', { name: 'Charts', exact: true }).first().click();
      const question = page.getByRole('dialog', { name: 'Leave without saving?' });
      await question.waitFor();
      await survey.picture(page, '92-leave-chart', { fullPage: false });
      await page.getByRole('button', { name: 'Leave', exact: true }).click();
      await own.waitFor();
      assert.equal(await page.getByText('Another name').count(), 0);
    },
  );
}

/** Opens a menu button and chooses an entry. */
async function add(page, button, entry) {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

function checkedType(page) {
  return page.locator('[role=radio][aria-checked=true]').first().innerText();
}

function rowsShown(page, pattern) {
  return page.getByRole('status').filter({ hasText: pattern }).waitFor();
}
