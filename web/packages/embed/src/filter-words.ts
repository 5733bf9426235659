import type { DateRange, FilterValue, NumberRange, Scalar } from '@aracari/api';
import { formatCount, formatValue, type Language } from '@aracari/charts';

/** The text of one value of a category. */
export function nameValue(value: Scalar, language: Language): string {
  const column = { name: '', label: '', role: 'dimension', type: 'string', values: [] } as const;
  return formatValue({ ...column, values: [] }, value, language);
}

/** What a filter keeps, in a few words; empty for a filter that keeps everything. */
export function describeFilter(value: FilterValue | undefined, language: Language): string {
  const { texts } = language;
  if (value === undefined) return '';
  if (Array.isArray(value)) {
    const [first] = value;
    if (first === undefined) return '';
    return value.length === 1
      ? nameValue(first, language)
      : texts.selected(formatCount(value.length, language));
  }
  if ('preset' in value) return texts.presets[value.preset] ?? value.preset;
  if ('contains' in value) return value.contains ? texts.contains(value.contains) : '';
  return describeRange(value, language);
}

function describeRange({ from, to }: NumberRange | DateRange, language: Language): string {
  const { texts } = language;
  const say = (end: string | number) =>
    typeof end === 'number' ? formatCount(end, language) : nameDay(end, language);
  if (from !== undefined && to !== undefined) return texts.between(say(from), say(to));
  if (from !== undefined) return texts.atLeast(say(from));
  return to === undefined ? '' : texts.atMost(say(to));
}

function nameDay(day: string, language: Language): string {
  const column = { name: '', label: '', role: 'dimension', type: 'date', values: [] } as const;
  return formatValue({ ...column, values: [] }, day, language);
}
