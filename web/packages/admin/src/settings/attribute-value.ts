import type { AttributeValue, ColumnType, Scalar, TokenAttribute } from '@aracari/api';

/** What the person typed, read as the attribute's type. Nothing typed: the token goes without the attribute. */
export type AttributeReading =
  { kind: 'absent' } | { kind: 'value'; value: AttributeValue } | { kind: 'wrong'; why: string };

export function readAttributeValue(
  attribute: TokenAttribute,
  typed: string | string[],
): AttributeReading {
  const texts = (Array.isArray(typed) ? typed : [typed])
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (texts.length === 0) return { kind: 'absent' };
  const values: Scalar[] = [];
  for (const text of texts) {
    const value = readScalar(attribute.type, text);
    if (value === undefined)
      return { kind: 'wrong', why: `“${text}” is not ${describeType(attribute.type)}.` };
    values.push(value);
  }
  return { kind: 'value', value: attribute.list ? values : (values[0] ?? null) };
}

const descriptions: Record<ColumnType, string> = {
  string: 'a text',
  integer: 'a whole number of at most 15 digits',
  numeric: 'a number',
  boolean: 'true or false',
  date: 'a date such as 2026-01-31',
  datetime: 'a time such as 2026-01-31T09:30:00Z',
};

/** “a text”, “a whole number of at most 15 digits”, … */
export function describeType(type: ColumnType): string {
  return descriptions[type];
}

/** Undefined where the text is not of the type. */
export function readScalar(type: ColumnType, text: string): NonNullable<Scalar> | undefined {
  switch (type) {
    case 'string':
      return text;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'numeric':
      return Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && isTime(`${text}T00:00:00Z`) ? text : undefined;
    case 'datetime':
      return isTime(text) ? new Date(text).toISOString().replace(/\.000Z$/, 'Z') : undefined;
  }
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
