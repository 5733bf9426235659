// Settings → Signing Keys: rotation with overlap, which no token feels, and the one that ends all tokens.

import assert from 'node:assert/strict';
import { mintToken } from './mint.mjs';
import { introspect, openEmbedSettings, sectionOf, until } from './steps.mjs';

/** Ends the production tokens. */
export async function testSigningKeys(stage) {
  const { report, survey, page } = stage;
  const { token } = await mintToken(stage, stage.productionKey, {});
  const panel = sectionOf(page, 'Production signing keys');
  const keys = (status) => panel.getByRole('row').filter({ hasText: status });
  await report.check('Signing Keys shows both environments', async () => {
    await openEmbedSettings(page);
    await page.getByRole('tab', { name: 'Signing Keys' }).click();
    await keys('Active').waitFor();
    await sectionOf(page, 'Sandbox signing keys')
      .getByRole('img', { name: /Active key/ })
      .waitFor();
    await survey.look(page, '50-signing-keys');
  });
  await report.check('Rotate publishes the next key, and the token stays active', async () => {
    await panel.getByRole('button', { name: 'Rotate', exact: true }).click();
    await keys('Next').waitFor();
    await panel.getByRole('img', { name: /Next key/ }).waitFor();
    await survey.look(page, '51-signing-key-rotated');
    await openEmbedSettings(page);
    assert.match(await introspect(page, token), /^Active/);
  });
  await report.check('“Rotate now” asks for the name, then ends all tokens', async () => {
    await page.getByRole('tab', { name: 'Signing Keys' }).click();
    await panel.getByRole('button', { name: 'Rotate now, end all tokens…' }).click();
    const end = page.getByRole('button', { name: 'Rotate and end all tokens' });
    assert.ok(await end.isDisabled());
    await page.getByLabel('Type “production” to confirm').fill('production');
    await survey.look(page, '52-end-all-tokens', { fullPage: false });
    await end.click();
    await until(async () => (await keys('Revoked').count()) > 0, 'revoked keys');
    assert.equal(await keys('Active').count(), 1);
    assert.equal(await keys('Next').count(), 0);
    await openEmbedSettings(page);
    assert.doesNotMatch(await introspect(page, token), /^Active/);
  });
}
