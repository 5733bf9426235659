import type { Database, PostgresConnection, SchemaChanges } from '@aracari/api';

/** What kind of thing holds the rows. */
export function nameOfKind({ kind, imported }: Database): string {
  if (imported) return 'Uploads';
  return { duckdb: 'DuckDB', postgres: 'PostgreSQL' }[kind] ?? kind;
}

/** Where the rows are, in a sentence or two. */
export function describeSource(database: Database): string {
  const { file, imported, postgres, sandbox } = database;
  if (postgres) {
    const tests = sandbox ? ` Sandbox tokens read ${placeOf(sandbox)}.` : '';
    return `PostgreSQL, ${placeOf(postgres)}.${tests}`;
  }
  if (imported) return 'Uploaded files.';
  return `DuckDB file ${file}.`;
}

/** What is left when a database is deleted here. */
export function whatStays({ imported, kind }: Database): string {
  if (imported) return 'Its uploaded rows are deleted.';
  return kind === 'postgres' ? 'In PostgreSQL nothing changes.' : 'The file itself stays.';
}

function placeOf({ host, port, database, databaseAttribute }: PostgresConnection): string {
  const which = databaseAttribute ? `the database of the token’s ${databaseAttribute}` : database;
  return `${which} on ${host}:${port}`;
}

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
