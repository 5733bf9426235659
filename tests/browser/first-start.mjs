// PRODUCT.md 2.1: the first start without the demo, set-up by the secret of the terminal, sign-out, sign-in.

import assert from 'node:assert/strict';
import { serve } from '../harness/aracari.mjs';
import { openPage } from './browser.mjs';
import { openProfileMenu, signIn } from './steps.mjs';

const admin = { email: 'grace.hopper@example.com', password: 'a quiet aracari sings' };

export async function testFirstStart({ report, browser, survey }) {
  const server = await serve();
  const page = await openPage(browser);
  try {
    await report.check('the first start leads to the set-up page', async () => {
      await page.goto(server.url);
      await page.getByRole('heading', { name: 'Set up Aracari' }).waitFor();
      await survey.look(page, '01-set-up');
    });
    await report.check('a wrong set-up secret is refused at its field', async () => {
      page.expectRefusals(401, 403);
      await fillSetUp(page, 'wrong');
      await page
        .getByRole('alert')
        .getByText(/secret/i)
        .first()
        .waitFor();
      await survey.picture(page, '01-set-up-refused');
    });
    await report.check(
      'the secret of the terminal creates the organization and signs in',
      async () => {
        const [, secret] = server.output().match(/set-up secret {2}(\S+)/);
        await fillSetUp(page, secret);
        await page.getByText('No dashboards yet').waitFor();
        await survey.look(page, '02-empty-dashboards');
      },
    );
    await report.check('signing out and in again', async () => {
      await openProfileMenu(page);
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await survey.look(page, '03-sign-in');
      await signIn(page, admin);
    });
    await report.check('a wrong password is refused, and set-up is over', async () => {
      await openProfileMenu(page);
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.goto(`${server.url}/setup`);
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByLabel('Email', { exact: true }).fill(admin.email);
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').getByText(/\S/).first().waitFor();
      await survey.picture(page, '03-sign-in-refused');
    });
    await report.check('the browser had nothing to complain about', () => {
      assert.deepEqual(page.complaints(), []);
    });
  } finally {
    await page.context().close();
    await server.stop();
    await server.remove();
  }
}

async function fillSetUp(page, secret) {
  await page.getByLabel('Set-up secret').fill(secret);
  await page.getByLabel('Organization').fill('Rear Admiral Air');
  await page.getByLabel('Email', { exact: true }).fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Create organization' }).click();
}
