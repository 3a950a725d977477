// On which side of a limit a number lies, and the whole of its interval.
import type { RuleLimit } from '../../../protocol/models/gate/gate-report';

/** Whether a number is allowed; NaN never is. */
export function isAllowed(value: number, { op, value: limit }: RuleLimit): boolean {
  if (op === '>=') return value >= limit;
  if (op === '>') return value > limit;
  return op === '<=' ? value <= limit : value < limit;
}

/** `inside`: both ends are allowed; `outside`: neither is; `across`: one is, or there is no interval. */
export function placeOf(interval: readonly [number, number] | null, limit: RuleLimit): 'inside' | 'outside' | 'across' {
  if (interval === null || interval.some(Number.isNaN)) return 'across';
  const [low, high] = interval.map((end) => isAllowed(end, limit));
  if (low && high) return 'inside';
  return low || high ? 'across' : 'outside';
}

/** A limit as a text, such as `>= 0.7`. */
export function limitText({ op, value }: RuleLimit, unit: string | null = null): string {
  return `${op} ${value}${unit === null ? '' : ` ${unit}`}`;
}
