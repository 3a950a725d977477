// Columns of a table that are no inputs of a model with a single one.
import type { FieldsInput } from '../form/model-form';

/** By the names of the fields; else, as the form is filled, the columns that come after as many as there are fields. */
export function columnsApart(columns: readonly string[], { fields, name }: FieldsInput): string[] {
  if (columns.includes(name)) return [];
  const wanted = new Set(fields.map(({ label }) => label));
  const named = columns.filter((column) => wanted.has(column));
  if (named.length === fields.length) return columns.filter((column) => !wanted.has(column));
  return columns.slice(fields.length);
}
