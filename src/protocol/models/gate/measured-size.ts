// The size of a model, in the unit that suits it: a rule may be about megabytes of a model that has few bytes.
import type { RuleResult } from './gate-report';

const units = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9 } as const;

/** Bytes to three digits, as in `1.41 kB`: a limit may lie near. */
export function sizeText(bytes: number): string {
  const unit = (['GB', 'MB', 'kB'] as const).find((each) => bytes >= units[each]) ?? 'B';
  return `${Number((bytes / units[unit]).toPrecision(3))} ${unit}`;
}

/** What a rule on the size found; null of other rules. */
export function measuredSize({ kind, actual, unit }: Pick<RuleResult, 'kind' | 'actual' | 'unit'>): string | null {
  if (kind !== 'size' || typeof actual !== 'number' || unit === null || !Object.hasOwn(units, unit)) return null;
  return sizeText(Math.round(actual * units[unit as keyof typeof units]));
}
