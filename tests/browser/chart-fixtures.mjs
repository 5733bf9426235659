// One chart of each type with its result, as the server answers, and results that are bad input.

export const dimension = (name, values, more = {}) => ({
  ...{ name, label: labelOf(name), role: 'dimension', type: 'string' },
  ...more,
  values,
});

export const metric = (name, values, more = {}) => ({
  ...{ name, label: labelOf(name), role: 'metric', type: 'integer' },
  ...more,
  values,
});

function labelOf(name) {
  return name[0].toUpperCase() + name.slice(1).replaceAll('_', ' ');
}

const range = (count) => Array.from({ length: count }, (_, index) => index);
const wave = (index, high, turn = 0) =>
  Math.round(high * (1.4 + Math.sin(index / 2 + turn)) * (1 + index / 40));
const months = range(12).map((month) => `2025-${String(month + 1).padStart(2, '0')}-01`);
const days = range(90).map((day) =>
  new Date(Date.UTC(2026, 0, day + 1)).toISOString().slice(0, 10),
);
const plans = ['Free', 'Team', 'Business', 'Enterprise'];
const products = ['Espresso machines', 'Grinders', 'Filters and paper', 'Beans', 'Mugs', 'Service'];
const euro = { style: 'currency', currency: 'EUR', decimals: 0 };

const date = (grain) => ({ type: 'date', grain });
const byMonth = dimension('month', months, date('month'));
const each = (first, second) => first.flatMap((value) => second.map((other) => [value, other]));
const monthAndPlan = each(months, plans);
const weekAndHour = each(range(24), range(7));

const chart = (type, name, options = {}, columns) => ({
  chart: { id: `chart_${type}_${name}`, name, type, options },
  columns,
});

/** Every type, and the options that change its picture. */
export const charts = {
  bar: chart('bar', 'Revenue by product', {}, [
    dimension('product', products),
    metric('revenue', [84200, 61250, 43120, 38900, 12040, 9050], { format: euro }),
  ]),
  'bar-grouped': chart('bar', 'Orders and returns by month', {}, [
    byMonth,
    metric(
      'orders',
      range(12).map((at) => wave(at, 400)),
    ),
    metric(
      'returns',
      range(12).map((at) => wave(at, 90, 1)),
    ),
  ]),
  'bar-horizontal': chart('bar', 'Flights by carrier', { horizontal: true }, [
    dimension(
      'carrier',
      ['Southwest', 'American', 'Delta', 'United', 'US Airways', 'Northwest', 'Continental', null],
      { otherAt: [7] },
    ),
    metric('flights', [91234, 74820, 69011, 58400, 33010, 21500, 18700, 64020]),
  ]),
  'bar-colors': chart(
    'bar',
    'Change against last year',
    {
      colors: [
        { metric: 'change', to: 0, color: 'bad' },
        { metric: 'change', from: 0.1, color: 'good' },
      ],
    },
    [
      dimension('region', ['North', 'South', 'East', 'West', 'Islands']),
      metric('change', [0.14, -0.06, 0.032, 0.27, -0.18], {
        type: 'numeric',
        format: { style: 'percent' },
      }),
    ],
  ),
  stackedBar: chart('stackedBar', 'Accounts by plan', {}, [
    dimension(
      'month',
      monthAndPlan.map(([month]) => month),
      date('month'),
    ),
    dimension(
      'plan',
      monthAndPlan.map(([, plan]) => plan),
    ),
    metric(
      'accounts',
      monthAndPlan.map((_, at) => wave(Math.floor(at / 4), 300 / ((at % 4) + 1), at % 4)),
    ),
  ]),
  'stackedBar-percent': chart(
    'stackedBar',
    'Share of plans by region',
    { percent: true, horizontal: true },
    [
      dimension(
        'region',
        each(['North', 'South', 'East', 'West'], plans).map(([region]) => region),
      ),
      dimension(
        'plan',
        each(['North', 'South', 'East', 'West'], plans).map(([, plan]) => plan),
      ),
      metric(
        'accounts',
        range(16).map((at) => wave(at, 50, at % 3)),
      ),
    ],
  ),
  line: chart('line', 'Sessions by day', {}, [
    dimension('day', days, date('day')),
    metric(
      'sessions',
      days.map((_, at) => wave(at / 3, 1200, at % 7)),
    ),
  ]),
  'line-series': chart('line', 'Delay by month and plan', {}, [
    dimension(
      'month',
      monthAndPlan.map(([month]) => month),
      date('month'),
    ),
    dimension(
      'plan',
      monthAndPlan.map(([, plan]) => plan),
    ),
    metric(
      'delay',
      monthAndPlan.map((_, at) => (at === 21 ? null : wave(Math.floor(at / 4), 10, at % 4))),
      { type: 'numeric', format: { style: 'decimal', unit: 'min', decimals: 1 } },
    ),
  ]),
  area: chart('area', 'Traffic by plan', {}, [
    dimension(
      'month',
      monthAndPlan.map(([month]) => month),
      date('month'),
    ),
    dimension(
      'plan',
      monthAndPlan.map(([, plan]) => plan),
    ),
    metric(
      'traffic',
      monthAndPlan.map((_, at) => wave(Math.floor(at / 4), 3000, at % 4)),
    ),
  ]),
  combo: chart('combo', 'Revenue and margin', { lines: ['margin'], secondAxis: ['margin'] }, [
    byMonth,
    metric(
      'revenue',
      range(12).map((at) => wave(at, 42000)),
      { format: euro },
    ),
    metric(
      'margin',
      range(12).map((at) => 0.2 + wave(at, 4, 2) / 100),
      { type: 'numeric', format: { style: 'percent' } },
    ),
  ]),
  circular: chart('circular', 'Orders by channel', {}, [
    dimension('channel', ['Shop', 'Partner', 'Telephone', 'Marketplace', null]),
    metric('orders', [4210, 2380, 940, 720, 130]),
  ]),
  'circular-donut': chart('circular', 'Spending by team', { donut: true }, [
    dimension('team', ['Platform', 'Growth', 'Data', 'Design', 'Support', 'Security', 'Sales']),
    metric('spending', [182000, 121000, 98000, 64000, 51000, 43000, 22000], { format: euro }),
  ]),
  value: chart('value', 'Number of flights', {}, [metric('flights', [231083])]),
  'value-comparison': chart('value', 'Revenue', { comparison: 'previous' }, [
    byMonth,
    metric(
      'revenue',
      range(12).map((at) => wave(at, 42000)),
      { format: euro },
    ),
  ]),
  heatmap: chart('heatmap', 'Orders by hour and weekday', {}, [
    dimension(
      'hour',
      weekAndHour.map(([hour]) => hour),
      { type: 'integer', grain: 'hourOfDay' },
    ),
    dimension(
      'weekday',
      weekAndHour.map(([, day]) => day + 1),
      { type: 'integer', grain: 'dayOfWeek' },
    ),
    metric(
      'orders',
      weekAndHour.map(([hour, day]) =>
        hour < 5
          ? null
          : Math.round(
              90 * Math.exp(-((hour - 13) ** 2) / 40) * (day > 4 ? 0.4 : 1) +
                ((hour * 7 + day * 3) % 9),
            ),
      ),
    ),
  ]),
  scatter: chart('scatter', 'Price and rating', {}, [
    dimension(
      'article',
      range(60).map((at) => `Article ${at + 1}`),
    ),
    metric(
      'price',
      range(60).map((at) => 12 + ((at * 37) % 140)),
      { format: euro },
    ),
    metric(
      'rating',
      range(60).map((at) => 2 + ((at * 53) % 30) / 10),
      { type: 'numeric' },
    ),
    metric(
      'sold',
      range(60).map((at) => (at * 91) % 400),
    ),
  ]),
  funnel: chart('funnel', 'From visit to order', {}, [
    dimension('step', [
      'Visited',
      'Looked at an article',
      'Put into the basket',
      'Began to pay',
      'Ordered',
    ]),
    metric('people', [48210, 21040, 6920, 3870, 2940]),
  ]),
  gauge: chart(
    'gauge',
    'On time',
    {
      minimum: 0,
      maximum: 1,
      steps: [
        { from: 0, color: 'bad' },
        { from: 0.7, color: 'warning' },
        { from: 0.85, color: 'good' },
      ],
    },
    [metric('on_time', [0.783], { type: 'numeric', format: { style: 'percent' } })],
  ),
  map: chart('map', 'Flights by airport', { latitude: 'latitude', longitude: 'longitude' }, [
    dimension('latitude', [32.89, 33.94, 41.97, 39.86, 33.64, 40.64, 47.45, 25.79, 44.88, 37.62], {
      type: 'numeric',
    }),
    dimension(
      'longitude',
      [-97.03, -118.4, -87.9, -104.67, -84.42, -73.78, -122.3, -80.29, -93.22, -122.37],
      { type: 'numeric' },
    ),
    dimension('airport', ['DFW', 'LAX', 'ORD', 'DEN', 'ATL', 'JFK', 'SEA', 'MIA', 'MSP', 'SFO']),
    metric('flights', [9100, 6400, 8200, 5100, 9900, 3600, 2700, 2500, 4100, 3300]),
  ]),
  table: chart(
    'table',
    'Accounts',
    {
      totals: true,
      colors: [
        { metric: 'change', to: 0, color: 'bad' },
        { metric: 'change', from: 0.2, color: 'good' },
      ],
    },
    [
      dimension(
        'account',
        range(40).map(
          (at) => ['Aurora', 'Birch', 'Cobalt', 'Dune', 'Ember'][at % 5] + ` ${at + 1}`,
        ),
      ),
      dimension(
        'since',
        range(40).map((at) => days[at]),
        { type: 'date' },
      ),
      metric(
        'revenue',
        range(40).map((at) => wave(at, 5200)),
        { format: euro, total: 412350 },
      ),
      metric(
        'change',
        range(40).map((at) => (((at * 17) % 60) - 20) / 100),
        { type: 'numeric', format: { style: 'percent' } },
      ),
    ],
  ),
};

const probe = '<img src=x onerror="window.broken=1"><b>bold</b>';

/** What nobody should send, and somebody will. */
export const badInput = {
  'one-point': chart('line', 'One point', {}, [
    dimension('day', ['2026-01-01'], date('day')),
    metric('orders', [12]),
  ]),
  'bad-slices': chart('circular', 'Null, not a number, negative', {}, [
    dimension('kind', ['good', null, 'not a number', 'negative', 'nothing']),
    metric('orders', [30, 20, 'NaN', -5, 0], { type: 'numeric' }),
  ]),
  'many-categories': chart('bar', 'Ten thousand categories', {}, [
    dimension(
      'name',
      range(10_000).map((at) => `Category ${at}`),
    ),
    metric(
      'orders',
      range(10_000).map((at) => 10_000 - at),
    ),
  ]),
  'many-rows': chart('bar', 'Ten thousand rows', { horizontal: true }, [
    dimension(
      'name',
      range(10_000).map((at) => `Category ${at}`),
    ),
    metric(
      'orders',
      range(10_000).map((at) => 10_000 - at),
    ),
  ]),
  'long-words': chart('bar', 'Long words', {}, [
    dimension(
      'name',
      range(6).map((at) => `Donaudampfschifffahrtsgesellschaftskapitänsmütze ${at}`),
    ),
    metric('orders', [5, 4, 3, 2, 1, 0]),
  ]),
  html: chart('bar', `Labels ${probe}`, { horizontal: true }, [
    dimension('name', [probe, 'plain']),
    metric('orders', [5, 4], { label: probe }),
  ]),
  'many-series': chart('line', 'Many series', {}, [
    dimension(
      'month',
      each(months, range(40)).map(([month]) => month),
      date('month'),
    ),
    dimension(
      'name',
      each(months, range(40)).map(([, at]) => `Series ${at}`),
    ),
    metric(
      'orders',
      each(months, range(40)).map(([, at], row) => at * 10 + (row % 13)),
    ),
  ]),
  'many-points': chart('line', 'Many points', {}, [
    dimension(
      'time',
      range(20_000).map((at) => new Date(1.7e12 + at * 60_000).toISOString()),
      { type: 'datetime', grain: 'minute' },
    ),
    metric(
      'load',
      range(20_000).map((at) => Math.round(50 + 40 * Math.sin(at / 900) + (at % 7))),
    ),
  ]),
};
