// A key for encrypted tokens and its child: who reads the tokens, where the child is listed, and that it ends with its parent.

import assert from 'node:assert/strict';
import { mintToken } from './mint.mjs';
import { closeDialog, introspect, openApiKeys, openEmbedSettings, sectionOf } from './steps.mjs';
import { textOf } from './texts.mjs';

const names = { parent: 'Reseller backend', child: 'Branch of the reseller' };

export async function testChildKeys(stage) {
  const { report, survey, page } = stage;
  const secrets = {};
  let token;
  await report.check('a key for encrypted tokens that may have child keys is created', async () => {
    await openApiKeys(page);
    await page.getByRole('button', { name: 'Create API Key' }).click();
    await page.getByLabel('Name', { exact: true }).fill(names.parent);
    await page.getByRole('checkbox', { name: 'manage', exact: true }).press('Space');
    await page.getByRole('radio', { name: 'Encrypted' }).click();
    await page.getByRole('button', { name: 'Create key', exact: true }).click();
    secrets.parent = await page.getByLabel(`Secret of ${names.parent}`).textContent();
    await closeDialog(page);
  });
  await report.check('its child is listed beneath it', async () => {
    secrets.child = await createChild(stage, secrets.parent);
    await page.reload();
    await openApiKeys(page);
    await rowOf(page, secrets.child).getByText('Child key · mint', { exact: true }).waitFor();
    const rows = await page.getByRole('row').allInnerTexts();
    const at = (secret) => rows.findIndex((text) => text.includes(`…${secret.slice(-4)}`));
    assert.equal(at(secrets.child), at(secrets.parent) + 1);
    assert.ok(!rows.join().includes(secrets.child), 'the secret is shown nowhere');
    await survey.look(page, '61-child-key');
  });
  await report.check('nobody reads its tokens but introspection', async () => {
    ({ token } = await mintToken(stage, secrets.child, {}));
    assert.equal(token.split('.').length, 5);
    assert.ok(!Buffer.from(token.split('.')[3], 'base64url').includes('"TX"'));
    await openEmbedSettings(page);
    assert.match(await introspect(page, token), /^Active/);
    const told = await textOf(sectionOf(page, 'Token Introspection'));
    for (const text of ['Encrypted', names.child, 'TX']) assert.ok(told.includes(text), text);
  });
  await report.check('revoking the parent names the child, and ends it', async () => {
    await openApiKeys(page);
    await rowOf(page, secrets.parent).getByRole('button', { name: 'Revoke' }).click();
    const warning = page.getByText(/Its child keys end with it/);
    await warning.waitFor();
    assert.ok((await warning.innerText()).includes(names.child));
    await survey.look(page, '62-revoke-parent', { fullPage: false });
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await rowOf(page, secrets.child).getByText('Parent ended', { exact: true }).waitFor();
    await assert.rejects(mintToken(stage, secrets.child, {}), /401/);
    await openEmbedSettings(page);
    assert.match(await introspect(page, token), /parent/i);
  });
}

async function createChild({ demo }, parent) {
  const answer = await fetch(`${demo.url}/api/v1/child-keys`, {
    method: 'POST',
    headers: { 'x-api-key': parent, 'content-type': 'application/json' },
    body: JSON.stringify({ name: names.child, scopes: ['mint'] }),
  });
  assert.equal(answer.status, 201);
  return (await answer.json()).secret;
}

function rowOf(page, secret) {
  return page.getByRole('row', { name: `ara_sandbox_…${secret.slice(-4)}` });
}
