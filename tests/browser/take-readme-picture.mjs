// Takes the picture of the README: the sandbox with the preview of one customer's dashboard. Run it by hand when the
// pages have changed: node tests/browser/take-readme-picture.mjs

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { demoAdmin, serve } from '../harness/aracari.mjs';
import { launchBrowser, openPage } from './browser.mjs';
import { assertPainted, openedDashboard } from './embed-reading.mjs';
import { generateToken, openEmbedSettings, signIn } from './steps.mjs';

const path = new URL('../../docs/images/sandbox-preview.png', import.meta.url).pathname;

// A window of 1440 pixels, drawn 1280 wide.
const view = { viewport: { width: 1440, height: 1035 }, deviceScaleFactor: 1280 / 1440 };

const demo = await serve({ args: ['--demo'] });
const browser = await launchBrowser();
try {
  const page = await openPage(browser, view);
  await page.goto(demo.url);
  await signIn(page, demoAdmin(demo.output()));
  await openEmbedSettings(page);
  const apiKey = await demo.key('sandbox', 'Sandbox backend');
  await generateToken(page, {
    apiKey,
    distinctId: 'lone-star-travel',
    attributes: { state: 'TX' },
  });
  await page.getByRole('heading', { name: 'Token Generation Sandbox' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Open preview' }).click();
  await assertPainted(await openedDashboard(page), 5);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  console.log(`${path}: ${(await stat(path)).size} bytes`);
} finally {
  await browser.close();
  await demo.stop();
  await demo.remove();
}
