// The grammar that filters, orders and page tokens are written in, as a surface hands it to the stages that are searched.

/** A right-hand side: `text` with quotes stripped (`name` is a bare word), as written (`number`), or several (`list`). */
export type FilterValue =
  | { kind: 'string' | 'name' | 'number'; text: string; written: string }
  | { kind: 'list'; items: readonly FilterValue[]; written: string };

/** One comparison: `identifier` as written, `operator` in upper case, no value with IS NULL and IS NOT NULL. */
export interface FilterComparison {
  kind: 'comparison';
  identifier: string;
  operator: string;
  value: FilterValue | undefined;
}

/** A whole filter. An empty `and` is always true; a `not` holds one expression. */
export type FilterExpression = FilterComparison | { kind: 'and' | 'or' | 'not'; of: readonly FilterExpression[] };

/** Reads texts; every reader throws SlipwayError `invalid` for what it cannot read. */
export interface SearchGrammar {
  filter(text: string): FilterExpression;
  /** One sort key. */
  order(text: string): { identifier: string; ascending: boolean };
  /** How many rows a page token leaves out. */
  offset(token: string | undefined): number;
  /** The token of the page after `offset` rows. */
  token(offset: number): string;
}
