import type { ColumnType, Constant } from '@aracari/api';
import { readScalar } from '../settings/attribute-value.js';

/** What was typed as a constant of `type`; what cannot be read stays a text, for `isConstant` to find. */
export function readConstant(type: ColumnType, typed: string): Constant {
  if (type === 'string') return typed;
  const text = typed.trim();
  if (!text) return '';
  return readScalar(type, type === 'datetime' ? inUtc(text) : text) ?? text;
}

/** Whether a value is a constant of `type`, and not a text that could not be read. */
export function isConstant(type: ColumnType, value: Constant | undefined): value is Constant {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'numeric':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && readScalar('date', value) !== undefined;
    case 'datetime':
      return (
        typeof value === 'string' && /Z$/.test(value) && readScalar('datetime', value) !== undefined
      );
  }
}

/** As an input of the type's kind holds it. */
export function typedConstant(type: ColumnType, value: Constant | undefined): string {
  if (value === undefined) return '';
  return type === 'datetime' ? String(value).replace(/Z$/, '') : String(value);
}

/** Pickers of dates and times give a time without a zone. Rules know UTC only. */
function inUtc(text: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) ? `${text}Z` : text;
}
