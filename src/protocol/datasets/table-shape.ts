// Columns and rows of a table, before anything is computed of them.

/** What the values of a column are, in the words of people. `nested` are lists, structs and maps. */
export type ColumnKind =
  | 'integer'
  | 'number'
  | 'boolean'
  | 'text'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'binary'
  | 'nested';

/** One column; `type` is DuckDB's name of it. */
export interface TableColumn {
  name: string;
  type: string;
  kind: ColumnKind;
}

/** `notes` are sentences about what was done to read it, such as two columns of one name. */
export interface TableShape {
  columns: TableColumn[];
  rows: number;
  notes: string[];
}
