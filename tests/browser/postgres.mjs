// A PostgreSQL database: tested before it is added, added, and edited without its password.

import assert from 'node:assert/strict';
import { startPostgres } from '../harness/postgres.mjs';
import { choose, refusalAt, sectionOf, until } from './steps.mjs';
import { textOf } from './texts.mjs';

const password = 'a password that no page shows';

/** Leaves nothing behind. Where PostgreSQL is not installed, nothing is tested. */
export async function testPostgres(stage) {
  const postgres = await startPostgres();
  if (!postgres) return;
  try {
    await postgres.run(`CREATE ROLE reader LOGIN PASSWORD '${password}'`);
    await postgres.run('CREATE TABLE orders (id integer, state text, amount numeric(12, 2))');
    await postgres.run('GRANT SELECT ON orders TO reader');
    await testAdded(stage, postgres);
    await testEdited(stage);
    await testDeleted(stage);
  } finally {
    await postgres.stop();
  }
}

async function testAdded({ report, survey, page }, { port }) {
  const connection = sectionOf(page, 'Connection');
  await report.check('PostgreSQL: what is not filled in is said at its field', async () => {
    await page.getByRole('link', { name: 'Databases', exact: true }).first().click();
    await page.getByRole('link', { name: 'Add a database' }).click();
    await page.getByRole('link', { name: /^PostgreSQL/ }).click();
    await connection.getByRole('button', { name: 'Test connection' }).click();
    await refusalAt(page, 'Host', /Enter the host/);
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port').fill('5432x');
    await connection.getByRole('button', { name: 'Test connection' }).click();
    await refusalAt(page, 'Port', /from 1 to 65535/);
    await survey.look(page, '80-postgres');
  });
  await report.check('the certificate is asked for only where it matters', async () => {
    const certificate = page.getByLabel('Certificate of the authority (CA)');
    await certificate.waitFor();
    await choose(page, page.getByRole('combobox', { name: 'TLS' }), 'No TLS');
    await certificate.waitFor({ state: 'detached' });
  });
  await report.check(
    'a test of the connection says why it fails, without driver text',
    async () => {
      await page.getByLabel('Port').fill(String(port));
      await page.getByLabel('Database', { exact: true }).fill('postgres');
      await page.getByLabel('User').fill('reader');
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await connection.getByRole('button', { name: 'Test connection' }).click();
      await connection.getByText('The server refuses the user or the password.').waitFor();
      assert.doesNotMatch(await textOf(connection), /FATAL|libpq|scram/i);
      await survey.picture(page, '81-postgres-refused');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await connection.getByRole('button', { name: 'Test connection' }).click();
      await connection.getByText(/Connected in \d+ ms, version PostgreSQL \d+/).waitFor();
    },
  );
  await report.check('it is added, and its tables come in hidden', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Shop');
    await page.getByRole('button', { name: 'Add database' }).click();
    await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
    await page.getByText(`PostgreSQL, postgres on 127.0.0.1:${port}.`).waitFor();
    await page.getByRole('row', { name: /orders Hidden 0 3/ }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add SQL table' }).count(), 0);
    await survey.look(page, '82-postgres-database');
  });
}

async function testEdited({ report, survey, page }) {
  const connection = sectionOf(page, 'Connection');
  await report.check('edited, it keeps its password, which no page shows', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');
    await connection.getByRole('button', { name: 'Test connection' }).click();
    await connection.getByText(/Connected in/).waitFor();
    await page.getByLabel('Freshness in seconds').fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Answers are not kept.').waitFor();
  });
  await report.check('another user wants the password anew', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('User').fill('somebody');
    await connection.getByText('Host, port, user or TLS has changed: enter it anew.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await refusalAt(page, 'Password', /enter the password anew/);
    await survey.look(page, '83-postgres-edit');
    await page.getByLabel('User').fill('reader');
  });
  await report.check(
    'sandbox tokens get a connection of their own, and lose it again',
    async () => {
      const own = page.getByRole('checkbox', {
        name: 'Sandbox tokens use a connection of their own',
      });
      const sandbox = sectionOf(page, 'Sandbox');
      await own.press('Space');
      assert.equal(await sandbox.getByLabel('User').inputValue(), 'reader');
      await sandbox.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(/Sandbox tokens read postgres on/).waitFor();
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await own.waitFor();
      assert.ok(await own.isChecked());
      await own.press('Space');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Refresh schema' }).waitFor();
      assert.equal(await page.getByText(/Sandbox tokens read/).count(), 0);
    },
  );
}

async function testDeleted({ report, page }) {
  await report.check('deleted, nothing changes in PostgreSQL', async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('In PostgreSQL nothing changes.').waitFor();
    await page.getByLabel('Type “Shop” to confirm').fill('Shop');
    await page.getByRole('button', { name: 'Delete database' }).click();
    await page.getByRole('heading', { name: 'Databases', exact: true }).waitFor();
    await until(async () => (await page.getByText('Shop').count()) === 0, 'it to be gone');
  });
}
