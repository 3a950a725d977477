// A version beside the champion: what its gate measured on the same rows, else what both of their runs logged.
import type { GateReport, RuleResult } from '../../../src/protocol/models/gate/gate-report';
import type { WireNumber } from '../../../src/protocol/number';
import type { MetricDirection, MetricSummary } from '../../../src/protocol/run';

/** `gain` is above 0 where the version is better; null where nobody measured it on the same rows. */
export interface ComparedRow {
  metric: string;
  direction: MetricDirection;
  champion: WireNumber;
  version: WireNumber;
  gain: { value: number; low: number; high: number } | null;
}

/** Each metric once, as the first rule that compares it found it. */
export function measuredRows({ rules }: GateReport): ComparedRow[] {
  const rows = new Map<string, ComparedRow>();
  for (const rule of rules) {
    const row = rowOf(rule);
    if (row !== undefined && !rows.has(row.metric)) rows.set(row.metric, row);
  }
  return [...rows.values()];
}

function rowOf({ compared, actual, ci }: RuleResult): ComparedRow | undefined {
  // Reports from before both numbers were kept have neither.
  if (compared == null) return undefined;
  const { metric, other, candidate } = compared;
  const [low, high] = ci ?? [];
  const isWhole = typeof actual === 'number' && typeof low === 'number' && typeof high === 'number';
  return {
    ...{ metric, champion: other, version: candidate },
    direction: directionOf(actual, other, candidate),
    gain: isWhole ? { value: actual, low, high } : null,
  };
}

/** A gain that is a rise says that more is better. */
function directionOf(gain: RuleResult['actual'], other: WireNumber, candidate: WireNumber): MetricDirection {
  if (typeof gain !== 'number' || typeof other !== 'number' || typeof candidate !== 'number') return 'none';
  const rise = candidate - other;
  if (rise === 0 || gain === 0) return 'none';
  return rise > 0 === gain > 0 ? 'up' : 'down';
}

/** What both runs logged, by name. */
export function loggedRows(champion: readonly MetricSummary[], version: readonly MetricSummary[]): ComparedRow[] {
  const others = new Map(champion.map((metric) => [metric.key, metric]));
  return version.flatMap(({ key, last, direction }) => {
    const other = others.get(key);
    return other === undefined ? [] : [{ metric: key, direction, champion: other.last, version: last, gain: null }];
  });
}
