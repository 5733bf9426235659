import type { ColumnType, FileColumn, FileDescription, FileImport } from '@aracari/api';

/** What a person has chosen about the columns of a file, by column name. It outlasts a new look at the file. */
export interface ColumnChoices {
  types: Record<string, ColumnType>;
  leftOut: ReadonlySet<string>;
}

export const noChoices: ColumnChoices = { types: {}, leftOut: new Set() };

/** The type that a column is read as: the chosen one, as long as it is offered. */
export function typeOf({ name, type, offers }: FileColumn, { types }: ColumnChoices): ColumnType {
  const chosen = types[name];
  return chosen && offers.includes(chosen) ? chosen : type;
}

export function withType(choices: ColumnChoices, name: string, type: ColumnType): ColumnChoices {
  return { ...choices, types: { ...choices.types, [name]: type } };
}

export function withToggled(choices: ColumnChoices, name: string): ColumnChoices {
  const leftOut = new Set(choices.leftOut);
  if (!leftOut.delete(name)) leftOut.add(name);
  return { ...choices, leftOut };
}

export function chosenColumns(
  { columns }: FileDescription,
  choices: ColumnChoices,
): FileImport['columns'] {
  return columns
    .filter(({ name }) => !choices.leftOut.has(name))
    .map((column) => ({ name: column.name, type: typeOf(column, choices) }));
}

/** Where among the sent columns this one is: refusals name it so. */
export function placeOf(
  description: FileDescription,
  choices: ColumnChoices,
  name: string,
): string | undefined {
  const at = chosenColumns(description, choices).findIndex((each) => each.name === name);
  return at < 0 ? undefined : `columns[${at}]`;
}
