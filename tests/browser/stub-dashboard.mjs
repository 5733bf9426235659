// A dashboard that a stub server tells, with every kind of tile and filter.

import { charts } from './chart-fixtures.mjs';

const tabs = [
  { id: 'tab_sales', label: 'Sales' },
  { id: 'tab_use', label: 'Use' },
];

const text = `# How to read this

Numbers are **net** of returns. More in [the guide](https://docs.example.com) or [this](javascript:alert(1)).

- one \`bar\` is one product
- <b onclick="window.broken=1">HTML</b> stays text <img src=x onerror="window.broken=1">

| plan | price |
|---|---|
| Team | €12 |`;

const filters = [
  { id: 'f_region', label: 'Region', kind: 'category', multiple: true },
  { id: 'f_price', label: 'Price', kind: 'number' },
  { id: 'f_day', label: 'Day', kind: 'date' },
  { id: 'f_name', label: 'Name', kind: 'search' },
];

const tile = (chart, layout, tab = 'tab_sales') => ({
  ...{ id: `tile_${chart.id}`, tab, kind: 'chart', chart, layout },
});

const place = (x, y, width, height) => ({ x, y, width, height });

export const shown = {
  value: { ...charts['value-comparison'].chart, id: 'c_value' },
  bar: { ...charts.bar.chart, id: 'c_bar' },
  line: { ...charts.line.chart, id: 'c_line' },
  donut: { ...charts['circular-donut'].chart, id: 'c_donut' },
  heatmap: { ...charts.heatmap.chart, id: 'c_heatmap' },
  table: { ...charts.table.chart, id: 'c_table' },
};

const columns = {
  c_value: charts['value-comparison'].columns,
  c_bar: charts.bar.columns,
  c_line: charts.line.columns,
  c_donut: charts['circular-donut'].columns,
  c_heatmap: charts.heatmap.columns,
  c_table: charts.table.columns,
};

/** What `GET /api/v1/dashboards/{id}` answers. */
export function describe({ minutes = 15, skewMinutes = 0, ...more } = {}) {
  const now = Date.now() + skewMinutes * 60_000;
  return {
    ...{
      id: 'dash',
      name: 'Shop',
      description: 'Orders of all channels',
      environment: 'production',
    },
    scope: [{ attribute: 'location', values: ['Paris'] }],
    expiresAt: new Date(now + minutes * 60_000).toISOString(),
    serverTime: new Date(now).toISOString(),
    canExport: true,
    tabs,
    filters,
    tiles: [
      tile(shown.value, place(0, 0, 4, 2)),
      { id: 'tile_text', tab: 'tab_sales', kind: 'text', text, layout: place(4, 0, 8, 4) },
      tile(shown.bar, place(0, 2, 4, 4)),
      tile(shown.line, place(4, 4, 8, 4)),
      tile(shown.donut, place(0, 6, 4, 4)),
      tile(shown.table, place(0, 26, 12, 4)),
      tile(shown.heatmap, place(0, 0, 12, 5), 'tab_use'),
    ],
    ...more,
  };
}

/** What the data route answers for the charts that were asked for. */
export function results(body = {}) {
  const asked = body.charts ?? Object.keys(columns);
  return asked.map((chart) => ({ chart, columns: columns[chart] }));
}

/** Answers every route of a dashboard and of `c_bar` alone. `more` comes first. */
export function answers(more = () => undefined, told = {}) {
  return (call) => {
    const own = more(call);
    if (own) return own;
    const { path, body } = call;
    if (/\/dashboards\/[^/]+$/.test(path)) return { json: describe(told) };
    if (path.endsWith('/dashboards/dash/data')) return { lines: results(body) };
    if (/\/charts\/c_bar$/.test(path)) {
      const { environment, scope, expiresAt, serverTime, canExport } = describe(told);
      return { json: { chart: shown.bar, environment, scope, expiresAt, serverTime, canExport } };
    }
    if (path.endsWith('/charts/c_bar/data')) return { lines: results({ charts: ['c_bar'] }) };
    if (path.endsWith('/values')) {
      const values = ['North', 'South', 'East', 'West', null].filter((value) =>
        String(value)
          .toLowerCase()
          .includes((body.search ?? '').toLowerCase()),
      );
      return {
        json: path.includes('f_price') ? { least: 2, greatest: 940 } : { values, more: true },
      };
    }
    if (path.endsWith('/rows')) return { json: { columns: columns.c_table } };
    return undefined;
  };
}
