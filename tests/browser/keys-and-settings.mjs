// PRODUCT.md 2.1 to 2.3 on the demo: the admin's dashboard, API keys, and the four sections of Settings → Embed.

import assert from 'node:assert/strict';
import { assertPainted, openedDashboard } from './embed-reading.mjs';
import {
  addOrigin,
  closeDialog,
  createApiKey,
  openApiKeys,
  openEmbedSettings,
  refusalAt,
  sectionOf,
  signIn,
} from './steps.mjs';

/** Leaves `stage.sandboxKey` and `stage.productionKey`. */
export async function testKeysAndSettings(stage) {
  const { report, survey, page, demo } = stage;
  await report.check('the printed admin signs in to the demo', async () => {
    await page.goto(demo.url);
    await signIn(page, stage.admin);
    await survey.look(page, '04-dashboards');
  });
  await report.check('Dashboards → Departures draws for the admin', async () => {
    await page.getByRole('link', { name: /Departures/ }).click();
    const dashboard = await openedDashboard(page);
    await assertPainted(dashboard, 5);
    assert.equal(await dashboard.getByText('Sandbox', { exact: true }).count(), 0);
    await survey.look(page, '05-departures', { settle: () => openedDashboard(page) });
  });
  await report.check('API Keys: a key is created and shown once, with Copy', async () => {
    await openApiKeys(page);
    await survey.look(page, '06-api-keys-empty');
    await page.getByRole('button', { name: 'Create API Key' }).click();
    await survey.look(page, '07-create-api-key', { fullPage: false });
    await closeDialog(page, 'Cancel');
    stage.sandboxKey = await createApiKey(page, 'Sandbox backend', 'Sandbox');
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    await survey.look(page, '08-api-key-shown-once', { fullPage: false });
  });
  await report.check('the list shows prefix and last four, and the secret is gone', async () => {
    await closeDialog(page);
    await page.getByText(`ara_sandbox_…${stage.sandboxKey.slice(-4)}`).waitFor();
    assert.ok(!(await page.content()).includes(stage.sandboxKey));
    assert.equal(await page.getByText(stage.sandboxKey).count(), 0);
    stage.productionKey = await createApiKey(page, 'Production backend', 'Production');
    await closeDialog(page);
    await survey.look(page, '09-api-keys');
  });
  await report.check('Settings → Embed has its four sections in their order', async () => {
    await openEmbedSettings(page);
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    assert.deepEqual(
      headings.map((text) => text.trim()),
      ['Authorized Origins', 'Token Attributes', 'Token Generation Sandbox', 'Token Introspection'],
    );
    await sectionOf(page, 'Token Attributes').getByRole('row', { name: 'state String' }).waitFor();
    await survey.look(page, '10-settings-embed');
  });
  await report.check('an origin is refused at its field, then added', async () => {
    page.expectRefusals(400);
    await page.getByLabel('Origin', { exact: true }).fill('app.example.com/path');
    await page.getByRole('button', { name: 'Add origin' }).click();
    await refusalAt(page, 'Origin', /Must look like/);
    await survey.picture(page, '11-origin-refused');
    await addOrigin(page, 'https://app.example.com', 'Production');
    await survey.picture(page, '11-origin-added');
  });
}
