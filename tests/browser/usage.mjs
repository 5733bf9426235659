// A maker sees who looks at what: production alone, as the parts before have used it.

import assert from 'node:assert/strict';
import { until } from './steps.mjs';

export async function testUsage({ report, survey, page, demo }) {
  await report.check('usage shows the views of production and how charts did', async () => {
    await page.goto(`${demo.url}/usage`);
    await page.getByRole('heading', { name: 'Usage', exact: true }).waitFor();
    const views = page.getByRole('region', { name: 'Dashboards' });
    await views.getByRole('row', { name: /^Departures \d+ \d+$/ }).waitFor();
    const charts = page.getByRole('region', { name: 'Charts', exact: true });
    await charts.getByRole('row', { name: /^Top 10 routes \d+ ms/ }).waitFor();
    await until(async () => (await page.locator('canvas').count()) > 0, 'the plot');
    assert.equal(await page.getByText('texas-user').count(), 0, 'the sandbox does not count');
    await survey.look(page, '98-usage');
  });
  await report.check('another period is chosen, and the file has it too', async () => {
    await page.getByRole('combobox', { name: 'Period' }).click();
    await page.getByRole('option', { name: 'Last 7 days' }).click();
    const link = page.getByRole('link', { name: 'Export CSV' });
    await until(async () => /days=7$/.test(await link.getAttribute('href')), 'the address');
  });
}
