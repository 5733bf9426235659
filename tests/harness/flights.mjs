// The demo's data read straight from its files, for answers written by hand in SQL.

import { DuckDBInstance } from '@duckdb/node-api';

const data = new URL('../../node_modules/vega-datasets/data/', import.meta.url).pathname;

/** Views `flights` (with origin_city, origin_state, …) and `airports` over the Parquet and CSV files. */
export async function openFlights() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW airports AS SELECT * FROM read_csv('${data}airports.csv')`);
  await connection.run(`CREATE VIEW flights AS
    SELECT f.*, a.city AS origin_city, a.state AS origin_state
    FROM '${data}flights-3m.parquet' f LEFT JOIN airports a ON a.iata = f.origin`);
  return {
    /** Rows as arrays of JSON values. */
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
    close: () => connection.closeSync(),
  };
}
