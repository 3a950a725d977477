// The values of one column in a piece of rows, as DuckDB keeps them in memory.
import duckdb, { type Vector } from '@duckdb/node-bindings';

/** One that is empty and is filled once, from its beginning. What is written must be there: nobody looks whether it is. */
export class DuckVector {
  readonly #vector: Vector;

  constructor(vector: Vector) {
    this.#vector = vector;
  }

  /** Values of a fixed width, one after the other, as DuckDB has them. */
  copy({ buffer, byteOffset, byteLength }: Uint8Array): void {
    if (byteLength > 0) duckdb.copy_data_to_vector(this.#vector, 0, buffer as ArrayBuffer, byteOffset, byteLength);
  }

  /** A bit for each value, 0 for one that is missing. */
  setPresence({ buffer, byteOffset, byteLength }: Uint8Array): void {
    duckdb.vector_ensure_validity_writable(this.#vector);
    duckdb.copy_data_to_vector_validity(this.#vector, 0, buffer as ArrayBuffer, byteOffset, byteLength);
  }

  /** A text in UTF-8, or bytes. */
  assign(index: number, bytes: Uint8Array): void {
    duckdb.vector_assign_string_element_len(this.#vector, index, bytes);
  }

  /** The values within a structure. */
  part(index: number): DuckVector {
    return new DuckVector(duckdb.struct_vector_get_child(this.#vector, index));
  }

  /** The values within lists or maps, of which there are so many. */
  items(count: number): DuckVector {
    duckdb.list_vector_reserve(this.#vector, count);
    duckdb.list_vector_set_size(this.#vector, count);
    return new DuckVector(duckdb.list_vector_get_child(this.#vector));
  }
}
