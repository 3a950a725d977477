// How many rows would tell, as a rule of a gate says it.
import { expect, test } from 'vitest';
import { plainFinding, ruleResult } from '../../src/lifecycle/models/gate/finding';
import { gateRule } from '../../src/protocol/models/gate/gate-rule';
import { wilsonInterval } from '../../src/statistics/sample/wilson-interval';

test('a share of all rows was said to need fewer rows than its own interval does', () => {
  for (const value of [0.5, 0.7, 0.9, 0.99]) {
    const rule = gateRule.parse({ id: 'right', kind: 'metric', metric: 'accuracy', op: '>', value });
    const finding = { ...plainFinding, limit: { op: '>' as const, value }, actual: 1, byPoint: false, unit: 'rows' };
    const of = (n: number) =>
      ruleResult(rule, { ...finding, n, interval: wilsonInterval(n, n, 0.95), test: 'Wilson' }, 0);
    const { needs } = of(1);
    expect([value, of(needs ?? 0).verdict]).toEqual([value, 'pass']);
    if (value < 0.9) expect([value, of((needs ?? 0) - 1).verdict]).toEqual([value, 'inconclusive']);
  }
});
