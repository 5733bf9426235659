// The browser tests: PRODUCT.md section 2 by visible labels, in Debian's Chromium, from the first start to the embed on
// another origin. ARACARI_SCREENSHOTS names the folder for pictures (default: build/screenshots). The last line printed
// is `N passed, N failed`.

import { demoAdmin, serve } from '../harness/aracari.mjs';
import { openFlights } from '../harness/flights.mjs';
import { testAudit } from './audit.mjs';
import { launchBrowser, openPage } from './browser.mjs';
import { testChartEditor } from './chart-editor.mjs';
import { testChildKeys } from './child-keys.mjs';
import { testDashboardEditor } from './dashboard-editor.mjs';
import { testDatabases } from './databases.mjs';
import { testDocs } from './docs.mjs';
import { testEmbed } from './embed.mjs';
import { testExpiry, testProduction, testRevocation } from './endings.mjs';
import { testExplain } from './explain.mjs';
import { testFirstStart } from './first-start.mjs';
import { testFrame } from './frame.mjs';
import { serveHostPages } from './host-pages.mjs';
import { testIntrospection } from './introspection.mjs';
import { testKeyboard } from './keyboard.mjs';
import { testKeyLimits } from './key-limits.mjs';
import { testKeysAndSettings } from './keys-and-settings.mjs';
import { testMeasures } from './measures.mjs';
import { testOriginCheck } from './origin-check.mjs';
import { testPostgres } from './postgres.mjs';
import { GivenUp, Report } from './report.mjs';
import { testRevocations } from './revocations.mjs';
import { testSandbox } from './sandbox.mjs';
import { testSecurity } from './security.mjs';
import { testSigningKeys } from './signing-keys.mjs';
import { Survey } from './survey.mjs';
import { testUploads } from './uploads.mjs';
import { testUsage } from './usage.mjs';

const limitMilliseconds = 780_000;
const pictures =
  process.env.ARACARI_SCREENSHOTS ?? new URL('../../build/screenshots', import.meta.url).pathname;

const report = new Report();
const survey = new Survey(pictures);
const ends = [];
setTimeout(async () => {
  report.fail('the whole run', `it took more than ${limitMilliseconds / 1000} s`);
  await finish();
}, limitMilliseconds).unref();

try {
  await main();
} catch (failure) {
  if (failure instanceof GivenUp)
    console.log('Gave up: the later parts build on the earlier ones.');
  else report.fail('the run itself', failure.stack);
}
await finish();

async function main() {
  await survey.start();
  const browser = await launchBrowser();
  ends.push(() => browser.close());
  await testFirstStart({ report, browser, survey });
  const stage = await setStage(browser);
  await testKeysAndSettings(stage);
  await testDatabases(stage);
  await testPostgres(stage);
  await testUploads(stage);
  await testChartEditor(stage);
  await testDashboardEditor(stage);
  await testExplain(stage);
  await testSandbox(stage);
  await testIntrospection(stage);
  await testEmbed(stage);
  await testFrame(stage);
  await testDocs(stage);
  await testExpiry(stage);
  await testProduction(stage);
  await testKeyLimits(stage);
  await testChildKeys(stage);
  await testOriginCheck(stage);
  await testRevocations(stage);
  await testSigningKeys(stage);
  await testKeyboard(stage);
  await testSecurity(stage);
  await testAudit(stage);
  await testMeasures(stage);
  await testUsage(stage);
  await testRevocation(stage);
  await report.check('the admin pages had nothing to complain about', () => {
    const complaints = stage.page.complaints();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
}

/** What the parts share. A part may leave things in it for those after it, and says so. */
async function setStage(browser) {
  const demo = await serve({ args: ['--demo'] });
  ends.push(async () => {
    await demo.stop();
    await demo.remove();
  });
  const flights = await openFlights();
  ends.push(() => flights.close());
  const second = await serveHostPages(demo.url, 'localhost');
  const live = await serveHostPages(demo.url, 'localhost');
  const third = await serveHostPages(demo.url, '127.0.0.1');
  ends.push(second.close, live.close, third.close);
  const page = await openPage(browser);
  return {
    report,
    browser,
    survey,
    demo,
    admin: demoAdmin(demo.output()),
    flights,
    second,
    live,
    third,
    page,
  };
}

async function finish() {
  for (const end of ends.splice(0).reverse()) await Promise.resolve(end()).catch(() => undefined);
  process.exit(report.finish() ? 0 : 1);
}
