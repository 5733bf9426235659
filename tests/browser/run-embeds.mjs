// What embeds do against a server of contracts: every chart type as a picture, and dashboards, tokens, filters against a
// stub server, on pages of another origin with a strict policy. Needs web/dist (tools/build-web) and no program.
// ARACARI_SCREENSHOTS names the folder for pictures (default: build/screenshots). The last line printed is
// `N passed, N failed`.

import { launchBrowser } from './browser.mjs';
import { testChartPictures } from './chart-pictures.mjs';
import { testEmbedMemory } from './embed-memory.mjs';
import { testReactPage } from './react-page.mjs';
import { testEmbedTokens } from './embed-tokens.mjs';
import { testStubbedDashboard } from './stubbed-dashboard.mjs';
import { GivenUp, Report } from './report.mjs';
import { Survey } from './survey.mjs';

const pictures =
  process.env.ARACARI_SCREENSHOTS ?? new URL('../../build/screenshots', import.meta.url).pathname;

const report = new Report();
const survey = new Survey(pictures);
await survey.start();
const browser = await launchBrowser();
try {
  if (!process.argv.includes('--no-pictures')) await testChartPictures({ report, survey, browser });
  await testStubbedDashboard({ report, survey, browser });
  await testEmbedTokens({ report, browser });
  await testEmbedMemory({ report, browser });
  await testReactPage({ report, browser });
} catch (failure) {
  if (failure instanceof GivenUp) console.log('Gave up after too many failures.');
  else report.fail('the run itself', failure.stack);
}
await browser.close();
process.exit(report.finish() ? 0 : 1);
