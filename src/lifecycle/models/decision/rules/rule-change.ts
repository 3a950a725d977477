// Whether a rule that was edited asks for more than it did, or for less.
import { isDeepStrictEqual } from 'node:util';
import type { GateRule } from '../../../../protocol/models/gate/gate-rule';

/** `other`: nobody can say which of the two asks for more. */
export type RuleChange = 'same' | 'stricter' | 'weaker' | 'other';

type Keys = Readonly<Record<string, unknown>>;

/** How `after` is to `before`, which has its id. */
export function ruleChange(before: GateRule, after: GateRule): RuleChange {
  const [was, is]: [Keys, Keys] = [before, after];
  const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...keys].filter((key) => !isDeepStrictEqual(was[key], is[key]));
  const [first = 'same', ...others] = new Set(changed.map((key) => keyChange(key, was, is)));
  return others.length === 0 ? first : 'other';
}

/** Distances that are allowed. */
const allowances: ReadonlySet<string> = new Set(['margin', 'max_drop', 'rtol', 'atol']);
/** From the weakest on. */
const ranks: Readonly<Record<string, readonly unknown[]>> = {
  severity: ['info', 'warn', 'block'],
  on_missing: ['warn', undefined, 'fail'],
};

function keyChange(key: string, was: Keys, is: Keys): RuleChange {
  const [before, after] = [was[key], is[key]];
  const ranked = Object.hasOwn(ranks, key) ? ranks[key] : undefined;
  if (ranked !== undefined) return higher(ranked.indexOf(before), ranked.indexOf(after));
  if (typeof before !== 'number' || typeof after !== 'number') return 'other';
  if (allowances.has(key)) return higher(after, before);
  if (key !== 'value' || typeof was.op !== 'string' || was.op !== is.op) return 'other';
  return was.op.startsWith('>') ? higher(before, after) : higher(after, before);
}

function higher(before: number, after: number): RuleChange {
  return after > before ? 'stricter' : 'weaker';
}
