// A filter whose names are known to exist and whose values have the right type: all that a store needs to answer it.

/** The comparisons a store can make. */
export type ConditionOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'ILIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

/** What a comparison is about: a run's, experiment's or model's own field, or something kept by key. */
export type ConditionSubject = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';

/** One comparison. The value is null with IS [NOT] NULL, a list with [NOT] IN; with a number, params compare as numbers. */
export interface SimpleCondition {
  kind: 'condition';
  subject: ConditionSubject;
  key: string;
  operator: ConditionOperator;
  value: string | number | readonly string[] | null;
}

/** A whole filter. An empty `and` is always true; a `not` holds one condition and is true where that does not hold. */
export type Condition = SimpleCondition | { kind: 'and' | 'or' | 'not'; of: readonly Condition[] };

/** One sort key. */
export interface SortKey {
  subject: Exclude<ConditionSubject, 'dataset'>;
  key: string;
  ascending: boolean;
}
