// The charts of the dashboard Departures, each as the SQL that one would write by hand, over the
// views of tests/harness/flights.mjs. `where` is the condition on the rows, "true" for all.

import assert from 'node:assert/strict';

// "NA" in the airports file stands for an unknown state.
const state = "nullif(origin_state, 'NA')";

/** Chart name → SQL. Numbers are cast to DOUBLE so that they come as JSON numbers. */
export const chartSql = {
  'Number of flights': (where) => `SELECT count(*)::DOUBLE FROM flights WHERE ${where}`,
  'Average delay': (where) => `SELECT avg(delay) FROM flights WHERE ${where}`,
  'Flights by month': (where) => `
    SELECT strftime(date, '%Y-%m-01') AS month, count(*)::DOUBLE FROM flights WHERE ${where}
    GROUP BY month ORDER BY month LIMIT 6`,
  'Average delay by origin, top 10': (where) => `
    SELECT origin, avg(delay) AS average FROM flights WHERE ${where}
    GROUP BY origin ORDER BY average DESC, origin LIMIT 10`,
  'Flights over 15 min late by state': (where) => `
    SELECT ${state} AS state, avg(CASE WHEN delay > 15 THEN 1.0 ELSE 0.0 END) AS late
    FROM flights WHERE ${where} GROUP BY state ORDER BY late DESC, state LIMIT 60`,
  'Flights by hour of day': (where) => `
    SELECT extract(hour FROM date)::DOUBLE AS hour, count(*)::DOUBLE FROM flights WHERE ${where}
    GROUP BY hour ORDER BY hour`,
  'Flights by distance (miles)': (where) => `
    SELECT floor(distance / 250.0) * 250 AS bin, count(*)::DOUBLE FROM flights WHERE ${where}
    GROUP BY bin ORDER BY bin`,
  'Top 10 routes': (where) => `
    SELECT origin, destination, count(*)::DOUBLE AS n, avg(delay) FROM flights WHERE ${where}
    GROUP BY origin, destination ORDER BY n DESC, origin, destination LIMIT 10`,
};

/** The columns of a chart's answer as rows; a month is told by its day, without the time. */
function rowsOf({ columns }) {
  const cell = ({ grain }, value) => (grain === 'month' ? value.slice(0, 10) : value);
  return columns[0].values.map((_, i) => columns.map((each) => cell(each, each.values[i])));
}

function assertSameRows(actual, expected, name) {
  assert.equal(actual.length, expected.length, `${name}: rows`);
  for (const [i, row] of expected.entries()) {
    assert.equal(actual[i].length, row.length, `${name}: columns`);
    for (const [j, value] of row.entries()) {
      const found = actual[i][j];
      const same =
        typeof value === 'number' && typeof found === 'number'
          ? Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value))
          : found === value;
      assert.ok(
        same,
        `${name}, row ${i}: ${JSON.stringify(actual[i])}, not ${JSON.stringify(row)}`,
      );
    }
  }
}

const known = new Map();

/** Asked once for each chart and condition: the files do not change. */
function expectedRows(flights, name, where) {
  const sql = chartSql[name](where);
  if (!known.has(sql)) known.set(sql, flights.rows(sql));
  return known.get(sql);
}

/**
 * Asserts that every chart of the dashboard is in `charts` with exactly the rows that its SQL gives
 * under `where`.
 * @param {{rows: (sql: string) => Promise<any[][]>}} flights
 * @param {Map<string, string>} names chart id → name
 */
export async function assertCharts(flights, charts, names, where) {
  const seen = charts.map(({ chart }) => names.get(chart)).sort();
  assert.deepEqual(seen, Object.keys(chartSql).sort());
  for (const line of charts) {
    const name = names.get(line.chart);
    assert.ok(line.columns, `${name}: ${JSON.stringify(line.error)}`);
    assertSameRows(rowsOf(line), await expectedRows(flights, name, where), name);
  }
}
