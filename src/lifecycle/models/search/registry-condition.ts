// A filter over the registry whose names are known to exist and whose values have the right type.

export const textOperators = ['=', '!=', 'LIKE', 'ILIKE'] as const;
export const listOperators = ['IN', 'NOT IN'] as const;
export const numberOperators = ['=', '!=', '<', '<=', '>', '>='] as const;

/** The comparisons a store can make. */
export type RegistryOperator =
  | (typeof textOperators)[number]
  | (typeof listOperators)[number]
  | (typeof numberOperators)[number];

/** One comparison; a list with IN and NOT IN. */
export interface RegistryComparison {
  kind: 'condition';
  subject: 'attribute' | 'tag';
  key: string;
  operator: RegistryOperator;
  value: string | number | readonly string[];
}

/** A whole filter. An empty `and` is always true; a `not` holds one condition. */
export type RegistryCondition = RegistryComparison | { kind: 'and' | 'or' | 'not'; of: readonly RegistryCondition[] };

/** One sort key: an attribute and its direction. */
export interface RegistrySort {
  key: string;
  ascending: boolean;
}
