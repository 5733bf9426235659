// PRODUCT.md 2.4 and 2.5: the Token Generation Sandbox, its refusals, and the preview through the real embed.

import assert from 'node:assert/strict';
import { answerByHand } from './departures-by-hand.mjs';
import { assertPainted, assertShows, openedDashboard } from './embed-reading.mjs';
import {
  closeDialog,
  generateToken,
  openEmbedSettings,
  refusalAt,
  sectionOf,
  until,
} from './steps.mjs';
import { textOf } from './texts.mjs';

const languages = ['HTML', 'React', 'curl', 'Node', 'Python'];

/** Leaves `stage.texas`: {token, snippet}. */
export async function testSandbox(stage) {
  const { report, survey, page } = stage;
  await report.check('a wrong API key is refused at its field', async () => {
    page.expectRefusals(401, 403);
    await openEmbedSettings(page);
    await page.getByLabel('API key', { exact: true }).fill('ara_sandbox_not_a_key');
    await page.getByRole('button', { name: 'Generate Token' }).click();
    await refusalAt(page, 'API key', /key/i);
    await survey.picture(page, '12-api-key-refused');
  });
  await report.check('an attribute of the wrong type is refused at its field', async () => {
    await addAttribute(page, 'seats', 'Integer');
    await page.getByLabel('API key', { exact: true }).fill(stage.sandboxKey);
    await page.getByLabel('seats', { exact: true }).fill('1.5');
    await page.getByRole('button', { name: 'Generate Token' }).click();
    await refusalAt(page, 'seats', /whole number/);
    await survey.look(page, '13-attribute-refused');
  });
  await report.check(
    'an attribute that is no longer registered is refused at its field',
    async () => {
      page.expectRefusals(400);
      await page.getByLabel('seats', { exact: true }).fill('12');
      await page.evaluate(forgetAttribute, 'seats');
      await page.getByRole('button', { name: 'Generate Token' }).click();
      await refusalAt(page, 'seats', /not a registered/);
      await page.reload();
      await openEmbedSettings(page);
      assert.equal(await page.getByLabel('seats', { exact: true }).count(), 0);
    },
  );
  await report.check('a token for Texas, with Copy, countdown and decoded claims', async () => {
    const token = await generateToken(page, {
      apiKey: stage.sandboxKey,
      distinctId: 'texas-user',
      attributes: { state: 'TX' },
    });
    stage.texas = { token };
    const sandbox = sectionOf(page, 'Token Generation Sandbox');
    await sandbox.getByRole('button', { name: 'Copy', exact: true }).click();
    await sandbox.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    const countdown = () => sandbox.getByRole('timer').innerText();
    const first = await countdown();
    assert.match(first, /^Expires in (59:\d\d|1:00:00)$/);
    await until(async () => (await countdown()) !== first, 'the countdown to count');
    for (const claim of ['texas-user', 'state TX', 'dashboard can_view', 'explorer']) {
      await sandbox
        .getByRole('definition')
        .filter({ hasText: spaced(claim) })
        .first()
        .waitFor();
    }
    await survey.look(page, '14-token-generated');
  });
  await report.check('snippets in five languages', async () => {
    for (const language of languages) {
      await page.getByRole('tab', { name: language, exact: true }).click();
      const code = await page.getByLabel(`${language} code`).textContent();
      assert.ok(code.includes(stage.demo.url), `${language} names the server`);
      assert.ok(!code.includes(stage.sandboxKey), `${language} must not hold the key`);
      assert.equal(
        code.includes(stage.texas.token),
        language === 'HTML',
        `${language} and the token`,
      );
      await survey.picture(page, `15-snippet-${language.toLowerCase()}`);
    }
    await page.getByRole('tab', { name: 'HTML', exact: true }).click();
    stage.texas.snippet = await page.getByLabel('HTML code').textContent();
  });
  await report.check('Open preview draws Texas alone, marked as sandbox', async () => {
    await page.getByRole('button', { name: 'Open preview' }).click();
    const dashboard = await openedDashboard(page);
    await assertPainted(dashboard, 5);
    await dashboard.getByText('Sandbox', { exact: true }).waitFor();
    assert.match(await textOf(dashboard), /state ?: TX /);
    await survey.look(page, '16-preview', {
      settle: () => openedDashboard(page),
      fullPage: false,
    });
    await assertShows(dashboard, await answerByHand(stage.flights, 'TX'));
    await closeDialog(page, 'Close');
  });
}

async function addAttribute(page, name, type) {
  const section = sectionOf(page, 'Token Attributes');
  await section.getByLabel('Name', { exact: true }).fill(name);
  await section.getByRole('combobox').click();
  await page.getByRole('option', { name: type, exact: true }).click();
  await section.getByRole('button', { name: 'Add attribute' }).click();
  await section.getByRole('row', { name: `${name} ${type}` }).waitFor();
}

/** Removes an attribute behind the page's back, as another person would. */
async function forgetAttribute(name) {
  const path = '/api/v1/token-attributes';
  const { tokenAttributes } = await (await fetch(path)).json();
  const { id } = tokenAttributes.find((attribute) => attribute.name === name);
  await fetch(`${path}/${id}`, { method: 'DELETE' });
}

function spaced(words) {
  return new RegExp(words.replaceAll(' ', '\\s*'));
}
