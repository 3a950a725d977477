// The tree of a filter as written, before anybody asks whether its names exist.

/** A right-hand side: `text` with quotes stripped (`name`, `string`), as written (`number`), or several (`list`). */
export type FilterValue =
  | { kind: 'string' | 'name' | 'number'; text: string; written: string }
  | { kind: 'list'; items: readonly FilterValue[]; written: string };

/** `identifier` as written, from the character `start`; `operator` in upper case; no value with IS [NOT] NULL. */
export interface Comparison {
  kind: 'comparison';
  identifier: string;
  operator: string;
  value: FilterValue | undefined;
  start: number;
}

/** A whole filter. An empty `and` is always true; a `not` holds one expression. */
export type Expression = Comparison | { kind: 'and' | 'or' | 'not'; of: readonly Expression[] };
