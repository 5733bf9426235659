// PRODUCT.md section 6: the plain frame, on a page of an origin that is allowed and on one that is not.

import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { assertPainted, openedDashboard } from './embed-reading.mjs';
import { serveFramingPage } from './host-pages.mjs';
import { mintToken } from './mint.mjs';
import { until } from './steps.mjs';

export async function testFrame(stage) {
  const { report, survey, demo, browser } = stage;
  const { token } = await mintToken(stage, stage.sandboxKey, {});
  const address = await addressOfFrame(demo, token);
  await report.check('an allowed page frames a dashboard and gives it the token', async () => {
    const host = await serveFramingPage(address, token, 'localhost');
    const page = await openPage(browser);
    await page.goto(host.origin);
    const frame = page.frameLocator('iframe');
    await assertPainted(await openedDashboard(frame), 5);
    await until(
      async () => (await page.locator('iframe').evaluate((element) => element.offsetHeight)) > 500,
      'the frame to be as high as its dashboard',
    );
    assert.ok(!page.frames()[1].url().includes(token), 'the token is in no address');
    await survey.look(page, '60-frame');
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
    host.close();
  });
  await report.check('the browser shows no frame on a page that is not allowed', async () => {
    const host = await serveFramingPage(address, token, '127.0.0.1');
    const page = await openPage(browser);
    await page.goto(host.origin);
    await until(
      () => page.complaints().some((text) => /frame-ancestors/.test(text)),
      'the refusal',
    );
    assert.equal(await page.frameLocator('iframe').getByRole('region').count(), 0);
    assert.equal(await page.evaluate(() => window.tokensSent), 0, 'no frame asked for the token');
    await page.context().close();
    host.close();
  });
  await report.check('a token in a message from elsewhere is not taken', async () => {
    const page = await openPage(browser);
    // Opened by itself, the page makes the browser look for an icon.
    page.expectRefusals(404);
    await page.goto(address);
    await page.evaluate((value) => {
      window.postMessage({ type: 'aracari-frame-token', token: value }, '*');
    }, token);
    await page.waitForTimeout(500);
    assert.equal(await page.getByRole('region', { name: 'Departures' }).count(), 0);
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
  });
}

/** The address of the frame of the one dashboard that the token may see. */
async function addressOfFrame(demo, token) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${demo.url}/api/v1/dashboards`, { headers });
  const { dashboards } = await answer.json();
  return `${demo.url}/embed/frame/dashboards/${dashboards[0].id}`;
}
