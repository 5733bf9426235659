// Settings → Audit: sentences that can be read, filters, and the export of what passes them.

import assert from 'node:assert/strict';
import { choose, openEmbedSettings, sectionOf, until } from './steps.mjs';

/** Expects what `testKeyLimits` did. */
export async function testAudit({ report, survey, page }) {
  const audit = sectionOf(page, 'Audit');
  const events = (text) => audit.getByRole('row').filter({ hasText: text });
  await report.check('Audit tells in sentences what was done', async () => {
    await openEmbedSettings(page);
    await page.getByRole('tab', { name: 'Audit' }).click();
    await until(async () => (await events('Signed in').count()) > 0, 'events');
    await survey.look(page, '56-audit');
  });
  await report.check('filters leave what was asked for', async () => {
    await choose(page, audit.getByRole('combobox', { name: 'Action' }), 'API keys');
    await audit.getByLabel('Subject').fill('Tenant backend');
    await audit.getByRole('button', { name: 'Apply' }).click();
    await until(async () => (await events('Signed in').count()) === 0, 'the other events to go');
    for (const verb of ['Created', 'Rolled', 'Revoked'])
      assert.notEqual(await events(`${verb} API key “Tenant backend”`).count(), 0, verb);
    assert.equal(await events('Production backend').count(), 0);
    await survey.look(page, '57-audit-filtered');
  });
  await report.check('the export has the same filters', async () => {
    const address = await audit.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
    const text = await page.evaluate(async (path) => (await fetch(path)).text(), address);
    assert.match(text, /api_key\.rolled/);
    assert.doesNotMatch(text, /session\.|Production backend/);
  });
  await report.check('what nothing passes says so, and Clear brings all back', async () => {
    await audit.getByLabel('Subject').fill('no such thing');
    await audit.getByRole('button', { name: 'Apply' }).click();
    await audit.getByText('No events').waitFor();
    await survey.picture(page, '58-audit-empty');
    await audit.getByRole('button', { name: 'Clear' }).click();
    await until(async () => (await events('Signed in').count()) > 0, 'all events');
  });
}
