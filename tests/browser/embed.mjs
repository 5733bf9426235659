// PRODUCT.md 2.6: the embed on pages of other origins, with the snippet that the sandbox shows.

import assert from 'node:assert/strict';
import { answerByHand } from './departures-by-hand.mjs';
import { assertPainted, assertShows, openedDashboard } from './embed-reading.mjs';
import { openHostPage } from './host-visit.mjs';
import { addOrigin, generateToken, openEmbedSettings, until } from './steps.mjs';
import { plain, textOf } from './texts.mjs';

/** Leaves `stage.california`: {token, snippet}. */
export async function testEmbed(stage) {
  const { report, survey, second, third } = stage;
  await report.check('the sandbox gives a second snippet, for California', async () => {
    await openEmbedSettings(stage.page);
    const token = await generateToken(stage.page, {
      apiKey: stage.sandboxKey,
      distinctId: 'california-user',
      attributes: { state: 'CA' },
    });
    const snippet = await stage.page.getByLabel('HTML code').textContent();
    stage.california = { token, snippet };
  });
  for (const [state, name] of [
    ['TX', 'texas'],
    ['CA', 'california'],
  ]) {
    await report.check(`second origin: every number of ${state} as answered by hand`, async () => {
      const page = await openHostPage(stage, second.put(`/${name}`, stage[name].snippet));
      const dashboard = await openedDashboard(page);
      await assertPainted(dashboard, 5);
      await dashboard.getByText('Sandbox', { exact: true }).waitFor();
      assert.match(await textOf(dashboard), chipOf(state));
      await survey.look(page, `20-embed-${name}`, { settle: () => openedDashboard(page) });
      await assertShows(dashboard, await answerByHand(stage.flights, state));
      await survey.look(page, `21-embed-${name}-as-data`);
      await page.closeQuietly();
    });
  }
  await report.check('second origin: the dark theme', async () => {
    const snippet = stage.texas.snippet.replace('data-theme="light"', 'data-theme="dark"');
    const page = await openHostPage(stage, second.put('/dark', snippet, 'dark'));
    await assertPainted(await openedDashboard(page), 5);
    await survey.look(page, '22-embed-dark', { settle: () => openedDashboard(page) });
    await page.closeQuietly();
  });
  await report.check('third origin: refused by name, and where to allow it', async () => {
    stage.refusedPage = await openHostPage(stage, third.put('/', stage.texas.snippet));
    stage.refusedPage.expectRefusals(403);
    const told = stage.refusedPage.getByRole('alert');
    await told.getByText(third.origin, { exact: true }).waitFor();
    await told.getByText('Settings → Embed → Authorized Origins', { exact: true }).waitFor();
    assert.equal(await stage.refusedPage.getByText('Number of flights').count(), 0);
    await survey.look(stage.refusedPage, '23-origin-refused');
  });
  await report.check('third origin: works once it is added to the sandbox origins', async () => {
    await openEmbedSettings(stage.page);
    await addOrigin(stage.page, third.origin, 'Sandbox');
    await stage.refusedPage.getByRole('button', { name: 'Try again' }).click();
    await assertPainted(await openedDashboard(stage.refusedPage), 5);
    await survey.picture(stage.refusedPage, '24-origin-allowed');
    await stage.refusedPage.closeQuietly();
  });
  await report.check('two dashboards on one page keep their viewers apart', async () => {
    const both = stage.texas.snippet + stage.california.snippet;
    const page = await openHostPage(stage, second.put('/both', both));
    const chips = page.getByTitle(/^You see only rows where state is /);
    await until(async () => (await chips.count()) === 2, 'two scopes');
    assert.deepEqual((await chips.allInnerTexts()).map(plain), ['state: TX', 'state: CA']);
    await page.closeQuietly();
  });
}

function chipOf(state) {
  return new RegExp(`state ?: ${state} `);
}
