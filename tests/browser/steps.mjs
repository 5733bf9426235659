// What a person does, by the labels that a person sees.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const patience = 8_000;

/** Asks until the answer is truthy, and gives it. */
export async function until(ask, what) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`Waited in vain for ${what}.`);
}

export async function signIn(page, { email, password }) {
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Dashboards', exact: true }).waitFor();
}

export async function openProfileMenu(page) {
  await page.getByRole('button', { name: 'Open profile menu' }).click();
}

/** Initials at the bottom left → Account settings → API Keys. */
export async function openApiKeys(page) {
  await openProfileMenu(page);
  await page.getByRole('menuitem', { name: 'Account settings' }).click();
  await page.getByRole('tab', { name: 'API Keys' }).click();
  await page.getByRole('heading', { name: 'API Keys', exact: true }).waitFor();
}

/** Creates a key and gives its secret; the dialog that shows it stays open. */
export async function createApiKey(page, name, environment) {
  await page.getByRole('button', { name: 'Create API Key' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: environment }).click();
  await page.getByRole('button', { name: 'Create key', exact: true }).click();
  const secret = await page.getByLabel(`Secret of ${name}`).textContent();
  assert.match(secret, /^ara_(sandbox|live)_[A-Za-z0-9_-]{20,}$/);
  return secret;
}

export async function closeDialog(page, button = 'Done') {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

export async function revokeApiKey(page, name) {
  await page.getByRole('row', { name }).getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await page.getByRole('row', { name }).getByText('Revoked', { exact: true }).waitFor();
}

/** Settings → Embed, with its sections loaded. */
export async function openEmbedSettings(page) {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('tab', { name: 'Embed', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Generate Token' }).waitFor();
  await page.getByLabel('state', { exact: true }).waitFor();
}

/** Settles the origin's row; the page must show the settings. */
export async function addOrigin(page, origin, environment) {
  await page.getByLabel('Origin', { exact: true }).fill(origin);
  await choose(page, sectionOf(page, 'Authorized Origins').getByRole('combobox'), environment);
  await page.getByRole('button', { name: 'Add origin' }).click();
  await page.getByRole('row', { name: `${origin} ${environment}` }).waitFor();
}

export async function choose(page, combobox, option) {
  await combobox.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A section of the settings by its heading. */
export function sectionOf(page, heading) {
  return page.getByRole('region', { name: heading, exact: true });
}

/** Fills the sandbox's form, presses Generate Token and gives the token. */
export async function generateToken(page, { apiKey, distinctId, attributes = {} }) {
  await page.getByLabel('API key', { exact: true }).fill(apiKey);
  await page.getByLabel('distinctId', { exact: true }).fill(distinctId);
  for (const [name, value] of Object.entries(attributes)) {
    await page.getByLabel(name, { exact: true }).fill(value);
  }
  const shown = page.getByLabel('Generated token');
  const before = (await shown.count()) > 0 ? await shown.textContent() : '';
  await page.getByRole('button', { name: 'Generate Token' }).click();
  return until(async () => {
    const token = (await shown.count()) > 0 ? await shown.textContent() : '';
    return token !== before && token;
  }, 'a new token');
}

export async function introspect(page, token) {
  await page.getByLabel('JWT Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Introspect Token' }).click();
  return until(
    () => sectionOf(page, 'Token Introspection').getByRole('status').innerText(),
    'verdict',
  );
}

/** The text that belongs to a control must say why it was refused, and the keyboard must be there. */
export async function refusalAt(page, label, reason) {
  const control = page.getByLabel(label, { exact: true });
  await until(
    async () => reason.test(await control.evaluate(descriptionOf)),
    `${reason} at ${label}`,
  );
  assert.ok(await control.evaluate(hasFocus), `the keyboard is at ${label}`);
}

function descriptionOf(control) {
  const id = control.getAttribute('aria-describedby');
  return (id && control.getRootNode().getElementById(id)?.innerText) || '';
}

function hasFocus(control) {
  return control.getRootNode().activeElement === control;
}
