import { listDatabases, listTables, type TableSummary } from '@aracari/api';

/** The tables of one database, for a choice. */
export interface TableGroup {
  database: string;
  tables: TableSummary[];
}

/** Every table, by database; databases without tables are left out. */
export async function listTableGroups(signal?: AbortSignal): Promise<TableGroup[]> {
  const databases = await listDatabases(signal);
  const groups = await Promise.all(
    databases.map(async ({ id, name }) => ({
      database: name,
      tables: await listTables(id, signal),
    })),
  );
  return groups.filter(({ tables }) => tables.length > 0);
}
