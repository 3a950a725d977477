// An effect with its interval on a line: better is always at the right, whatever the metric's direction.
import type { ComparedMetric } from '../../../src/protocol/comparison/comparison';
import { intervalText, signedText } from '../../../src/protocol/comparison/comparison-words';

/** How far the axis goes at either side, in units of the metric. */
export interface Reach {
  low: number;
  high: number;
}

/** The reach that holds these effects and their intervals, and nothing. */
export function reachOf(metrics: readonly ComparedMetric[]): Reach {
  const ends = metrics.flatMap((metric) => [...placesOf(metric), ...seedPlaces(metric)]).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = (high - low || 1) * 0.06;
  return { low: low - room, high: high + room };
}

/** The same distance to both sides of nothing. */
export function evenReach(metric: ComparedMetric): Reach {
  const { low, high } = reachOf([metric]);
  const most = Math.max(-low, high);
  return { low: -most, high: most };
}

/** Diamond for the effect, filled once it is decided; bar for the interval; a line at nothing; below it a tick for each pair of seeds. */
export function Forest({ metric, reach }: { metric: ComparedMetric; reach: Reach }) {
  const { effect, interval, verdict } = metric;
  const at = (value: number): string => `${(100 * (value - reach.low)) / (reach.high - reach.low)}%`;
  const [from, to, centre] = placesOf(metric);
  const isDecided = verdict !== 'cannot tell';
  return (
    <div className={`forest ${isDecided ? verdict : 'open'}`} role="img" aria-label={wordsOf(metric)}>
      <span className="forest-zero" style={{ left: at(0) }} />
      {interval !== null && from !== undefined && to !== undefined && (
        <span className="forest-bar" style={{ left: at(from), right: `calc(100% - ${at(to)})` }} />
      )}
      {[...new Set(seedPlaces(metric))].map((place) => (
        <span key={place} className="forest-seed" style={{ left: at(place) }} />
      ))}
      {effect !== null && centre !== undefined && <span className="forest-point" style={{ left: at(centre) }} />}
    </div>
  );
}

/** The ends of the interval and the effect, turned so that more is better. */
function placesOf({ effect, interval, direction }: ComparedMetric): number[] {
  const sign = direction === 'down' ? -1 : 1;
  const [one = effect ?? 0, other = effect ?? 0] = interval ?? [];
  const ends = [sign * one, sign * other].sort((a, b) => a - b);
  return [...ends, sign * (effect ?? 0)];
}

/** The difference of each pair of seeds, turned so that more is better. */
function seedPlaces({ seeds, direction }: ComparedMetric): number[] {
  return (seeds?.differences ?? []).map((difference) => (direction === 'down' ? -difference : difference));
}

function wordsOf({ metric, effect, interval }: ComparedMetric): string {
  if (effect === null) return `${metric}: no difference is known`;
  const range = interval === null ? 'its interval is not known' : `95 % interval ${intervalText(interval)}`;
  return `${metric}: difference ${signedText(effect)}, ${range}`;
}
