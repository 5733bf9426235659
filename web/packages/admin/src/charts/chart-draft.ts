import type {
  ChartDimension,
  ChartFilter,
  ChartOptions,
  ChartSpec,
  ChartType,
  Table,
} from '@aracari/api';
import { replaceAt } from '../list-changes.js';
import { bestType, fittingTypes, isTime, shapeOf, typeOfDimension } from './chart-types.js';
import { grainsFor } from './grain-words.js';

type Fields = Pick<Table, 'columns' | 'dimensions' | 'metrics'>;

/** The most that a chart may group by. */
export const mostDimensions = 3;

/** A first chart of a table, so that there is something to see at once. */
export function newSpec(table: Fields & { id: string }): ChartSpec {
  const metrics = table.metrics.slice(0, 1).map(({ name }) => name);
  const times = table.dimensions.filter(({ name }) => {
    const type = typeOfDimension(name, table);
    return type !== undefined && isTime(type);
  });
  const first = times[0] ?? table.dimensions.find(({ name }) => typeOfDimension(name, table));
  const dimensions = first ? [newDimension(first.name, table)] : [];
  return settle({ table: table.id, type: 'table', metrics, dimensions }, table, { keep: false });
}

/** How a dimension is grouped when it is added: times by month, others by value. */
export function newDimension(name: string, table: Fields): ChartDimension {
  const type = typeOfDimension(name, table);
  const cut = type !== undefined && grainsFor(type).some(([grain]) => grain === 'month');
  return cut ? { dimension: name, grain: 'month' } : { dimension: name };
}

/**
 * Brings the rest of a spec in line after a part of it was changed: a type that fits, an order by what is there, options
 * of the type only. `keep`: the type stays where it fits.
 */
export function settle(spec: ChartSpec, table: Fields, { keep = true } = {}): ChartSpec {
  const shape = shapeOf(spec, table);
  const type = keep && fittingTypes(shape).includes(spec.type) ? spec.type : bestType(shape);
  const { sort, top, filters, options, limitRows, ...rest } = spec;
  const kept = optionsFor(type, options ?? {}, spec);
  return {
    ...rest,
    type,
    ...(filters && filters.length > 0 ? { filters } : {}),
    ...(sort && names(spec).includes(sort.by) ? { sort } : {}),
    ...(limitRows ? { limitRows } : {}),
    ...(top && mayHaveTop(spec) ? { top } : {}),
    ...(Object.keys(kept).length > 0 ? { options: kept } : {}),
  };
}

/** “The ten largest” needs something to be large, of something. */
export function mayHaveTop({ metrics, dimensions }: ChartSpec): boolean {
  return metrics.length > 0 && dimensions.length > 0;
}

/** The names that a chart may be sorted by. */
export function names({ metrics, dimensions }: ChartSpec): string[] {
  return [...dimensions.map(({ dimension }) => dimension), ...metrics];
}

/** Which options a type has. */
export const optionsOf: Record<ChartType, (keyof ChartOptions)[]> = {
  bar: ['horizontal', 'colors'],
  stackedBar: ['horizontal', 'percent'],
  line: [],
  area: [],
  combo: ['lines', 'secondAxis'],
  circular: ['donut'],
  value: ['comparison'],
  heatmap: ['colors'],
  scatter: [],
  funnel: [],
  gauge: ['minimum', 'maximum', 'steps'],
  map: ['latitude', 'longitude'],
  table: ['totals', 'colors'],
};

function optionsFor(type: ChartType, options: ChartOptions, spec: ChartSpec): ChartOptions {
  const known = new Set(optionsOf[type]);
  const entries = Object.entries(pruneNames(options, spec)).filter(([name]) =>
    known.has(name as keyof ChartOptions),
  );
  const kept: ChartOptions = Object.fromEntries(entries);
  if (type === 'map') return { ...placesOf(spec), ...kept };
  if (type === 'combo' && !kept.lines) return { ...kept, lines: spec.metrics.slice(1) };
  if (type === 'value' && spec.dimensions.length === 1) return { ...kept, comparison: 'previous' };
  if (type === 'value') return {};
  return kept;
}

/** Without what names metrics or dimensions that the chart no longer has. */
function pruneNames(options: ChartOptions, { metrics, dimensions }: ChartSpec): ChartOptions {
  const has = (name: string) => metrics.includes(name);
  const groups = (name: string | undefined) =>
    dimensions.some(({ dimension }) => dimension === name);
  const { secondAxis, lines, colors, latitude, longitude, ...rest } = options;
  const listed = <T>(
    name: keyof ChartOptions,
    list: T[] | undefined,
    stays: (each: T) => boolean,
  ) => (list?.some(stays) ? { [name]: list.filter(stays) } : {});
  return {
    ...rest,
    ...listed('secondAxis', secondAxis, has),
    ...listed('lines', lines, has),
    ...listed('colors', colors, ({ metric }) => has(metric)),
    ...(groups(latitude) ? { latitude } : {}),
    ...(groups(longitude) ? { longitude } : {}),
  };
}

/** Which dimensions look like a place; otherwise the first two. */
function placesOf({ dimensions }: ChartSpec): ChartOptions {
  const all = dimensions.map(({ dimension }) => dimension);
  const latitude = all.find((name) => /^lat/i.test(name) || /_lat/i.test(name)) ?? all[0];
  const longitude =
    all.find(
      (name) => name !== latitude && (/^(lon|lng)/i.test(name) || /_(lon|lng)/i.test(name)),
    ) ?? all.find((name) => name !== latitude);
  return { ...(latitude ? { latitude } : {}), ...(longitude ? { longitude } : {}) };
}

export function withFilter(spec: ChartSpec, index: number, filter?: ChartFilter): ChartSpec {
  const { filters = [], ...rest } = spec;
  const next = filter ? replaceAt(filters, index, filter) : replaceAt(filters, index);
  return next.length > 0 ? { ...rest, filters: next } : rest;
}

/** An object without the members that are undefined, as the server wants it. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
