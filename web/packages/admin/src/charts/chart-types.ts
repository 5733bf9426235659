import type { ChartSpec, ChartType, ColumnType, Table } from '@aracari/api';

/** What a chart asks for, as far as it decides which pictures can show it. */
export interface ChartShape {
  metrics: number;
  /** The type of each dimension's column, and whether times or bins of it follow each other. */
  dimensions: { type: ColumnType; time: boolean }[];
}

interface TypeEntry {
  type: ChartType;
  name: string;
  /** The number of metrics and of dimensions that it shows, and what is missing in other words. */
  fits: (shape: ChartShape) => boolean;
  needs: string;
}

/** In the order in which they are offered. */
export const chartTypes: readonly TypeEntry[] = [
  { type: 'bar', name: 'Bar', fits: isSeries, needs: 'a dimension' },
  {
    type: 'stackedBar',
    name: 'Stacked',
    fits: (shape) => isSeries(shape) && (shape.metrics > 1 || shape.dimensions.length === 2),
    needs: 'two dimensions, or two metrics by one',
  },
  { type: 'line', name: 'Line', fits: isSeries, needs: 'a dimension' },
  { type: 'area', name: 'Area', fits: isSeries, needs: 'a dimension' },
  {
    type: 'combo',
    name: 'Combo',
    fits: ({ metrics, dimensions }) => metrics >= 2 && dimensions.length === 1,
    needs: 'two metrics by one dimension',
  },
  { type: 'circular', name: 'Pie', fits: isOneByOne, needs: 'one metric by one dimension' },
  {
    type: 'value',
    name: 'Value',
    fits: ({ metrics, dimensions }) =>
      metrics >= 1 && (dimensions.length === 0 || isOneTime(dimensions)),
    needs: 'metrics only, or by one time',
  },
  {
    type: 'gauge',
    name: 'Gauge',
    fits: ({ metrics, dimensions }) => metrics === 1 && dimensions.length === 0,
    needs: 'one metric only',
  },
  { type: 'funnel', name: 'Funnel', fits: isOneByOne, needs: 'one metric by one dimension' },
  {
    type: 'heatmap',
    name: 'Heatmap',
    fits: ({ metrics, dimensions }) => metrics === 1 && dimensions.length === 2,
    needs: 'one metric by two dimensions',
  },
  {
    type: 'scatter',
    name: 'Scatter',
    fits: ({ metrics, dimensions }) => (metrics === 2 || metrics === 3) && dimensions.length === 1,
    needs: 'two or three metrics by one dimension',
  },
  {
    type: 'map',
    name: 'Map',
    fits: ({ metrics, dimensions }) =>
      metrics === 1 &&
      (dimensions.length === 2 || dimensions.length === 3) &&
      dimensions.filter(({ type }) => type === 'numeric' || type === 'integer').length >= 2,
    needs: 'one metric by latitude and longitude',
  },
  {
    type: 'table',
    name: 'Table',
    fits: ({ metrics, dimensions }) => metrics + dimensions.length > 0,
    needs: 'a metric or a dimension',
  },
];

export function nameOfType(type: ChartType): string {
  return chartTypes.find((each) => each.type === type)?.name ?? type;
}

export function shapeOf(spec: ChartSpec, table: Pick<Table, 'columns' | 'dimensions'>): ChartShape {
  return {
    metrics: spec.metrics.length,
    dimensions: spec.dimensions.map(({ dimension, grain }) => {
      const type = typeOfDimension(dimension, table) ?? 'string';
      return { type, time: isTime(type) && !isCycle(grain) };
    }),
  };
}

/** The type of the column behind a dimension; undefined where there is none any more. */
export function typeOfDimension(
  name: string,
  { columns, dimensions }: Pick<Table, 'columns' | 'dimensions'>,
): ColumnType | undefined {
  const column = dimensions.find((each) => each.name === name)?.column;
  return columns.find((each) => each.name === column && !each.gone)?.type;
}

export function isTime(type: ColumnType): boolean {
  return type === 'date' || type === 'datetime';
}

export function isNumber(type: ColumnType): boolean {
  return type === 'integer' || type === 'numeric';
}

export function fittingTypes(shape: ChartShape): ChartType[] {
  return chartTypes.filter(({ fits }) => fits(shape)).map(({ type }) => type);
}

/** The picture that most people want for this shape. */
export function bestType(shape: ChartShape): ChartType {
  const { metrics, dimensions } = shape;
  const [first] = dimensions;
  if (!first) return metrics > 0 ? 'value' : 'table';
  if (dimensions.length > 2 || metrics === 0) return 'table';
  if (!isSeries(shape)) return 'table';
  return first.time ? 'line' : dimensions.length === 2 ? 'stackedBar' : 'bar';
}

function isSeries({ metrics, dimensions }: ChartShape): boolean {
  if (dimensions.length === 1) return metrics >= 1;
  return dimensions.length === 2 && metrics === 1;
}

function isOneByOne({ metrics, dimensions }: ChartShape): boolean {
  return metrics === 1 && dimensions.length === 1;
}

function isOneTime(dimensions: ChartShape['dimensions']): boolean {
  return dimensions.length === 1 && dimensions[0]?.time === true;
}

/** Grains whose values come again: each Monday, each January. */
function isCycle(grain: ChartSpec['dimensions'][number]['grain']): boolean {
  return grain === 'hourOfDay' || grain === 'dayOfWeek' || grain === 'monthOfYear';
}
