// What a contract's checks have in common on their way to other tools.
import type { ContractCheck, ContractTable, Interval } from '../../../../protocol/datasets/contract/contract';

/** What another tool is given, and what it has no words for, a sentence each. */
export interface ContractExport {
  text: string;
  lost: string[];
}

/**
 * The share of rows that must be good; 1 for all, undefined for a check that counts bad rows or asks for another share. Of
 * `mustBeLessThan` it is the share that is just too few.
 */
export function mostlyOf({ threshold }: ContractCheck): number | undefined {
  if (threshold === null) return 1;
  const { operator, values, unit } = threshold;
  const [first = 0] = values;
  const isUpTo = operator === 'mustBeLessOrEqualTo' || operator === 'mustBe' || operator === 'mustBeLessThan';
  if (!isUpTo) return undefined;
  if (first === 0) return operator === 'mustBeLessThan' ? undefined : 1;
  return unit === 'percent' && operator !== 'mustBe' ? Number((1 - first / 100).toPrecision(12)) : undefined;
}

/** The interval that a threshold sets; undefined for one that is none. */
export function endsOf({ threshold }: ContractCheck): Interval | undefined {
  const [first = null, second = null] = threshold?.values ?? [];
  const operator = threshold?.operator;
  const interval = (min: number | null, max: number | null): Interval => ({
    min,
    max,
    strictMin: operator === 'mustBeGreaterThan',
    strictMax: operator === 'mustBeLessThan',
  });
  switch (operator) {
    case 'mustBe':
      return interval(first, first);
    case 'mustBeBetween':
      return interval(first, second);
    case 'mustBeGreaterOrEqualTo':
    case 'mustBeGreaterThan':
      return interval(first, null);
    case 'mustBeLessOrEqualTo':
    case 'mustBeLessThan':
      return interval(null, first);
    default:
      return undefined;
  }
}

/** The lengths that an interval allows, both ends among them. */
export function lengthsOf({ min, max, strictMin, strictMax }: Interval): { min: number | null; max: number | null } {
  return {
    min: min === null ? null : Number(min) + (strictMin ? 1 : 0),
    max: max === null ? null : Number(max) - (strictMax ? 1 : 0),
  };
}

/** `Nulls of delay`, for what is lost. */
export function checkName({ title, columns }: ContractCheck): string {
  return columns.length === 0 ? title : `${title} of ${columns.join(', ')}`;
}

/** The checks of one column by its name, in the order of the contract. */
export function byColumn({ columns, checks }: ContractTable): Map<string, ContractCheck[]> {
  const found = new Map<string, ContractCheck[]>(columns.map(({ name }) => [name, []]));
  for (const check of checks) {
    const [only, second] = check.columns;
    if (only === undefined || second !== undefined) continue;
    found.set(only, [...(found.get(only) ?? []), check]);
  }
  return found;
}
