// When a candidate is better or worse: never by the size of a difference alone.
import type { ComparedMetric, Verdict } from '../../../protocol/comparison/comparison';
import { decisive } from '../../../protocol/comparison/fewest-runs';
import { holm } from '../../../statistics/tests/holm';

/** The metrics with their verdicts, judged together: p values are corrected for all of them. */
export function judgeTogether(families: readonly (readonly ComparedMetric[])[]): ComparedMetric[][] {
  const adjusted = holm(families.flat().map(({ rawP }) => rawP ?? Number.NaN));
  let place = 0;
  return families.map((metrics) =>
    metrics.map((metric) => {
      const p = metric.rawP === null ? null : (adjusted[place] ?? null);
      place += 1;
      return { ...metric, p, verdict: verdictOf({ ...metric, p }) };
    }),
  );
}

/** What stands against a verdict, as sentences: `obstacles` against any, `doubts` against better alone. */
export interface Objections {
  obstacles: readonly string[];
  doubts: readonly string[];
}

/** Worse if any metric is; better if one is, none is worse, and nothing stands against it. */
export function verdictOver(metrics: readonly ComparedMetric[], { obstacles, doubts }: Objections): Verdict {
  const verdicts = metrics.map(({ verdict }) => verdict);
  if (obstacles.length > 0) return 'cannot tell';
  if (verdicts.includes('worse')) return 'worse';
  return verdicts.includes('better') && doubts.length === 0 ? 'better' : 'cannot tell';
}

/** Worse if any candidate is, better if all are. */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('worse')) return 'worse';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'better') ? 'better' : 'cannot tell';
}

function verdictOf({ direction, interval, p }: ComparedMetric): Verdict {
  if (interval === null || p === null || p >= decisive || direction === 'none') return 'cannot tell';
  const [low, high] = interval;
  if (low > 0) return direction === 'up' ? 'better' : 'worse';
  if (high < 0) return direction === 'up' ? 'worse' : 'better';
  return 'cannot tell';
}
