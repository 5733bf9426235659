import type { Column, Grain, Scalar } from '@aracari/api';
import type { Language } from './language.js';

/** What is shown in place of a value that is not there. */
export const noValue = '–';

const minute = 60_000;
const day = 1440 * minute;

/** The text of the value of one row. Knows which rows stand for all other categories. */
export function formatCell(column: Column, index: number, language: Language): string {
  return column.otherAt?.includes(index)
    ? language.texts.other
    : formatValue(column, column.values[index], language);
}

/** The full text of one value, as in a tooltip, a table cell or a text alternative. */
export function formatValue(column: Column, value: Scalar | undefined, language: Language): string {
  const { texts } = language;
  if (value === null || value === undefined)
    return column.role === 'dimension' ? texts.emptyCategory : noValue;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (column.binWidth !== undefined)
    return formatBin(column, Number(value), column.binWidth, language);
  if (column.grain !== undefined) return formatStep(column.grain, value, 'long', language);
  if (isTime(column)) return formatTime(column, String(value), language);
  return isNumber(column) ? formatNumber(column, Number(value), language) : String(value);
}

/** What a column is called above its values; times say how finely they are cut. */
export function nameColumn({ label, grain }: Column, { texts }: Language): string {
  return grain === undefined ? label : `${label} (${texts.grains[grain]})`;
}

/** As `formatValue`, but as short as an axis needs it: no unit, large numbers as 12K. */
export function formatTick(column: Column, value: number, { locale }: Language): string {
  const size = Math.abs(value);
  const { style, currency } = column.format ?? {};
  if (style === 'percent') return numberFormat(locale, { style, maximumFractionDigits: 1 })(value);
  return numberFormat(locale, {
    notation: size >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: size < 10 ? 2 : 1,
    ...(style === 'currency' ? { ...currencyStyle(currency), minimumFractionDigits: 0 } : {}),
  })(value);
}

/**
 * The text of one category on an axis: months name their year only where it begins, hours their day where there are
 * several, bins only where they begin.
 */
export function formatCategory(column: Column, index: number, language: Language): string {
  const value = column.values[index];
  if (value === null || value === undefined) return formatCell(column, index, language);
  if (column.binWidth !== undefined && typeof value === 'number')
    return formatBound(value, language);
  const { grain } = column;
  if (grain === undefined) return formatCell(column, index, language);
  const text = formatStep(grain, value, 'short', language);
  const year = (time: Scalar | undefined) => String(time).slice(0, 4);
  const startsYear = index === 0 || year(column.values[index - 1]) !== year(value);
  if (grain === 'month' || grain === 'week' || grain === 'quarter')
    return startsYear ? `${text}\n${year(value)}` : text;
  const date = (time: Scalar | undefined) => String(time).slice(0, 10);
  const days = date(column.values[0]) !== date(column.values.at(-1));
  if ((grain === 'hour' || grain === 'minute') && days)
    return `${text}\n${formatStep('day', value, 'short', language)}`;
  return text;
}

/** The number without its unit, and the unit: a value tile shows them in two sizes. */
export function splitUnit(
  column: Column,
  value: Scalar | undefined,
  language: Language,
): { number: string; unit: string } {
  const unit = column.format?.unit ?? '';
  if (!isNumber(column) || value === null || value === undefined || unit === '') {
    return { number: formatValue(column, value, language), unit: '' };
  }
  return { number: formatBareNumber(column, Number(value), language), unit };
}

/** A count, or a number without a column. */
export function formatCount(count: number, { locale }: Language): string {
  return numberFormat(locale, { maximumFractionDigits: 3 })(count);
}

/** A fraction as a percentage. */
export function formatShare(share: number, { locale }: Language): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })(share);
}

/** True for columns whose values are read digit under digit. */
export function isNumber(column: Column): boolean {
  return column.type === 'integer' || column.type === 'numeric';
}

export function isTime(column: Column): boolean {
  return column.type === 'date' || column.type === 'datetime';
}

function formatNumber(column: Column, value: number, language: Language): string {
  const unit = column.format?.unit;
  const number = formatBareNumber(column, value, language);
  return unit ? `${number}\u00a0${unit}` : number;
}

function formatBareNumber(column: Column, value: number, { locale }: Language): string {
  const { style = 'decimal', decimals, currency } = column.format ?? {};
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: style === 'percent' ? 1 : 2 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const kind = style === 'currency' ? currencyStyle(currency) : { style };
  return numberFormat(locale, { ...kind, ...digits })(value);
}

/** A currency that is not one, as a column may name, is none. */
function currencyStyle(currency = ''): Intl.NumberFormatOptions {
  if (!/^[A-Za-z]{3}$/.test(currency)) return { style: 'decimal' };
  return { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
}

/** `250–499` for whole numbers, where the bins do not overlap; otherwise `0.5–1`. */
function formatBin(column: Column, low: number, width: number, language: Language): string {
  const high = column.type === 'integer' && Number.isInteger(width) ? low + width - 1 : low + width;
  const bound = formatBound(low, language);
  return high === low ? bound : `${bound}–${formatBound(high, language)}`;
}

function formatBound(bound: number, { locale }: Language): string {
  return numberFormat(locale, { maximumFractionDigits: 3 })(bound);
}

type Length = 'short' | 'long';

function formatStep(
  grain: Grain,
  value: Exclude<Scalar, null>,
  length: Length,
  { locale, timeZone }: Language,
): string {
  const format = (options: Intl.DateTimeFormatOptions) => timeFormat(locale, options);
  const long = length === 'long';
  const month = long ? 'long' : 'short';
  switch (grain) {
    case 'hourOfDay':
      return format({ hour: 'numeric' })(Number(value) * 60 * minute);
    // The first day of the week that began on the fifth of January 1970 was a Monday.
    case 'dayOfWeek':
      return format({ weekday: long ? 'long' : 'short' })((Number(value) + 3) * day);
    case 'monthOfYear':
      return format({ month })(Date.UTC(1970, Number(value) - 1));
    case 'year':
      return format({ year: 'numeric' })(String(value));
    case 'quarter':
      return formatQuarter(String(value), length);
    case 'month':
      return format(long ? { year: 'numeric', month: 'short' } : { month: 'short' })(String(value));
    case 'week':
    case 'day':
      return format(long ? { dateStyle: 'medium' } : { month: 'short', day: 'numeric' })(
        String(value),
      );
    case 'hour':
    case 'minute':
      return format({ ...(long ? { dateStyle: 'medium' } : {}), timeStyle: 'short', timeZone })(
        String(value),
      );
  }
}

function formatQuarter(value: string, length: Length): string {
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) return value;
  const quarter = `Q${Math.floor(time.getUTCMonth() / 3) + 1}`;
  return length === 'long' ? `${quarter} ${time.getUTCFullYear()}` : quarter;
}

function formatTime(column: Column, value: string, { locale, timeZone }: Language): string {
  if (column.type === 'date') return timeFormat(locale, { dateStyle: 'medium' })(value);
  return timeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })(value);
}

// Intl formatters are slow to make and tables use the same few thousands of times.
const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions,
): (value: number) => string {
  const formatter = kept(locale, options, () => new Intl.NumberFormat(locale, options));
  return (value) => (Number.isFinite(value) ? formatter.format(value) : noValue);
}

/** Times are shown as they stand in the data, which is UTC. A text that is no time is shown unchanged. */
function timeFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (value: string | number) => string {
  const inZone = { timeZone: 'UTC', ...options };
  const formatter = kept(locale, inZone, () => new Intl.DateTimeFormat(locale, inZone));
  return (value) => {
    const time = new Date(value);
    return Number.isNaN(time.getTime()) ? String(value) : formatter.format(time);
  };
}

function kept<Formatter extends Intl.NumberFormat | Intl.DateTimeFormat>(
  locale: string,
  options: object,
  make: () => Formatter,
): Formatter {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? make();
  formatters.set(key, known);
  return known as Formatter;
}
