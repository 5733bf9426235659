import type { Column, Scalar } from '@aracari/api';

/** What is shown in place of a value that is not there. */
export const noValue = '–';

/** The name of the rows whose dimension has no value. */
const noCategory = '(empty)';

const minute = 60_000;

/** The full text of one value, as in a tooltip, a table cell or a text alternative. */
export function formatValue(column: Column, value: Scalar | undefined): string {
  if (value === null || value === undefined)
    return column.role === 'dimension' ? noCategory : noValue;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (column.binWidth !== undefined) return formatBin(column, Number(value), column.binWidth);
  if (column.grain === 'hourOfDay') return formatHour(Number(value));
  if (isTime(column)) return formatTime(column, String(value));
  return isNumber(column) ? formatNumber(column, Number(value)) : String(value);
}

/** What a column is called above its values; times say how finely they are cut. */
export function nameColumn({ label, grain }: Column): string {
  return grain === undefined ? label : `${label} (${grain === 'hourOfDay' ? 'hour' : grain})`;
}

/** As `formatValue`, but as short as an axis needs it: no unit, large numbers as 12K. */
export function formatTick(column: Column, value: number): string {
  const size = Math.abs(value);
  if (column.format?.style === 'percent')
    return numberFormat({ style: 'percent', maximumFractionDigits: 1 })(value);
  return numberFormat({
    notation: size >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: size < 10 ? 2 : 1,
  })(value);
}

/** The text of one category on an axis: months name their year only where it begins, bins only where they begin. */
export function formatCategory(column: Column, index: number): string {
  const value = column.values[index];
  if (column.binWidth !== undefined && typeof value === 'number') return formatBound(value);
  if (column.grain === 'month' && value !== null && value !== undefined)
    return formatMonth(column, index);
  if (column.grain === 'day' && value)
    return timeFormat({ month: 'short', day: 'numeric' })(String(value));
  return formatValue(column, value);
}

/** The number without its unit, and the unit: a value tile shows them in two sizes. */
export function splitUnit(
  column: Column,
  value: Scalar | undefined,
): { number: string; unit: string } {
  const unit = column.format?.unit ?? '';
  if (!isNumber(column) || value === null || value === undefined || unit === '') {
    return { number: formatValue(column, value), unit: '' };
  }
  return { number: formatBareNumber(column, Number(value)), unit };
}

/** True for columns whose values are read digit under digit. */
export function isNumber(column: Column): boolean {
  return column.type === 'integer' || column.type === 'numeric';
}

function isTime(column: Column): boolean {
  return column.type === 'date' || column.type === 'datetime';
}

function formatNumber(column: Column, value: number): string {
  const unit = column.format?.unit;
  const number = formatBareNumber(column, value);
  return unit ? `${number}\u00a0${unit}` : number;
}

function formatBareNumber(column: Column, value: number): string {
  const { style = 'decimal', decimals } = column.format ?? {};
  if (decimals === undefined)
    return numberFormat({ style, maximumFractionDigits: style === 'percent' ? 1 : 2 })(value);
  return numberFormat({ style, minimumFractionDigits: decimals, maximumFractionDigits: decimals })(
    value,
  );
}

/** `250–499` for whole numbers, where the bins do not overlap; otherwise `0.5–1`. */
function formatBin(column: Column, low: number, width: number): string {
  const high = column.type === 'integer' && Number.isInteger(width) ? low + width - 1 : low + width;
  return high === low ? formatBound(low) : `${formatBound(low)}–${formatBound(high)}`;
}

function formatBound(bound: number): string {
  return numberFormat({ maximumFractionDigits: 3 })(bound);
}

function formatHour(hour: number): string {
  return timeFormat({ hour: 'numeric' })(hour * 60 * minute);
}

function formatMonth(column: Column, index: number): string {
  const value = String(column.values[index]);
  const before = index > 0 ? String(column.values[index - 1]) : '';
  const month = timeFormat({ month: 'short' })(value);
  return value.slice(0, 4) === before.slice(0, 4) ? month : `${month}\n${value.slice(0, 4)}`;
}

function formatTime(column: Column, value: string): string {
  if (column.grain === 'year') return timeFormat({ year: 'numeric' })(value);
  if (column.grain === 'month') return timeFormat({ year: 'numeric', month: 'short' })(value);
  if (column.type === 'date' || column.grain === 'day')
    return timeFormat({ dateStyle: 'medium' })(value);
  return timeFormat({ dateStyle: 'medium', timeStyle: 'short' })(value);
}

// Intl formatters are slow to make and tables use the same few thousands of times.
const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): (value: number) => string {
  const formatter = kept(options, () => new Intl.NumberFormat(undefined, options));
  return (value) => (Number.isFinite(value) ? formatter.format(value) : noValue);
}

/** Times are shown as they stand in the data, which is UTC. A text that is no time is shown unchanged. */
function timeFormat(options: Intl.DateTimeFormatOptions): (value: string | number) => string {
  const formatter = kept(
    options,
    () => new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', ...options }),
  );
  return (value) => {
    const time = new Date(value);
    return Number.isNaN(time.getTime()) ? String(value) : formatter.format(time);
  };
}

function kept<Formatter extends Intl.NumberFormat | Intl.DateTimeFormat>(
  options: object,
  make: () => Formatter,
): Formatter {
  const key = JSON.stringify(options);
  const known = formatters.get(key) ?? make();
  formatters.set(key, known);
  return known as Formatter;
}
