// An upload: sent in pieces, paused, gone on with after a reload and a lost network, looked into, and imported.

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choose, refusalAt, until } from './steps.mjs';
import { textOf } from './texts.mjs';

const fileName = 'Late orders 2026.csv';
const rowCount = 400_000;
const path = join(tmpdir(), fileName);
const pieces = '**/api/v1/uploads/*';

/** Leaves the database “Uploads” with the table “late_orders” behind. */
export async function testUploads(stage) {
  await writeFile(path, makeOrders());
  try {
    await testSending(stage);
    await testLostNetwork(stage);
    await testColumns(stage);
    await testImport(stage);
  } finally {
    await stage.page.unroute(pieces);
    await rm(path);
  }
}

async function testSending({ report, survey, page }) {
  const bar = page.getByRole('progressbar', { name: `Upload of ${fileName}` });
  await report.check('a file is chosen, and sent with its progress shown', async () => {
    await slowDown(page);
    await page.getByRole('link', { name: 'Databases', exact: true }).first().click();
    await page.getByRole('link', { name: 'Add a database' }).click();
    await page.getByRole('link', { name: /^Upload a file/ }).click();
    await survey.look(page, '84-upload');
    await page.getByLabel('Choose a file').setInputFiles(path);
    await until(async () => (await bar.getAttribute('value')) > 0, 'the first piece');
    await page.getByText(/\d MB\/s, .* left/).waitFor();
  });
  await report.check('paused, it sends nothing', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused. You may leave').waitFor();
    const before = await bar.getAttribute('value');
    await page.waitForTimeout(600);
    assert.equal(await bar.getAttribute('value'), before);
    assert.ok(before > 0 && before < 1);
    await survey.look(page, '85-upload-paused');
  });
  await report.check(
    'after a reload another file is refused, and the same one goes on',
    async () => {
      await page.reload();
      await page.getByText('Choose the same file again').waitFor();
      const before = await bar.getAttribute('value');
      assert.ok(before > 0, 'what the server has is still there');
      await page.getByLabel('Choose a file').setInputFiles({
        name: fileName,
        mimeType: 'text/csv',
        buffer: Buffer.from('another file'),
      });
      await page.getByText(/^This is another file/).waitFor();
    },
  );
}

async function testLostNetwork({ report, survey, page }) {
  await report.check('a lost network is said, and gone on from by itself', async () => {
    page.expectLostNetwork();
    let lost = 2;
    await page.route(pieces, (route) => {
      if (route.request().method() !== 'PATCH' || lost === 0) return route.fallback();
      lost -= 1;
      return route.abort('connectionreset');
    });
    await page.getByRole('link', { name: 'Upload', exact: true }).click();
    await page.getByRole('row', { name: new RegExp(`${fileName} .* of .* sent`) }).waitFor();
    await survey.look(page, '86-uploads');
    await page.getByLabel('Choose a file').setInputFiles(path);
    await page.getByText('The server does not answer.').waitFor();
    await survey.picture(page, '87-upload-lost');
    await page.unroute(pieces);
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('button', { name: 'Import table' }).waitFor({ timeout: 30_000 });
  });
}

async function testColumns({ report, survey, page }) {
  const row = (name) => page.getByRole('row', { name });
  await report.check('columns are shown with their types and values', async () => {
    await row(/^id .*Integer.* 0 1 2/).waitFor();
    await row(/^day .*Date.* 2026-01-01/).waitFor();
    await row(/^state String TX NY CA/).waitFor();
    await survey.look(page, '88-upload-columns');
  });
  await report.check('without names in the first line, it is a row like others', async () => {
    await page.getByRole('checkbox', { name: 'The first line names the columns' }).press('Space');
    await until(async () => (await row(/^id /).count()) === 0, 'other names');
    await page.getByRole('checkbox', { name: 'The first line names the columns' }).press('Space');
    await row(/^id /).waitFor();
  });
  await report.check('another type is chosen, and a column is left out', async () => {
    const type = page.getByRole('combobox', { name: 'Type of id' });
    await choose(page, type, 'String');
    await page.getByRole('checkbox', { name: 'note' }).press('Space');
    assert.equal(await type.inputValue(), 'String');
  });
}

async function testImport({ report, survey, page }) {
  await report.check('what is not filled in is refused at its place', async () => {
    await page.getByLabel('Name', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Import table' }).click();
    await refusalAt(page, 'Name', /Enter a name/);
  });
  await report.check('imported, it is a hidden table with the chosen columns', async () => {
    await page.getByLabel('Name', { exact: true }).fill('late_orders');
    await page.getByRole('button', { name: 'Import table' }).click();
    const hidden = page.getByText('Hidden until you say who sees it.', { exact: true });
    await hidden.waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Late orders 2026', exact: true }).waitFor();
    await survey.look(page, '89-uploaded-table');
    await page.getByRole('tab', { name: 'Preview' }).click();
    const table = page.getByRole('group', { name: 'Rows of the table' });
    await table.getByRole('columnheader', { name: /^id String/ }).waitFor();
    assert.ok(!(await textOf(table)).includes('note'), 'the column stayed behind');
  });
  await report.check('its database says that it comes from uploads', async () => {
    await page.getByRole('link', { name: 'Uploads', exact: true }).click();
    await page.getByText('Uploaded files.').waitFor();
    await page.getByRole('link', { name: 'Upload a file' }).waitFor();
    await page.getByRole('row', { name: /Late orders 2026 late_orders Hidden 0 4/ }).waitFor();
  });
}

function makeOrders() {
  const lines = ['id,state,amount,day,note'];
  for (let id = 0; id < rowCount; id += 1) {
    const state = ['TX', 'NY', 'CA'][id % 3];
    lines.push(`${id},${state},${id % 97}.5,2026-01-0${1 + (id % 9)},a note on order ${id}`);
  }
  return `${lines.join('\n')}\n`;
}

/** So that there is time to press Pause: a machine's own network is done in a moment. */
async function slowDown(page) {
  await page.route(pieces, async (route) => {
    if (route.request().method() === 'PATCH') await new Promise((end) => setTimeout(end, 400));
    await route.fallback();
  });
}
