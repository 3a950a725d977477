// Numbers of a piece of DuckDB's answer as they lie in its memory.
import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** The values of a DOUBLE column without nulls, one for each row; gone with the piece. */
export function chunkDoubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  const rows = chunk.rowCount;
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
  const { buffer, byteOffset } = duckdb.vector_get_data(vector, rows * Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(buffer, byteOffset, rows);
}
