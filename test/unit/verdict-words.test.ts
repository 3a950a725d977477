// The sentence that is pasted into a review says no more than was tested.
import { expect, it } from 'vitest';
import { verdictSentence } from '../../src/lifecycle/runs/comparison/verdict-words';
import type { ComparedMetric, Verdict } from '../../src/protocol/comparison/comparison';

function metric(name: string, verdict: Verdict, why: string | null = null): ComparedMetric {
  const judged = { interval: null, p: null, rawP: null, test: 'none', n: 6, unit: 'pairs of seeds', needs: null };
  return { metric: name, direction: 'up', baseline: 0.8, candidate: 0.9, effect: 0.1, ...judged, verdict, why };
}

it('metrics that were never tested are not among those that were not shown to differ', () => {
  const metrics = [
    metric('roc_auc', 'better'),
    metric('f1', 'cannot tell', 'Not judged: so few pairs of seeds reach p .05 for fewer metrics.'),
    metric('loss', 'cannot tell'),
  ];
  const judged = { verdict: 'better', metrics, obstacles: [], doubts: [] } as const;
  expect(verdictSentence(judged)).toBe('Better on roc_auc, and not shown to differ on loss; f1 was not judged');
});
