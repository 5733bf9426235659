// Everything of the main path that a person must be able to do without a mouse.

import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { until } from './steps.mjs';

const mostPresses = 60;

export async function testKeyboard(stage) {
  const { report, survey, browser, demo } = stage;
  const page = await openPage(browser);
  await report.check('by keyboard alone: sign in', async () => {
    await page.goto(demo.url);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await tabTo(page, page.getByLabel('Email', { exact: true }));
    await page.keyboard.type(stage.admin.email);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(stage.admin.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Dashboards', exact: true }).waitFor();
  });
  await report.check('by keyboard alone: the profile menu', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Open profile menu' }));
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Account settings' }).waitFor();
    await survey.picture(page, '30-profile-menu', { fullPage: false });
    await pressTo(page, 'ArrowDown', page.getByRole('menuitem', { name: 'Account settings' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Account settings' }).waitFor();
    await page.getByRole('tab', { name: 'Profile' }).click();
    await survey.look(page, '31-profile');
  });
  await report.check('by keyboard alone: generate a token and open its preview', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Settings', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByLabel('state', { exact: true }).waitFor();
    await tabTo(page, page.getByLabel('API key', { exact: true }));
    await page.keyboard.type(stage.sandboxKey);
    await tabTo(page, page.getByLabel('state', { exact: true }));
    await page.keyboard.type('NY');
    await tabTo(page, page.getByRole('button', { name: 'Generate Token' }));
    await survey.picture(page, '32-keyboard-focus', { fullPage: false });
    await page.keyboard.press('Enter');
    await page.getByLabel('Generated token').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Open preview' }));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /Preview/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: /Preview/ }).waitFor({ state: 'hidden' });
  });
  await report.check('the menu of a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Open menu' }).click();
    await page.getByRole('link', { name: 'Dashboards' }).waitFor();
    await page.waitForTimeout(400);
    await survey.picture(page, '33-phone-menu', { fullPage: false });
    await page.getByRole('link', { name: 'Dashboards' }).click();
    await page.getByRole('heading', { name: 'Dashboards', exact: true }).waitFor();
    await until(async () => !(await page.getByRole('dialog').isVisible()), 'the menu to close');
  });
  await report.check('an unknown page says so', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${demo.url}/dashboards/dsh_unknown`);
    page.expectRefusals(404);
    await page
      .getByText(/not found/i)
      .first()
      .waitFor();
    await survey.look(page, '34-not-found');
  });
  await report.check('the browser had nothing to complain about', () => {
    assert.deepEqual(page.complaints(), []);
  });
  await page.context().close();
}

function tabTo(page, target) {
  return pressTo(page, 'Tab', target);
}

/** Presses a key until the keyboard is in `target`. */
async function pressTo(page, key, target) {
  for (let pressed = 0; pressed < mostPresses; pressed += 1) {
    if (await target.evaluate(holdsFocus)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} is not reached by ${mostPresses} presses of ${key}`);
}

function holdsFocus(element) {
  for (let active = document.activeElement; active; active = active.shadowRoot?.activeElement) {
    if (active === element || element.contains(active)) return true;
    const host = element.getRootNode().host;
    if (active === host && !active.shadowRoot?.activeElement) return true;
  }
  return false;
}
