import type { ColumnType } from '@aracari/api';

/** The types of token attributes, in the order in which they are offered. */
export const attributeTypes: [ColumnType, string][] = [
  ['string', 'String'],
  ['integer', 'Integer'],
  ['numeric', 'Numeric'],
  ['boolean', 'Boolean'],
  ['date', 'Date'],
  ['datetime', 'Datetime'],
];

export function nameOfType(type: ColumnType): string {
  return attributeTypes.find(([value]) => value === type)?.[1] ?? type;
}
