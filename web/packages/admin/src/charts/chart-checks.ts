import type { ChartSpec, Metric, Table } from '@aracari/api';
import { typeOfDimension } from './chart-types.js';

type Fields = Pick<Table, 'columns' | 'dimensions' | 'metrics'>;

/** Something in a chart that is to be mended before it can be saved. */
export interface ChartProblem {
  /** JSON path in the spec. */
  field: string;
  what: string;
  /** `gone`: the table no longer has it. `open`: a filter that keeps every row still, and can be left out meanwhile. */
  why: 'missing' | 'gone' | 'open';
}

/** What must be mended before the chart can be saved. */
export function checkSpec(spec: ChartSpec, table: Fields): ChartProblem[] {
  const empty = spec.metrics.length === 0 && spec.dimensions.length === 0;
  return [
    ...(empty
      ? [{ field: 'metrics', what: 'Choose a metric or a dimension.', why: 'missing' as const }]
      : []),
    ...findGone(spec, table),
    ...spec.dimensions.flatMap(({ binWidth }, index) =>
      binWidth !== undefined && !(binWidth > 0)
        ? [
            {
              field: `dimensions[${index}].binWidth`,
              what: 'Enter a width above 0.',
              why: 'missing' as const,
            },
          ]
        : [],
    ),
    ...(spec.filters ?? []).flatMap((filter, index) =>
      isOpen(filter)
        ? [
            {
              field: `filters[${index}]`,
              what: whatIsOpen(filter.dimension, table),
              why: 'open' as const,
            },
          ]
        : [],
    ),
  ];
}

/** The parts of a chart that its table no longer has. */
export function findGone(spec: ChartSpec, table: Fields): ChartProblem[] {
  return [
    ...spec.metrics.map((name, index) => ({
      field: `metrics[${index}]`,
      what: metricGone(name, table),
    })),
    ...spec.dimensions.map(({ dimension }, index) => ({
      field: `dimensions[${index}]`,
      what: dimensionGone(dimension, table),
    })),
    ...(spec.filters ?? []).map(({ dimension }, index) => ({
      field: `filters[${index}]`,
      what: dimensionGone(dimension, table),
    })),
  ].flatMap(({ field, what }) => (what ? [{ field, what, why: 'gone' as const }] : []));
}

function metricGone(name: string, { metrics, columns }: Fields): string | undefined {
  const metric = metrics.find((each) => each.name === name);
  if (!metric) return `The metric “${name}” is no longer defined on the table.`;
  const gone = columnsOf(metric).find(
    (column) => !columns.some((each) => each.name === column && !each.gone),
  );
  return gone && `The metric “${metric.label}” needs the column ${gone}, which is gone.`;
}

function columnsOf({ measure, denominator }: Metric): string[] {
  return [measure, denominator]
    .flatMap((each) => [each?.column, each?.filter?.column])
    .filter((column) => column !== undefined);
}

function dimensionGone(name: string, table: Fields): string | undefined {
  const dimension = table.dimensions.find((each) => each.name === name);
  if (!dimension) return `The dimension “${name}” is no longer defined on the table.`;
  if (typeOfDimension(name, table)) return undefined;
  return `The dimension “${dimension.label}” needs the column ${dimension.column}, which is gone.`;
}

/** A filter that has been added, but keeps every row still. */
function isOpen(filter: NonNullable<ChartSpec['filters']>[number]): boolean {
  if ('values' in filter) return filter.values.length === 0;
  if ('contains' in filter) return filter.contains.trim() === '';
  if ('preset' in filter) return false;
  const { from, to } = filter as { from?: unknown; to?: unknown };
  return from === undefined && to === undefined;
}

function whatIsOpen(name: string, { dimensions }: Fields): string {
  const label = dimensions.find((each) => each.name === name)?.label ?? name;
  return `Say which rows the filter of ${label} keeps, or take it out.`;
}

/** The spec without filters that keep every row still. */
export function withoutOpen(spec: ChartSpec): ChartSpec {
  const { filters, ...rest } = spec;
  const closed = filters?.filter((filter) => !isOpen(filter)) ?? [];
  return closed.length > 0 ? { ...rest, filters: closed } : rest;
}

/** The spec without what the table no longer has. */
export function withoutGone(spec: ChartSpec, table: Fields): ChartSpec {
  return {
    ...spec,
    metrics: spec.metrics.filter((name) => !metricGone(name, table)),
    dimensions: spec.dimensions.filter(({ dimension }) => !dimensionGone(dimension, table)),
    filters: (spec.filters ?? []).filter(({ dimension }) => !dimensionGone(dimension, table)),
  };
}
