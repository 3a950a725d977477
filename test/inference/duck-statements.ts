// DuckDB itself, which writes the Parquet that tests have read.
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs statements one after the other, in a database of their own. */
export async function duck(...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}
