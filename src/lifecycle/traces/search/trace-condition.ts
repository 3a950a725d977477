// A filter over traces whose names are known to exist and whose values have the right type.

export const textOperators = ['=', '!=', 'LIKE', 'ILIKE'] as const;
export const listOperators = ['IN', 'NOT IN'] as const;
export const numberOperators = ['=', '!=', '<', '<=', '>', '>='] as const;
export const presenceOperators = ['IS NULL', 'IS NOT NULL'] as const;

/** The comparisons a store can make. */
export type TraceOperator =
  | (typeof textOperators)[number]
  | (typeof listOperators)[number]
  | (typeof numberOperators)[number]
  | (typeof presenceOperators)[number];

/** What a comparison is about: a trace's own field, its tags, metadata, runs or prompts, its spans, what is said of it. */
export type TraceSubject =
  | 'attribute'
  | 'tag'
  | 'metadata'
  | 'run'
  | 'prompt'
  | 'span'
  | 'span attribute'
  | 'feedback'
  | 'expectation';

/** One comparison; a list with [NOT] IN, null with IS [NOT] NULL. */
export interface TraceComparison {
  kind: 'condition';
  subject: TraceSubject;
  key: string;
  operator: TraceOperator;
  value: string | number | readonly string[] | null;
}

/** A whole filter. An empty `and` is always true; a `not` holds one condition. */
export type TraceCondition = TraceComparison | { kind: 'and' | 'or' | 'not'; of: readonly TraceCondition[] };

/** One sort key. */
export interface TraceSort {
  subject: 'attribute' | 'tag' | 'metadata';
  key: string;
  ascending: boolean;
}
