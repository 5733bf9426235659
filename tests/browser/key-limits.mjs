// API keys that can do less: limits at their creation, rolling with an overlap, revocation.

import assert from 'node:assert/strict';
import { mintToken } from './mint.mjs';
import { choose, closeDialog, openApiKeys } from './steps.mjs';

const name = 'Tenant backend';

export async function testKeyLimits(stage) {
  const { report, survey, page } = stage;
  let secret;
  await report.check('a key is created with limits', async () => {
    await openApiKeys(page);
    await page.getByRole('button', { name: 'Create API Key' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('checkbox', { name: 'revoke', exact: true }).press('Space');
    await fillLimits(page);
    await survey.look(page, '40-create-key-with-limits', { fullPage: false });
    await page.getByRole('button', { name: 'Create key', exact: true }).click();
    secret = await readSecret(page);
    await closeDialog(page);
  });
  await report.check('its details say the limits in plain words', async () => {
    const row = rowOf(page, secret);
    await row.getByText('mint · introspect · revoke', { exact: true }).waitFor();
    await row.getByRole('button', { name: `Show details of ${name}` }).click();
    for (const [term, text] of [
      ['Requests', '60 a minute'],
      ['Permissions', 'View dashboards, view charts'],
      ['Dashboards', 'Departures'],
      ['Longest lifetime', '30 minutes'],
    ]) {
      await page.getByRole('term').filter({ hasText: term }).waitFor();
      await page.getByRole('definition').filter({ hasText: text }).waitFor();
    }
    await survey.look(page, '41-key-details');
    await row.getByRole('button', { name: `Hide details of ${name}` }).click();
  });
  await report.check('its tokens carry the fixed attribute, and no other value of it', async () => {
    const { token } = await mint(stage, secret, {});
    assert.equal(claimsOf(token).attributes.state, 'NY');
    await assert.rejects(mint(stage, secret, { attributes: { state: 'TX' } }), /403 .*key_limit/s);
    await assert.rejects(mint(stage, secret, { expiresIn: '1h' }), /403 .*key_limit/s);
  });
  await report.check(
    'rolled with an overlap: both keys mint, the new one is shown once',
    async () => {
      const old = secret;
      secret = await roll(page, old, '1 hour', '42-roll-key', survey);
      assert.notEqual(secret, old);
      await mint(stage, old, {});
      await mint(stage, secret, {});
      await rowOf(page, old)
        .getByText(`Replaced by …${secret.slice(-4)}`)
        .waitFor();
      assert.equal(await rowOf(page, old).getByRole('button', { name: 'Roll' }).count(), 0);
      await survey.look(page, '43-key-rolled');
    },
  );
  await report.check('rolled without an overlap: the old key ends at once', async () => {
    const old = secret;
    secret = await roll(page, old, 'None');
    await assert.rejects(mint(stage, old, {}), /401/);
    await mint(stage, secret, {});
  });
  await report.check('revoked: it mints no more', async () => {
    await rowOf(page, secret).getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await rowOf(page, secret).getByText('Revoked', { exact: true }).waitFor();
    await assert.rejects(mint(stage, secret, {}), /401/);
  });
}

async function fillLimits(page) {
  await page.getByLabel('Requests a minute').fill('60');
  await page.getByRole('button', { name: 'What its tokens may do at most' }).press('Enter');
  await page.getByRole('radio', { name: 'Only these' }).click();
  await page.getByRole('checkbox', { name: 'Departures' }).press('Space');
  await choose(page, page.getByRole('combobox', { name: 'Longest lifetime' }), '30 minutes');
  await page.getByLabel('state', { exact: true }).fill('NY');
}

/** Rolls the key and gives the secret of the new one. */
async function roll(page, secret, overlap, picture, survey) {
  await rowOf(page, secret).getByRole('button', { name: 'Roll' }).click();
  await page.getByRole('radio', { name: overlap }).click();
  if (picture) await survey.look(page, picture, { fullPage: false });
  await page.getByRole('button', { name: 'Roll key' }).click();
  const rolled = await readSecret(page);
  await closeDialog(page);
  return rolled;
}

function readSecret(page) {
  return page.getByLabel(`Secret of ${name}`).textContent();
}

/** Keys that were rolled have one name: the last four characters tell them apart. */
function rowOf(page, secret) {
  return page.getByRole('row', { name: `ara_sandbox_…${secret.slice(-4)}` });
}

function mint(stage, secret, { attributes = {}, expiresIn = '10m' }) {
  return mintToken(stage, secret, { attributes, expiresIn });
}

function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
}
