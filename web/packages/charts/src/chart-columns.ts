import type { Column } from '@aracari/api';
import { formatCategory, formatCell } from './chart-values.js';
import type { Language } from './language.js';

/** How many rows a result has. */
export function countRows(columns: readonly Column[]): number {
  return columns.reduce((most, column) => Math.max(most, column.values.length), 0);
}

export function dimensionsOf(columns: readonly Column[]): Column[] {
  return columns.filter((column) => column.role === 'dimension');
}

export function metricsOf(columns: readonly Column[]): Column[] {
  return columns.filter((column) => column.role === 'metric');
}

/** True when there is nothing to draw: no rows, or not one metric with a value. */
export function isEmptyResult(columns: readonly Column[]): boolean {
  const metrics = metricsOf(columns);
  if (countRows(columns) === 0) return true;
  return (
    metrics.length > 0 && metrics.every((metric) => metric.values.every((value) => value === null))
  );
}

/** The full name of one category: its dimensions' values, `Paris · 2026`. */
export function nameCategory(
  columns: readonly Column[],
  index: number,
  language: Language,
): string {
  return dimensionsOf(columns)
    .map((dimension) => formatCell(dimension, index, language))
    .join(' · ');
}

/** As `nameCategory`, short enough for an axis. */
export function labelCategory(
  columns: readonly Column[],
  index: number,
  language: Language,
): string {
  return dimensionsOf(columns)
    .map((dimension) => formatCategory(dimension, index, language))
    .join(' · ');
}

/** What a canvas can draw of a value: a finite number. */
export function drawnNumber(value: unknown): number | null {
  const number = value === null || value === undefined || value === '' ? NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
