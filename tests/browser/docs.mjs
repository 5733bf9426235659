// The documentation in a browser: every page with axe-core, on a phone, in the dark and in print; and the pages of HTML that
// tutorials tell a reader to write.

import assert from 'node:assert/strict';
import { openTutorial, readBlocks } from '../harness/tutorial.mjs';
import { assertAccessible } from './axe.mjs';
import { openPage } from './browser.mjs';
import { assertPainted, openedDashboard } from './embed-reading.mjs';
import { openHostPage } from './host-visit.mjs';
import { mintToken } from './mint.mjs';
import { openEmbedSettings, until } from './steps.mjs';
import { textOf } from './texts.mjs';

/** Pages of which pictures are taken: a start, a tutorial, a long table, a reference. */
const pictured = ['index', 'embed-a-dashboard', 'access-rules', 'options'];

export async function testDocs(stage) {
  await testPages(stage);
  await testEmbedTutorial(stage);
  await testFirstSnippet(stage);
  await testHelp(stage);
}

async function testPages({ report, survey, browser, demo }) {
  const page = await openPage(browser);
  const listed = await (await fetch(`${demo.url}/llms.txt`)).text();
  const names = [...listed.matchAll(/\/docs\/([a-z-]+)\.md/g)].map(([, name]) => name);
  await report.check('documentation: axe-core finds nothing on any page', async () => {
    assert.ok(names.length >= 15, `${names}`);
    for (const name of [...names, 'index?ask=how+do+I+revoke+a+token', 'eror']) {
      if (name === 'eror') page.expectRefusals(404);
      await page.goto(`${demo.url}/docs/${name}`);
      await assertAccessible(page, name);
    }
  });
  await report.check('documentation: on a phone and in the dark', async () => {
    for (const name of pictured) {
      await page.goto(`${demo.url}/docs/${name}`);
      await survey.look(page, `80-docs-${name}`);
    }
  });
  await report.check('documentation: a question is asked on the page', async () => {
    await page.goto(`${demo.url}/docs`);
    await page.getByRole('searchbox', { name: 'Ask a question' }).fill('my token has expired');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'token_expired', exact: true }).click();
    await page.waitForURL(/\/docs\/errors#token_expired$/);
  });
  await report.check('documentation: print has the text, whole and alone', async () => {
    await page.goto(`${demo.url}/docs/embed-a-dashboard`);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.equal(await page.getByRole('searchbox').count(), 0);
    const cut = await page
      .locator('pre')
      .evaluateAll((blocks) =>
        blocks
          .filter((block) => block.scrollWidth > block.clientWidth + 1)
          .map((block) => block.innerText),
      );
    assert.deepEqual(cut, [], 'paper does not scroll');
    await survey.picture(page, '81-docs-in-print');
    await page.emulateMedia({ media: 'screen' });
  });
  await report.check('documentation: the browser had nothing to complain about', () => {
    assert.deepEqual(page.complaints(), []);
  });
  await page.context().close();
}

async function testEmbedTutorial({ report, survey, browser, demo }) {
  await report.check('the tutorial Embed a dashboard ends with the dashboard', async () => {
    const tutorial = await openTutorial('embed-a-dashboard', demo);
    const page = await openPage(browser);
    try {
      await tutorial.run();
      await page.goto(tutorial.url);
      const dashboard = await openedDashboard(page);
      await assertPainted(dashboard, 5);
      await dashboard.getByText('Sandbox', { exact: true }).waitFor();
      assert.match(await textOf(dashboard), /state ?: TX /);
      await survey.picture(page, '82-tutorial-embed-a-dashboard');
      assert.ok(!(await page.content()).includes('ara_sandbox_'), 'the key stays in the backend');
    } finally {
      await page.context().close();
      await tutorial.close();
    }
  });
}

async function testFirstSnippet(stage) {
  await stage.report.check('the snippet of Getting started draws', async () => {
    const [{ text }] = (await readBlocks('getting-started')).filter(({ more }) =>
      /html$/.test(more),
    );
    const { token } = await mintToken(stage, stage.sandboxKey, {});
    const snippet = text
      .replaceAll('http://127.0.0.1:8080', stage.demo.url)
      .replace('dsh_…', await dashboardOf(stage.demo, token))
      .replace('eyJ…', token);
    const page = await openHostPage(stage, stage.second.put('/getting-started', snippet));
    await assertPainted(await openedDashboard(page), 5);
    await page.closeQuietly();
  });
}

async function testHelp({ report, page, survey }) {
  await report.check('Help leads from a page of the app to its section', async () => {
    await openEmbedSettings(page);
    const help = page.getByRole('link', { name: 'Help', exact: true });
    assert.equal(await help.getAttribute('href'), '/docs/generate-a-sandbox-token');
    await page.getByRole('tab', { name: 'Revocations' }).click();
    await until(
      async () => (await help.getAttribute('href')) === '/docs/tokens#how-a-token-ends',
      'the help of the tab',
    );
    await survey.look(page, '83-help');
  });
}

async function dashboardOf(demo, token) {
  const headers = { authorization: `Bearer ${token}` };
  const { dashboards } = await (await fetch(`${demo.url}/api/v1/dashboards`, { headers })).json();
  return dashboards[0].id;
}
