// Databases: one is added from a file, its tables get access rules by hand, and a preview shows what a token's holder sees.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { mintToken } from './mint.mjs';
import { choose, sectionOf, until } from './steps.mjs';
import { textOf } from './texts.mjs';

/** In rows that the holder of a token for Texas must never see. */
const foreign = 'CANARY-foreign-row';

/** Leaves nothing behind. */
export async function testDatabases(stage) {
  await testAddedDatabase(stage);
  await testTableAccess(stage);
  await testRules(stage);
  await testPreview(stage);
  await testVersions(stage);
  await testDeletedDatabase(stage);
}

async function testAddedDatabase({ report, survey, page, demo }) {
  await makeDatabase(join(demo.dataDir, 'databases'));
  await report.check('Databases lists the one of the demo', async () => {
    await page.getByRole('link', { name: 'Databases', exact: true }).click();
    await page.getByRole('row', { name: /US flights.*DuckDB 2 None/ }).waitFor();
    await survey.look(page, '60-databases');
  });
  await report.check(
    'a file that is no database is refused with a reason and no path',
    async () => {
      page.expectRefusals(422);
      await page.getByRole('link', { name: 'Add a database' }).click();
      await page.getByRole('heading', { name: 'Upload a file' }).waitFor();
      await survey.look(page, '60-add-database');
      await page.getByRole('link', { name: /^DuckDB file/ }).click();
      await choose(page, page.getByRole('combobox', { name: 'DuckDB file' }), 'broken.duckdb');
      await survey.look(page, '61-add-duckdb');
      await page.getByRole('button', { name: 'Add database' }).click();
      await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
      const shown = await textOf(page.locator('body'));
      assert.ok(!shown.includes(demo.dataDir), 'no path of the server');
    },
  );
  await report.check('a database is added, and its tables come in hidden', async () => {
    await choose(page, page.getByRole('combobox', { name: 'DuckDB file' }), 'orders.duckdb');
    await page.getByLabel('Name', { exact: true }).fill('Orders');
    await page.getByRole('button', { name: 'Add database' }).click();
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    await page.getByRole('row', { name: /orders Hidden 0 6/ }).waitFor();
    await page.getByRole('row', { name: /customers Hidden 0 2/ }).waitFor();
    await survey.look(page, '62-database');
  });
  await report.check('connection, schema and cache: each says what happened', async () => {
    const outcome = page.getByRole('status');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await until(async () => /Connected in \d+ ms/.test(await textOf(outcome)), 'the connection');
    await page.getByRole('button', { name: 'Refresh schema' }).click();
    await until(async () => /Nothing has changed/.test(await textOf(outcome)), 'the refresh');
    await page.getByRole('button', { name: 'Purge cache' }).click();
    await until(async () => /Dropped \d+ answers? from/.test(await textOf(outcome)), 'the purge');
  });
  await report.check('name and freshness are changed', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Freshness in seconds').fill('-1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a whole number of seconds.').first().waitFor();
    await survey.look(page, '62-edit-database');
    await page.getByLabel('Freshness in seconds').fill('120');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Answers are kept for 2 minutes').waitFor();
  });
}

async function testTableAccess({ report, survey, page }) {
  const row = (name) => page.getByRole('row', { name });
  await report.check('tables are searched', async () => {
    await page.getByLabel('Search tables').fill('cust');
    await until(async () => (await row(/orders/).count()) === 0, 'the other table to go');
    await row(/customers/).waitFor();
    await page.getByLabel('Search tables').fill('');
  });
  await report.check('several tables are shared after a question, and hidden at once', async () => {
    await page.getByRole('checkbox', { name: 'Select all tables' }).press('Space');
    await page.getByRole('button', { name: 'Share…' }).click();
    await page.getByRole('dialog', { name: 'Share 2 tables?' }).waitFor();
    await page.getByText(/Everyone with a token sees all rows of/).waitFor();
    await survey.look(page, '63-share-tables', { fullPage: false });
    await page.getByRole('button', { name: 'Share all rows' }).click();
    await row(/customers Shared/).waitFor();
    await page.getByRole('checkbox', { name: 'Select all tables' }).press('Space');
    await page.getByRole('button', { name: 'Hide', exact: true }).click();
    await row(/customers Hidden/).waitFor();
    await row(/orders Hidden/).waitFor();
  });
}

async function testRules({ report, survey, page }) {
  const rule = page.getByRole('group', { name: 'Rule Rule 1' });
  await report.check('the first rule restricts a table, and is read out', async () => {
    await page.getByRole('link', { name: 'orders', exact: true }).click();
    await sectionOf(page, 'Rules for rows').getByRole('button', { name: 'Add rule' }).click();
    assert.ok(await page.getByRole('radio', { name: /^Restricted/ }).isChecked());
    await rule.getByText("Rows where state is equal to the token's state.").waitFor();
  });
  await report.check('only operators that fit the type of the column are offered', async () => {
    await choose(page, rule.getByRole('combobox', { name: 'Column' }), 'paid');
    assert.deepEqual(await optionsOf(page, rule.getByRole('combobox', { name: 'Operator' })), [
      'is equal to',
      'is different from',
      'is set',
      'is not set',
    ]);
    await choose(page, rule.getByRole('combobox', { name: 'Column' }), 'day');
    const offered = await optionsOf(page, rule.getByRole('combobox', { name: 'Operator' }));
    assert.ok(offered.includes('is sooner than') && offered.includes('in the last N days'));
    assert.ok(!offered.includes('contains') && !offered.includes('is less than'));
    await choose(page, rule.getByRole('combobox', { name: 'Column' }), 'state');
  });
  await report.check('a group of OR with a list of values as chips', async () => {
    await rule.getByRole('button', { name: 'Add group' }).click();
    const group = rule.getByRole('group', { name: 'Conditions on rows' }).nth(1);
    await choose(page, group.getByRole('combobox', { name: 'Operator' }).first(), 'is in');
    await choose(page, group.getByRole('combobox', { name: 'Compare with' }).first(), 'Values');
    await group.getByLabel('Value', { exact: true }).first().click();
    await page.keyboard.type('TX,NY,');
    await choose(page, group.getByRole('combobox', { name: 'Column' }).nth(1), 'amount');
    await choose(page, group.getByRole('combobox', { name: 'Operator' }).nth(1), 'is greater than');
    await rule
      .getByText(/and \(state is in “TX” or “NY” or amount is greater than …\)\./)
      .waitFor();
  });
  await report.check('what is not filled in is refused at its place', async () => {
    await page.getByRole('button', { name: 'Save changes' }).click();
    const found = page.getByRole('region', { name: 'Unsaved changes' }).getByRole('alert');
    await found.getByText('Enter a value.').waitFor();
    await survey.look(page, '64-rule-refused');
    await rule.getByLabel('Value', { exact: true }).last().fill('0');
    await page.keyboard.press('Tab');
  });
  await report.check('a column is masked with an exception, and the table is saved', async () => {
    const note = page.getByRole('group', { name: 'Column note' });
    await choose(page, note.getByRole('combobox', { name: 'Access of note' }), 'Masked');
    await note.getByRole('button', { name: 'Exception' }).click();
    await note.getByText("Visible if the user's role is explorer; else masked.").waitFor();
    await choose(page, note.getByRole('combobox', { name: 'Role or token attribute' }), 'state');
    await note.getByLabel('Value', { exact: true }).fill('NY');
    await page.keyboard.press('Tab');
    await note.getByText("Visible if the token's state is equal to “NY”; else masked.").waitFor();
    await survey.look(page, '65-rules');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('version 4').waitFor();
    await page.getByText('RLS enabled', { exact: true }).first().waitFor();
  });
  await report.check('who leaves with changes is asked', async () => {
    await page.getByRole('radio', { name: /^Hidden/ }).click();
    await page.getByRole('link', { name: 'Dashboards', exact: true }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.goBack();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.match(page.url(), /\/rules$/);
  });
  await report.check('somebody else was faster: said who, and nothing is overwritten', async () => {
    page.expectRefusals(409);
    await page.evaluate(changeElsewhere);
    await page.getByRole('button', { name: 'Save changes' }).click();
    const bar = page.getByRole('region', { name: 'Unsaved changes' });
    await bar.getByText('Somebody else has changed this table').waitFor();
    await survey.look(page, '66-conflict');
    await bar.getByRole('button', { name: 'Reload, and lose my changes' }).click();
    await bar.waitFor({ state: 'hidden' });
    assert.ok(await page.getByRole('radio', { name: /^Restricted/ }).isChecked());
  });
}

async function testPreview(stage) {
  const { report, survey, page, sandboxKey } = stage;
  const rows = sectionOf(page, 'Rows');
  await report.check('Preview shows all rows to the maker', async () => {
    await page.getByRole('tab', { name: 'Preview' }).click();
    await rows.getByText(foreign).first().waitFor();
  });
  await report.check('Preview with Token shows the rows of its holder, and why', async () => {
    const { token } = await mintToken(stage, sandboxKey, { attributes: { state: 'TX' } });
    await page.getByLabel('Preview with Token').fill(token);
    await page.getByRole('button', { name: 'Show rows' }).click();
    const why = sectionOf(page, 'Why these rows');
    await why.getByText(/state is equal to “TX”, the token's state/).waitFor();
    await why.getByText('4 rows → 2 (50%)').waitFor();
    assert.equal(await rows.getByText(foreign).count(), 0, 'no foreign row');
    assert.ok(!(await textOf(rows)).includes('CA'), 'no foreign state');
    assert.equal(await rows.getByText('•••••').count(), 2, 'the notes are masked');
    await survey.look(page, '67-preview-with-token');
  });
  await report.check('a token without the attribute is refused, and no row is shown', async () => {
    page.expectRefusals(400, 401, 403);
    const { token } = await mintToken(stage, sandboxKey, { attributes: {} });
    await page.getByLabel('Preview with Token').fill(token);
    await page.getByRole('button', { name: 'Show rows' }).click();
    await page.getByRole('alert').getByText(/state/).waitFor();
    assert.equal(await rows.count(), 0);
    await survey.picture(page, '68-preview-refused');
  });
}

async function testVersions({ report, survey, page }) {
  await report.check('Structure: a display name and a metric are saved', async () => {
    await page.getByRole('tab', { name: 'Structure' }).click();
    await page.getByLabel('Display name of amount').fill('Amount paid');
    await page.getByRole('button', { name: 'Add metric' }).click();
    const dialog = dialogOf(page, 'Add metric');
    await dialog.getByLabel('Display name').fill('Turnover');
    await dialog.getByLabel('Name', { exact: true }).fill('turnover');
    await choose(page, dialog.getByRole('combobox', { name: 'Aggregate' }), 'Sum of');
    await choose(page, dialog.getByRole('combobox', { name: 'Column' }), 'amount');
    await survey.look(page, '69-metric', { fullPage: false });
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('row', { name: /Turnover turnover Sum of amount/ }).waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' });
    await survey.look(page, '70-structure');
  });
  await report.check('Versions: who changed what; an old one is viewed and restored', async () => {
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('row', { name: /Changed columns, metrics/ }).waitFor();
    await survey.look(page, '71-versions');
    await page.getByRole('button', { name: 'View' }).last().click();
    const dialog = dialogOf(page, 'Version 1');
    await dialog.getByText('Hidden', { exact: true }).waitFor();
    await survey.look(page, '72-version', { fullPage: false });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const ask = page.getByRole('dialog', { name: 'Restore version 1?' });
    const lost = page.getByText('Your changes that are not saved are lost.');
    await page.getByRole('button', { name: 'Restore' }).last().click();
    await ask.waitFor();
    assert.equal(await lost.count(), 0);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await ask.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: 'Structure' }).click();
    await page.getByLabel('Display name of amount').fill('Not saved');
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Restore' }).last().click();
    await lost.waitFor();
    await page.getByRole('button', { name: 'Restore version' }).click();
    await page.getByRole('row', { name: /Restored version 1/ }).waitFor();
    await page.getByText('Hidden', { exact: true }).first().waitFor();
    assert.equal(await page.getByRole('region', { name: 'Unsaved changes' }).count(), 0);
  });
}

async function testDeletedDatabase({ report, survey, page }) {
  await report.check('a database in use is not deleted: the charts are named', async () => {
    page.expectRefusals(409);
    await page.getByRole('link', { name: 'Databases', exact: true }).first().click();
    await page.getByRole('link', { name: 'US flights' }).click();
    await deleteDatabase(page, 'US flights');
    await page
      .getByRole('alert')
      .getByText(/Number of flights/)
      .waitFor();
    await survey.picture(page, '73-database-in-use', { fullPage: false });
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
  await report.check('another one is deleted after its name is typed', async () => {
    await page.getByRole('link', { name: 'Databases', exact: true }).first().click();
    await page.getByRole('link', { name: 'Orders' }).click();
    await deleteDatabase(page, 'Orders');
    await page.getByRole('heading', { name: 'Databases', exact: true }).waitFor();
    await until(async () => (await page.getByText('Orders').count()) === 0, 'it to be gone');
  });
}

async function deleteDatabase(page, name) {
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByLabel(`Type “${name}” to confirm`).fill(name);
  await page.getByRole('button', { name: 'Delete database' }).click();
}

/** What is put into a dialog of this label. */
function dialogOf(page, label) {
  return page.locator(`wa-dialog[label="${label}"]`);
}

async function optionsOf(page, combobox) {
  await combobox.click();
  const options = await page.getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  return options.map((text) => text.trim());
}

/** In the page: what another maker would do meanwhile. */
async function changeElsewhere() {
  const id = location.pathname.split('/')[2];
  const { version } = await (await fetch(`/api/v1/tables/${id}`)).json();
  const answer = await fetch(`/api/v1/tables/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version, description: 'Changed elsewhere' }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** `orders.duckdb` with two tables, and a file that only is called like a database. */
async function makeDatabase(folder) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'broken.duckdb'), 'this is not a database');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `ATTACH '${join(folder, 'orders.duckdb')}' AS made (STORAGE_VERSION 'v1.0.0')`,
  );
  await connection.run('CREATE TABLE made.customers (id INTEGER, name VARCHAR)');
  await connection.run(
    'CREATE TABLE made.orders (id INTEGER, state VARCHAR, amount INTEGER, paid BOOLEAN, day DATE, note VARCHAR)',
  );
  await connection.run(`INSERT INTO made.orders VALUES
    (1, 'TX', 10, true, '2026-01-01', 'first'), (2, 'TX', 20, false, '2026-01-02', 'second'),
    (3, 'CA', 30, true, '2026-01-03', '${foreign}'), (4, NULL, 40, NULL, NULL, '${foreign}')`);
  await connection.run('DETACH made');
  connection.closeSync();
}
