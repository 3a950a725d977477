// Texts as the numbers of their kinds.
import type { RelationValue } from '../../../../protocol/comparison/relations';

/** The number of each value's kind, from 0 on, the most frequent first; what is missing is a kind too. */
export function levelNumbers(values: readonly RelationValue[]): number[] {
  const counts = new Map<RelationValue, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const numbers = new Map([...counts].sort(([, a], [, b]) => b - a).map(([value], number) => [value, number]));
  return values.map((value) => numbers.get(value) ?? 0);
}
