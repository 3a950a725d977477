// The tree of a filter as written, before anybody asks whether its names exist.

/** A right-hand side: `text` with quotes stripped (`name`, `string`), as written (`number`), or several (`list`). */
export type FilterValue =
  | { kind: 'string' | 'name' | 'number'; text: string; written: string }
  | { kind: 'list'; items: readonly FilterValue[]; written: string };

/** `identifier` as written; `operator` in upper case; no value with IS NULL and IS NOT NULL. */
export interface Comparison {
  kind: 'comparison';
  identifier: string;
  operator: string;
  value: FilterValue | undefined;
}

/** A whole filter. An empty `and` is always true. */
export type Expression = Comparison | { kind: 'and' | 'or'; of: readonly Expression[] };
