// The methods by the names that Evidently gives them: what they judge, and from which number on they say drift.
import type { DriftKind, DriftMethod } from '../../../protocol/datasets/drift';

/** `isTest`: the score is a p, and drift is where it is small. `limit`: whether the threshold itself is drift. */
export interface MethodRule {
  threshold: number;
  judges: readonly DriftKind[];
  isTest: boolean;
  limit: 'drift' | 'no drift';
}

const numbers: readonly DriftKind[] = ['numerical'];
const categories: readonly DriftKind[] = ['categorical'];
const both: readonly DriftKind[] = ['numerical', 'categorical'];

const distance = (judges: readonly DriftKind[], limit: MethodRule['limit'] = 'drift'): MethodRule => ({
  threshold: 0.1,
  judges,
  isTest: false,
  limit,
});
const test = (
  judges: readonly DriftKind[],
  threshold: number,
  limit: MethodRule['limit'] = 'no drift',
): MethodRule => ({ threshold, judges, isTest: true, limit });

/** Thresholds, kinds and comparisons are those of Evidently 0.7. */
export const methodRules: Readonly<Record<DriftMethod, MethodRule>> = {
  ks: test(numbers, 0.05, 'drift'),
  wasserstein: distance(numbers),
  psi: distance(both),
  jensenshannon: distance(both),
  kl_div: distance(both),
  hellinger: distance(both),
  chisquare: test(categories, 0.05),
  z: test(categories, 0.05),
  t_test: test(numbers, 0.05),
  mannw: test(numbers, 0.05),
  es: test(numbers, 0.05),
  anderson: test(numbers, 0.1),
  cramer_von_mises: test(numbers, 0.1, 'drift'),
  ed: distance(numbers, 'no drift'),
  TVD: test(categories, 0.1),
  fisher_exact: test(categories, 0.1),
  g_test: test(categories, 0.1),
  empirical_mmd: test(numbers, 0.1),
};

/** What was asked for; null for the default of each column. */
export interface AskedMethod {
  method: DriftMethod | null;
  threshold: number | null;
}

/** The threshold of a column that is judged by `used`: one given with a method is about that method's scores alone. */
export function thresholdOf(used: string, { method, threshold }: AskedMethod, usual: number): number {
  return method === null || method === used ? (threshold ?? usual) : usual;
}

/** Whether a score says drift; NaN never does. */
export function isBeyond(score: number, threshold: number, { isTest, limit }: MethodRule): boolean {
  if (score === threshold) return limit === 'drift';
  return isTest ? score < threshold : score > threshold;
}
