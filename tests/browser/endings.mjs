// How an embed ends: its key is revoked, its token expires. And PRODUCT.md 2.8, production.

import assert from 'node:assert/strict';
import { assertPainted, openedDashboard } from './embed-reading.mjs';
import { openHostPage } from './host-visit.mjs';
import { mintToken } from './mint.mjs';
import {
  addOrigin,
  introspect,
  openApiKeys,
  openEmbedSettings,
  revokeApiKey,
  until,
} from './steps.mjs';

export async function testExpiry(stage) {
  const { report, survey, second } = stage;
  await report.check('an expired token shows that it expired', async () => {
    const { token } = await mintToken(stage, stage.sandboxKey, { expiresIn: '1s' });
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const page = await openHostPage(stage, second.put('/expired', withToken(stage, token)));
    page.expectRefusals(401);
    await page
      .getByRole('alert')
      .getByText(/expired/i)
      .first()
      .waitFor();
    await survey.look(page, '25-token-expired');
    await page.closeQuietly();
  });
  await report.check(
    'a token that expires while it is shown takes the dashboard away',
    async () => {
      const { token } = await mintToken(stage, stage.sandboxKey, { expiresIn: '4s' });
      const page = await openHostPage(stage, second.put('/expiring', withToken(stage, token)));
      page.expectRefusals(401);
      await openedDashboard(page);
      await page
        .getByRole('alert')
        .getByText(/expired/i)
        .first()
        .waitFor();
      assert.equal(await page.getByText('Number of flights').count(), 0);
      await page.closeQuietly();
    },
  );
}

export async function testProduction(stage) {
  const { report, survey, live } = stage;
  const attributes = { state: 'TX' };
  await report.check('a production token is refused where only sandbox is allowed', async () => {
    const { token, environment } = await mintToken(stage, stage.productionKey, { attributes });
    assert.equal(environment, 'production');
    stage.production = live.put('/production', withToken(stage, token));
    const page = await openHostPage(stage, stage.production);
    page.expectRefusals(403);
    await page.getByRole('alert').getByText(live.origin, { exact: true }).waitFor();
    await page.closeQuietly();
  });
  await report.check('on a listed production origin it works, without a sandbox mark', async () => {
    await openEmbedSettings(stage.page);
    await addOrigin(stage.page, live.origin, 'Production');
    const page = await openHostPage(stage, stage.production);
    const dashboard = await openedDashboard(page);
    await assertPainted(dashboard, 5);
    assert.equal(await dashboard.getByText('Sandbox').count(), 0);
    await survey.look(page, '26-production', { settle: () => openedDashboard(page) });
    await page.closeQuietly();
  });
}

/** The last part that uses the sandbox key: it revokes it. */
export async function testRevocation(stage) {
  const { report, survey, second, texas } = stage;
  await report.check('revoking the key takes the open embed away', async () => {
    const snippet = texas.snippet.replace('<aracari-dashboard', '$& refresh-seconds="5"');
    const embed = await openHostPage(stage, second.put('/revoked', snippet));
    await openedDashboard(embed);
    embed.expectRefusals(401);
    await openApiKeys(stage.page);
    await revokeApiKey(stage.page, 'Sandbox backend');
    await survey.look(stage.page, '27-key-revoked');
    await embed
      .getByRole('alert')
      .getByText(/revoked/i)
      .first()
      .waitFor();
    assert.equal(await embed.getByText('Number of flights').count(), 0);
    await until(async () => (await embed.told('aracari-error')).length > 0, 'aracari-error');
    const [{ detail }] = await embed.told('aracari-error');
    assert.match(detail.code, /revoked/);
    await survey.look(embed, '28-embed-after-revocation');
    await embed.closeQuietly();
  });
  await report.check('introspection names the revoked key', async () => {
    await openEmbedSettings(stage.page);
    assert.match(
      await introspect(stage.page, texas.token),
      /^The API key “Sandbox backend” .* was revoked \d+ s ago\.$/,
    );
    await survey.look(stage.page, '29-introspection-revoked');
  });
}

function withToken({ texas }, token) {
  return texas.snippet.replace(texas.token, token);
}
