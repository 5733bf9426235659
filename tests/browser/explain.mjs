// A dashboard is explained, compared for two tokens, and published with the proof that every table is decided.

import assert from 'node:assert/strict';
import { openedDashboard } from './embed-reading.mjs';
import { mintToken } from './mint.mjs';
import { sectionOf, until } from './steps.mjs';
import { textOf } from './texts.mjs';

export async function testExplain(stage) {
  const mint = async (state) =>
    (await mintToken(stage, stage.sandboxKey, { attributes: { state } })).token;
  stage.page.expectRefusals(400, 401, 403, 404);
  await testExplanations(stage, await mint('TX'));
  await testComparison(stage, await mint('TX'), await mint('NY'));
  await testPublishing(stage);
}

async function testExplanations({ report, survey, page }, token) {
  await report.check('Explain without a token: all rows, no condition', async () => {
    await openPageOf(page, 'Explain');
    await page.getByRole('button', { name: 'Explain charts' }).click();
    const chart = sectionOf(page, 'Number of flights');
    await chart.getByText('None: all rows').waitFor();
    // While one explanation is under way, another is not begun.
    const waiting = page.locator('wa-button[loading]');
    await until(async () => (await waiting.count()) === 0, 'the end of the answer');
  });
  await report.check(
    'Explain for a token: SQL, condition with rule and attribute, rows',
    async () => {
      await page.getByLabel('Explain for Token').fill(token);
      await page.getByRole('button', { name: 'Explain charts' }).click();
      const chart = sectionOf(page, 'Top 10 routes');
      await chart.getByText(/origin_state is equal to “TX”, the token's state/).waitFor();
      const text = await textOf(chart);
      assert.match(text, /3,000,000 rows → \d{3},\d{3} \(/);
      assert.match(text, /rule “Flights from the customer's state”/);
      assert.match(text, /Cache (hit|miss)|Shared with/);
      for (const stage of ['Guard', 'Queue', 'Engine', 'Encode'])
        assert.match(text, new RegExp(`${stage} [\\d.]+ ms`));
      const sql = await textOf(chart.getByLabel('Final SQL'));
      assert.match(sql, /origin_state/);
      assert.ok(!sql.includes('TX'), 'the value is bound, not text of the SQL');
      assert.match(await textOf(chart.getByRole('list', { name: 'Arguments' })), /"TX"/);
      await survey.look(page, '74-explain');
    },
  );
  await report.check('what is no token is refused, and explains nothing', async () => {
    await page.getByLabel('Explain for Token').fill('not a token');
    await page.getByRole('button', { name: 'Explain charts' }).click();
    await page.getByRole('alert').filter({ hasText: /token/i }).first().waitFor();
    assert.equal(await page.getByLabel('Final SQL').count(), 0);
  });
}

async function testComparison({ report, survey, page }, first, second) {
  await report.check('Compare: two tokens side by side, what differs is marked', async () => {
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await page.getByRole('textbox', { name: 'First token' }).fill(first);
    await page.getByRole('textbox', { name: 'Second token' }).fill(second);
    await page.getByRole('button', { name: 'Compare tokens' }).click();
    const differences = sectionOf(page, 'Differences');
    await differences.getByText('1 value differs').first().waitFor();
    assert.ok((await differences.locator('mark').count()) > 10);
    const embeds = page.locator('aracari-dashboard');
    assert.equal(await embeds.count(), 2);
    await until(async () => /TX/.test(await textOf(embeds.nth(0))), 'the first');
    await until(async () => /NY/.test(await textOf(embeds.nth(1))), 'the second');
    await page.waitForTimeout(1000);
    await survey.look(page, '75-compare');
  });
  await report.check('Compare: each chart that differs says so at both embeds', async () => {
    const [left, right] = ['first', 'second'].map((name) =>
      page.getByRole('group', { name: `Dashboard of the ${name} token` }),
    );
    const flights = (side) => side.getByRole('region', { name: 'Number of flights' });
    const figure = async (side) =>
      /[\d,]{5,}/.exec((await textOf(flights(side))).replace(/(First|Second): [\d,]+/, ''))[0];
    await flights(left)
      .getByText(`Second: ${await figure(right)}`, { exact: true })
      .waitFor();
    await flights(right)
      .getByText(`First: ${await figure(left)}`, { exact: true })
      .waitFor();
    assert.equal(await left.locator('[part~="tile-noted"]').count(), 8);
  });
  await report.check('Compare: both sides scroll together', async () => {
    const [left, right] = await Promise.all(
      ['first', 'second'].map((name) =>
        page.getByRole('group', { name: `Dashboard of the ${name} token` }).elementHandle(),
      ),
    );
    await left.evaluate((side) => side.scrollTo(0, 300));
    await until(() => right.evaluate((side) => side.scrollTop === 300), 'the second to follow');
  });
  await report.check('Compare: the same token twice has no difference', async () => {
    await page.getByRole('textbox', { name: 'Second token' }).fill(first);
    await page.getByRole('button', { name: 'Compare tokens' }).click();
    const differences = sectionOf(page, 'Differences');
    await until(
      async () => (await differences.getByText('Same', { exact: true }).count()) === 8,
      'eight charts that are the same',
    );
    assert.equal(await differences.locator('mark').count(), 0);
    assert.equal(await page.locator('[part~="tile-noted"]').count(), 0);
    await page.getByText('Both see the same in every chart.').waitFor();
  });
  await report.check('Compare: a token that is refused is said at its field', async () => {
    await page.getByRole('textbox', { name: 'Second token' }).fill('not a token');
    await page.getByRole('button', { name: 'Compare tokens' }).click();
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    assert.equal(await page.locator('aracari-dashboard').count(), 0);
  });
}

async function testPublishing({ report, survey, page, demo, ...stage }) {
  let rules;
  const state = page.getByRole('status').filter({ hasText: /ublished/ });
  await report.check('Publish lists each table and what viewers see of it', async () => {
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.getByRole('row', { name: /Flights RLS enabled Rows by rules/ }).waitFor();
    await until(async () => /^Published/.test(await textOf(state)), 'the state');
    await survey.look(page, '76-publish');
  });
  await report.check('unpublished, it does not exist for tokens', async () => {
    await page.getByRole('button', { name: 'Unpublish' }).click();
    await page.getByRole('dialog', { name: 'Unpublish this dashboard?' }).waitFor();
    await page.getByRole('button', { name: 'Unpublish', exact: true }).last().click();
    await until(async () => /^Not published/.test(await textOf(state)), 'the state');
    const { token } = await mintToken({ demo }, stage.sandboxKey, {});
    const list = await fetch(`${demo.url}/api/v1/dashboards`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.ok(!(await list.text()).includes('Departures'));
  });
  await report.check(
    'while a table is undecided, it is not published, and the table is linked',
    async () => {
      page.expectRefusals(409);
      rules = await page.evaluate(setRules, []);
      await page.getByRole('button', { name: 'Publish dashboard' }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: /Flights/ })
        .waitFor();
      await page.getByRole('row', { name: /Flights.*Undecided/ }).waitFor();
      await survey.look(page, '77-publish-undecided');
      await page.getByRole('link', { name: 'Flights', exact: true }).click();
      await page.getByText('This table needs a decision').waitFor();
      await page.evaluate(setRules, rules);
    },
  );
  await report.check('decided again, it is published', async () => {
    await openPageOf(page, 'Publish');
    await page.getByRole('button', { name: 'Publish dashboard' }).click();
    await until(async () => /^Published/.test(await textOf(state)), 'the state');
    await page.getByRole('link', { name: 'View', exact: true }).click();
    await openedDashboard(page);
  });
}

async function openPageOf(page, name) {
  await page.getByRole('link', { name: 'Dashboards', exact: true }).first().click();
  await page.getByRole('link', { name: /Departures/ }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** In the page: what another maker would do meanwhile. Gives the rules of before. */
async function setRules(rules) {
  const ask = async (path, init) => (await fetch(`/api/v1${path}`, init)).json();
  const { databases } = await ask('/databases');
  const { tables } = await ask(`/databases/${databases[0].id}/tables`);
  const { id } = tables.find(({ name }) => name === 'flights');
  const before = await ask(`/tables/${id}`);
  await ask(`/tables/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version: before.version, rules }),
  });
  // Ids of rules that are gone are not known any more.
  return before.rules.map(({ id: _, ...rule }) => rule);
}
