// Account settings → Profile → Security: sessions, and a new password.

import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { openProfileMenu, refusalAt, sectionOf, signIn, until } from './steps.mjs';

const newPassword = 'an even quieter aracari sings';

/** Gives `stage.admin` a new password. */
export async function testSecurity(stage) {
  const { report, survey, page, demo } = stage;
  const other = await openPage(stage.browser);
  other.expectRefusals(401);
  await other.goto(demo.url);
  await signIn(other, stage.admin);
  const security = sectionOf(page, 'Security');
  const sessions = security.getByRole('row').filter({ hasText: 'Chrome on Linux' });
  await report.check('Security lists where one is signed in', async () => {
    await openProfileMenu(page);
    await page.getByRole('menuitem', { name: 'Account settings' }).click();
    await page.getByRole('tab', { name: 'Profile' }).click();
    await until(async () => (await sessions.count()) > 1, 'the other session');
    assert.equal(await security.getByText('This device', { exact: true }).count(), 1);
    await survey.look(page, '53-security');
  });
  await report.check('signing out all others ends their sessions, not this one', async () => {
    await security.getByRole('button', { name: 'Sign out all others' }).click();
    await until(async () => (await sessions.count()) === 1, 'the others to go');
    await assertSignedOut(other);
  });
  await report.check('a wrong current password is refused at its field', async () => {
    page.expectRefusals(401);
    await fillPasswords(page, 'not the password', newPassword, newPassword);
    await refusalAt(page, 'Current password', /\S/);
  });
  await report.check('a repetition that differs is refused at its field', async () => {
    await fillPasswords(page, stage.admin.password, newPassword, 'something else');
    await refusalAt(page, 'Repeat new password', /not the same/);
    await survey.picture(page, '54-password-refused');
  });
  await report.check('a new password ends the other sessions', async () => {
    await signIn(other, stage.admin);
    await fillPasswords(page, stage.admin.password, newPassword, newPassword);
    await security.getByText('Your password is changed.').waitFor();
    await survey.look(page, '55-password-changed');
    stage.admin = { ...stage.admin, password: newPassword };
    await assertSignedOut(other);
    await signIn(other, stage.admin);
  });
  await other.context().close();
}

async function fillPasswords(page, current, wanted, repeated) {
  await page.getByLabel('Current password', { exact: true }).fill(current);
  await page.getByLabel('New password', { exact: true }).fill(wanted);
  await page.getByLabel('Repeat new password', { exact: true }).fill(repeated);
  await page.getByRole('button', { name: 'Change password' }).click();
}

async function assertSignedOut(page) {
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}
