import type { Chart, Column } from '@aracari/api';
import { countRows, dimensionsOf, drawnNumber, metricsOf, nameCategory } from './chart-columns.js';
import { formatCount, formatTick, formatValue } from './chart-values.js';
import { paintByValue } from './color-rules.js';
import type { Language } from './language.js';
import type { HeatmapModel, ScatterModel, ScatterPoint, Tip } from './plot-model.js';
import { pick, pointAt, tabulate } from './series-table.js';

const mostCells = { columns: 200, rows: 100 };
const cellHeight = 20;

/** A field of cells: the first dimension from side to side, the second from top to bottom. Pure. */
export function buildHeatmap(
  chart: Chart,
  columns: readonly Column[],
  language: Language,
): HeatmapModel {
  const [across, down] = dimensionsOf(columns);
  const metric = metricsOf(columns)[0];
  const sides = [across, down].map((dimension) => placesOf(dimension, language));
  const [width, height] = sides as [Places, Places];
  const cells = Array.from({ length: Math.min(height.count, mostCells.rows) }, () =>
    Array.from({ length: Math.min(width.count, mostCells.columns) }, () => emptyCell()),
  );
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < countRows(columns); row += 1) {
    const value = drawnNumber(metric?.values[row]);
    const cell = cells[height.placeOf(row)]?.[width.placeOf(row)];
    if (value === null || !metric || !cell) continue;
    Object.assign(cell, { value, text: formatValue(metric, value, language) });
    cell.paint = paintByValue(chart, metric, value);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const all = width.count * height.count;
  const shown = cells.length * (cells[0]?.length ?? 0);
  const tick = (value: number) =>
    metric && Number.isFinite(value) ? formatTick(metric, value, language) : '';
  const count = (number: number) => formatCount(number, language);
  return {
    ...{ kind: 'heatmap', cells, least, most },
    leastText: tick(least),
    mostText: tick(most),
    columns: width.labels.slice(0, mostCells.columns),
    rows: height.labels.slice(0, mostCells.rows),
    notes: shown < all ? [language.texts.firstOf(count(shown), count(all))] : [],
    legend: [],
    leastHeight: cells.length * cellHeight + 40,
    describe: ({ index, series = 0 }): Tip => ({
      title: [width.names[index], height.names[series]].filter(Boolean).join(' · '),
      rows: [{ label: metric?.label ?? '', value: cells[series]?.[index]?.text ?? '' }],
    }),
    atOf: ({ index, series = 0 }) => [...width.atOf(index), ...height.atOf(series)],
    places: cells[0]?.length ?? 0,
  };
}

interface Places {
  count: number;
  labels: string[];
  names: string[];
  placeOf(row: number): number;
  atOf(place: number): ReturnType<typeof pointAt>[];
}

/** The values of one dimension, each once, in order when they have one. */
function placesOf(dimension: Column | undefined, language: Language): Places {
  const none = { count: 1, labels: [''], names: [''], placeOf: () => 0, atOf: () => [] };
  if (!dimension) return none;
  const key = (row: number) =>
    dimension.otherAt?.includes(row) ? 'other' : JSON.stringify(dimension.values[row] ?? null);
  const firsts = new Map<string, number>();
  dimension.values.forEach((_, row) => {
    if (!firsts.has(key(row))) firsts.set(key(row), row);
  });
  const rows = [...firsts.values()];
  const unique = pick(dimension, rows);
  const {
    category = unique,
    count,
    labelOf,
    nameOf,
    atOf,
  } = tabulate([unique], language, {
    inOrder: true,
  });
  const places = new Map<string, number>();
  for (let place = 0; place < count; place += 1) {
    const other = category.otherAt?.includes(place);
    places.set(other ? 'other' : JSON.stringify(category.values[place] ?? null), place);
  }
  const all = Array.from({ length: count }, (_, place) => place);
  return {
    count,
    labels: all.map(labelOf),
    names: all.map(nameOf),
    placeOf: (row) => places.get(key(row)) ?? -1,
    atOf,
  };
}

function emptyCell(): HeatmapModel['cells'][number][number] {
  return { value: null, text: '–' };
}

/** Points by two metrics, with the size of a third one. Pure. */
export function buildScatter(
  _chart: Chart,
  columns: readonly Column[],
  language: Language,
): ScatterModel {
  const [x, y, size] = metricsOf(columns);
  const tick = (column: Column | undefined) => (value: number) =>
    column ? formatTick(column, value, language) : '';
  return {
    ...buildPoints(columns, { x, y, size }, language),
    map: false,
    xLabel: x?.label ?? '',
    yLabel: y?.label ?? '',
    xText: tick(x),
    yText: tick(y),
  };
}

/** Points by degrees, with the size of a metric. Pure. */
export function buildMap(
  { options = {} }: Chart,
  columns: readonly Column[],
  language: Language,
): ScatterModel {
  const dimensions = dimensionsOf(columns);
  const named = (name: string | undefined, guess: RegExp) =>
    dimensions.find((column) =>
      name === undefined ? guess.test(column.name) : column.name === name,
    );
  const y = named(options.latitude, /^lat/i) ?? dimensions[0];
  const x = named(options.longitude, /^(lon|lng)/i) ?? dimensions[1];
  const degrees = (value: number, [above, below]: [string, string]) =>
    `${formatCount(Math.abs(value), language)}°${value === 0 ? '' : value > 0 ? above : below}`;
  return {
    ...buildPoints(columns, { x, y, size: metricsOf(columns)[0] }, language),
    map: true,
    xLabel: '',
    yLabel: '',
    xText: (value) => degrees(value, ['E', 'W']),
    yText: (value) => degrees(value, ['N', 'S']),
  };
}

interface Measures {
  x: Column | undefined;
  y: Column | undefined;
  size: Column | undefined;
}

function buildPoints(
  columns: readonly Column[],
  { x, y, size }: Measures,
  language: Language,
): Pick<
  ScatterModel,
  'kind' | 'points' | 'notes' | 'legend' | 'leastHeight' | 'describe' | 'atOf' | 'places'
> {
  const all = countRows(columns);
  const sizes = Array.from({ length: all }, (_, row) => drawnNumber(size?.values[row]) ?? 0);
  const largest = sizes.reduce((most, value) => Math.max(most, value), 0);
  const points: ScatterPoint[] = [];
  for (let row = 0; row < all; row += 1) {
    const [east, north] = [drawnNumber(x?.values[row]), drawnNumber(y?.values[row])];
    if (east === null || north === null) continue;
    const part = largest > 0 ? Math.max(0, sizes[row] ?? 0) / largest : 0;
    points.push({ x: east, y: north, size: size ? part : null, row });
  }
  const labels = dimensionsOf(columns).filter((column) => column !== x && column !== y);
  const measured = [...new Set([x, y, ...metricsOf(columns)])].filter((column) => !!column);
  const left = all - points.length;
  return {
    kind: 'scatter',
    points,
    notes: left > 0 ? [language.texts.notDrawn(formatCount(left, language))] : [],
    legend: [],
    leastHeight: 0,
    describe: ({ index }) => {
      const row = points[index]?.row ?? 0;
      return {
        title: nameCategory(labels, row, language),
        rows: measured.map((column) => ({
          label: column.label,
          value: formatValue(column, column.values[row], language),
        })),
      };
    },
    atOf: ({ index }) =>
      dimensionsOf(columns).map((column) => pointAt(column, points[index]?.row ?? 0)),
    places: points.length,
  };
}
