// Authorized Origins: a wildcard of one label, and the checker of a page's address.

import assert from 'node:assert/strict';
import { addOrigin, openEmbedSettings, sectionOf, until } from './steps.mjs';
import { textOf } from './texts.mjs';

const wildcard = 'https://*.partner.example';

export async function testOriginCheck({ report, survey, page }) {
  await report.check('a wildcard origin is added', async () => {
    await openEmbedSettings(page);
    await addOrigin(page, wildcard, 'Production');
  });
  await report.check('the checker names the entry that allows a page', async () => {
    const text = await check(page, 'https://eu.partner.example/reports?year=2026');
    assert.ok(text.includes(`Entry: ${wildcard}`), text);
    assert.deepEqual(await verdicts(page), { allowed: 1, refused: 1 });
    await survey.look(page, '44-origin-check');
  });
  await report.check('a wildcard stands for one label only', async () => {
    await check(page, 'https://a.b.partner.example/');
    assert.deepEqual(await verdicts(page), { allowed: 0, refused: 2 });
  });
  await report.check('localhost needs no entry for sandbox', async () => {
    const text = await check(page, 'http://localhost:5173/');
    assert.ok(!text.includes('Entry:'), text);
    assert.deepEqual(await verdicts(page), { allowed: 1, refused: 1 });
  });
}

async function check(page, address) {
  const origins = sectionOf(page, 'Authorized Origins');
  await origins.getByLabel('Check a page').fill(address);
  await origins.getByRole('button', { name: 'Check', exact: true }).click();
  return until(() => textOf(origins.getByRole('status')), 'the verdicts');
}

async function verdicts(page) {
  const status = sectionOf(page, 'Authorized Origins').getByRole('status');
  const count = (name) => status.getByRole('img', { name, exact: true }).count();
  return { allowed: await count('Allowed'), refused: await count('Not allowed') };
}
