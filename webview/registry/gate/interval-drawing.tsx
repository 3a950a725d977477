// A rule's number with its interval, the limit, and the side of it that is allowed; the words beside it say the same.
import type { RuleResult } from '../../../src/protocol/models/gate/gate-report';
import { numberText } from '../../../src/protocol/wording';

/** Nothing of a rule without an interval: a number never stands there alone. */
export function IntervalDrawing({ result, verdict }: { result: RuleResult; verdict: string }) {
  const { id, actual, ci, limit } = result;
  if (ci === null || limit === null || typeof actual !== 'number') return null;
  const [low, high] = ci;
  if (typeof low !== 'number' || typeof high !== 'number') return null;
  const ends = [low, high, actual, limit.value];
  const room = (Math.max(...ends) - Math.min(...ends) || 1) * 0.14;
  const [from, to] = [Math.min(...ends) - room, Math.max(...ends) + room];
  const at = (value: number): string => `${(100 * (value - from)) / (to - from)}%`;
  const isUpward = limit.op.startsWith('>');
  const words = `${id}: ${numberText(actual)}, interval ${numberText(low)} to ${numberText(high)}, limit ${numberText(limit.value)}`;
  const edge = at(limit.value);
  return (
    <div className={`interval ${verdict}`} role="img" aria-label={words}>
      <span className="interval-zone" style={isUpward ? { left: edge, right: 0 } : { left: 0, width: edge }} />
      <span className="interval-limit" style={{ left: edge }} />
      <span className="interval-bar" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className="interval-point" style={{ left: at(actual) }} />
    </div>
  );
}
