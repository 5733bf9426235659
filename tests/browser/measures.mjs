// Figures for the reader. Size is judged, time is not.

import assert from 'node:assert/strict';
import { openHostPage } from './host-visit.mjs';
import { mintToken } from './mint.mjs';
import { until } from './steps.mjs';

const largestScript = 30_000;
const visits = 3;

export async function testMeasures(stage) {
  const { report, demo, second } = stage;
  await report.check('embed.js is at most 30 kB as it is served with gzip', async () => {
    const sizes = await Promise.all(['gzip', 'br'].map((coding) => servedBytes(demo, coding)));
    report.measure('embed.js', `${sizes[0]} bytes with gzip, ${sizes[1]} with brotli`);
    assert.ok(sizes[0] <= largestScript, `${sizes[0]} bytes`);
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

async function servedBytes({ url }, coding) {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/embed/embed.js`, { headers: { 'accept-encoding': coding } });
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
