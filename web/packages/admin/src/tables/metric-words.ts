import type {
  Aggregate,
  ColumnType,
  Comparison,
  Measure,
  MeasureFilter,
  Metric,
  TableDefinition,
  TableProblem,
} from '@aracari/api';

/** What metrics are called and read as, and which columns an aggregate is for. */
export const aggregates: [Aggregate, string][] = [
  ['count', 'Count of rows'],
  ['countDistinct', 'Count of different'],
  ['sum', 'Sum of'],
  ['average', 'Average of'],
  ['min', 'Minimum of'],
  ['max', 'Maximum of'],
];

export const comparisons: [Comparison, string][] = [
  ['equal', 'is equal to'],
  ['greater', 'is greater than'],
  ['greaterOrEqual', 'is greater than or equal to'],
  ['less', 'is less than'],
  ['lessOrEqual', 'is less than or equal to'],
];

/** “Average of delay”, “Count of rows where delay is greater than 15, divided by count of rows”. */
export function readMetric({ measure, denominator }: Metric): string {
  const first = readMeasure(measure);
  if (!denominator) return first;
  const second = readMeasure(denominator);
  return `${first}, divided by ${second.charAt(0).toLowerCase()}${second.slice(1)}`;
}

export function suits(aggregate: Aggregate, type: ColumnType): boolean {
  const number = type === 'integer' || type === 'numeric';
  if (aggregate === 'sum' || aggregate === 'average') return number;
  if (aggregate === 'min' || aggregate === 'max')
    return number || type === 'date' || type === 'datetime';
  return aggregate === 'countDistinct';
}

/** What must be mended in the table's name, metrics and dimensions before they can be saved. */
export function checkStructure({
  label,
  metrics,
  dimensions,
  columns,
}: TableDefinition): TableProblem[] {
  const present = new Set(columns.filter(({ gone }) => !gone).map(({ name }) => name));
  const problems = dimensions.flatMap(({ name, label, column }, index) => [
    ...checkNames({ name, label }, `dimensions[${index}]`),
    ...(present.has(column)
      ? []
      : [{ field: `dimensions[${index}].column`, what: 'Choose a column.' }]),
  ]);
  return [
    ...(label.trim() ? [] : [{ field: 'label', what: 'Enter a name.' }]),
    ...metrics.flatMap((metric, index) => checkMetric(metric, `metrics[${index}]`, present)),
    ...problems,
    ...repeated(metrics, 'metrics'),
    ...repeated(dimensions, 'dimensions'),
  ];
}

function checkMetric(metric: Metric, path: string, present: Set<string>): TableProblem[] {
  const measures = [metric.measure, ...(metric.denominator ? [metric.denominator] : [])];
  const missing = measures
    .flatMap(({ column, filter }) => [column, filter?.column])
    .filter((column) => column !== undefined && !present.has(column));
  return [
    ...checkNames(metric, path),
    ...missing.map((column) => ({
      field: `${path}.measure`,
      what: column ? `The table no longer has the column ${column}.` : 'Choose a column.',
    })),
  ];
}

function checkNames(named: { name: string; label: string }, path: string): TableProblem[] {
  return (['name', 'label'] as const)
    .filter((part) => !named[part].trim())
    .map((part) => ({ field: `${path}.${part}`, what: 'Enter a name.' }));
}

function repeated(named: { name: string }[], path: string): TableProblem[] {
  return named.flatMap(({ name }, index) =>
    name && named.findIndex((other) => other.name === name) < index
      ? [{ field: `${path}[${index}].name`, what: `“${name}” is there already.` }]
      : [],
  );
}

function readMeasure({ aggregate, column, filter }: Measure): string {
  const verb = aggregates.find(([value]) => value === aggregate)?.[1] ?? aggregate;
  return `${verb}${column ? ` ${column}` : ''}${filter ? ` where ${readFilter(filter)}` : ''}`;
}

function readFilter({ column, operator, value }: MeasureFilter): string {
  const verb = comparisons.find(([name]) => name === operator)?.[1] ?? operator;
  return `${column} ${verb} ${typeof value === 'string' ? `“${value}”` : value}`;
}
