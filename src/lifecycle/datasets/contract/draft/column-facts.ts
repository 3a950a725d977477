// What a table shows of a column, as far as a draft of a contract needs it.
import type { ColumnKind } from '../../../../protocol/datasets/table-shape';

/** Texts of a form that has a name. */
export type TextForm = 'email' | 'uuid' | 'date';

/** Counts without nulls but for `nulls`. `values` are all of them with their rows, where they are few. */
export interface ColumnFacts {
  name: string;
  kind: ColumnKind;
  nulls: number;
  rows: number;
  /** Numbers only; null where there is none, or one is infinite or too large to be exact. */
  min: number | null;
  max: number | null;
  isUnique: boolean;
  values: { value: string; rows: number }[] | null;
  lengths: { min: number; max: number } | null;
  form: TextForm | null;
}
