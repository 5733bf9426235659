import type { SchemaChanges } from '@aracari/api';

/** What a refresh of the schema found, one sentence each; none where nothing has changed. */
export function describeChanges({ added, changed, vanished }: SchemaChanges): string[] {
  return [
    ...added.map((name) => `New ${name.includes('.') ? 'column' : 'table'} ${name}, hidden.`),
    ...changed.map(
      ({ table, column, from, to }) => `${table}.${column} was ${from} and is now ${to}.`,
    ),
    ...vanished.map(({ table, column }) =>
      column ? `${table}.${column} is gone.` : `Table ${table} is gone.`,
    ),
  ];
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'];

/** “12 kB”, “3.4 MB”. */
export function formatBytes(bytes: number): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const shown = bytes / 1000 ** step;
  return `${shown >= 10 || step === 0 ? Math.round(shown) : shown.toFixed(1)} ${sizes[step]}`;
}

export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
