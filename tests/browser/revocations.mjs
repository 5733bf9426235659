// Revocation of one token from its introspection, and of all tokens of an end user from Settings → Revocations.

import assert from 'node:assert/strict';
import { mintToken } from './mint.mjs';
import { introspect, openEmbedSettings, sectionOf, until } from './steps.mjs';

const user = { distinctId: 'a-leaver', attributes: { state: 'TX' } };

export async function testRevocations(stage) {
  const { report, survey, page } = stage;
  const mint = async () => (await mintToken(stage, stage.sandboxKey, { user })).token;
  const [first, second] = [await mint(), await mint()];
  await report.check('one token is revoked where it is introspected', async () => {
    await openEmbedSettings(page);
    assert.match(await introspect(page, first), /^Active/);
    await page.getByRole('button', { name: 'Revoke token' }).click();
    await survey.look(page, '45-revoke-token', { fullPage: false });
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const status = sectionOf(page, 'Token Introspection').getByRole('status');
    await until(async () => /revoked/i.test(await status.innerText()), 'the new verdict');
    await survey.look(page, '46-token-revoked');
    assert.match(await introspect(page, second), /^Active/);
  });
  await report.check('Revocations lists the token', async () => {
    await openRevocations(page);
    await page.getByRole('row', { name: /Token Sandbox/ }).waitFor();
  });
  await report.check(
    'an end user is revoked: the older tokens are dead, new ones work',
    async () => {
      const form = sectionOf(page, 'Revocations');
      await form.getByLabel('distinctId', { exact: true }).fill(user.distinctId);
      await form.getByLabel('Reason', { exact: true }).fill('Left the company');
      await form.getByRole('button', { name: 'Revoke…' }).click();
      await page.getByRole('button', { name: 'Revoke tokens', exact: true }).click();
      await page.getByRole('row', { name: /a-leaver End user Sandbox Left the company/ }).waitFor();
      await survey.look(page, '47-revocations');
      await new Promise((resolve) => setTimeout(resolve, 1100));
      const third = await mint();
      await openEmbedSettings(page);
      assert.match(await introspect(page, second), /revoked/i);
      assert.match(await introspect(page, third), /^Active/);
    },
  );
  await report.check('a whole environment is revoked only after its name is typed', async () => {
    await openRevocations(page);
    const form = sectionOf(page, 'Revocations');
    await form.getByRole('combobox', { name: 'Revoke tokens of' }).click();
    await page.getByRole('option', { name: 'Whole environment' }).click();
    await form.getByRole('button', { name: 'Revoke…' }).click();
    const revoke = page.getByRole('button', { name: 'Revoke tokens', exact: true });
    assert.ok(await revoke.isDisabled());
    await page.getByLabel('Type “sandbox” to confirm').fill('sandbox');
    await until(() => revoke.isEnabled(), 'the button');
    await survey.look(page, '48-revoke-environment', { fullPage: false });
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  });
}

async function openRevocations(page) {
  await page.getByRole('tab', { name: 'Revocations' }).click();
  await page.getByRole('button', { name: 'Revoke…' }).waitFor();
}
