// Figures for the reader. Size is judged, time is not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadedWith, weighEmbed } from '../../tools/weigh-embed.mjs';
import { openHostPage } from './host-visit.mjs';
import { mintToken } from './mint.mjs';
import { until } from './steps.mjs';

const built = fileURLToPath(new URL('../../web/dist/embed', import.meta.url));
const largestScript = 30_000;
/** The aim is 170 kB; why it is missed is told in bench/RESULTS.md. */
const largestWithCharts = 195_000;
const visits = 3;

export async function testMeasures(stage) {
  const { report, demo, second } = stage;
  await report.check(
    'the script is at most 30 kB with gzip, with bars and lines 195 kB',
    async () => {
      const { elements, withBarsAndLines } = weighEmbed(built);
      report.measure('embed.js with all that it imports', `${elements} bytes`);
      report.measure('with bars and lines', `${withBarsAndLines} bytes`);
      assert.ok(elements <= largestScript, `${elements} bytes`);
      assert.ok(withBarsAndLines <= largestWithCharts, `${withBarsAndLines} bytes`);
    },
  );
  await report.check('what the script imports is served with gzip and with brotli', async () => {
    const [core] = [...scriptFiles()].filter((name) => name.startsWith('core-'));
    for (const coding of ['gzip', 'br'])
      assert.ok((await servedBytes(demo, core, coding)) <= largestScript, coding);
  });
  await report.check('time from script load to aracari-ready', async () => {
    for (const state of ['TX', 'NY', 'TX']) await measureState(stage, state);
  });

  async function measureState({ texas, sandboxKey }, state) {
    const { token } = await mintToken(stage, sandboxKey, { attributes: { state } });
    const address = second.put('/measured', texas.snippet.replace(texas.token, token));
    const times = [];
    for (let visit = 0; visit < visits; visit += 1) {
      const page = await openHostPage(stage, address);
      await until(async () => (await page.told('aracari-ready')).length > 0, 'aracari-ready');
      times.push((await page.told('aracari-ready'))[0].milliseconds);
      await page.closeQuietly();
    }
    report.measure(
      `${state}, script load to aracari-ready, empty browser cache`,
      `${times.join(', ')} ms`,
    );
  }
}

function scriptFiles() {
  return loadedWith('embed.js', (name) => readFileSync(join(built, name), 'utf8'));
}

async function servedBytes({ url }, name, coding) {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/embed/${name}`, { headers: { 'accept-encoding': coding } });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      assert.equal(answer.headers['content-encoding'], coding);
      let bytes = 0;
      answer.on('data', (chunk) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    });
    asked.end();
  });
}
