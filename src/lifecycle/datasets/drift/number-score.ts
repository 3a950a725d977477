// What each method that needs the numbers themselves makes of two samples.
import type { DriftMethod } from '../../../protocol/datasets/drift';
import { meanDiscrepancyP } from '../../../statistics/drift/mean-discrepancy';
import { sortedDistances } from '../../../statistics/drift/sorted-distances';
import { populationDeviation } from '../../../statistics/sample/moments';
import { andersonDarling } from '../../../statistics/tests/two-sample/anderson-darling';
import { cramerVonMisesP } from '../../../statistics/tests/two-sample/cramer-von-mises';
import { eppsSingletonP } from '../../../statistics/tests/two-sample/epps-singleton';
import { kolmogorovSmirnovP } from '../../../statistics/tests/two-sample/kolmogorov-smirnov';
import { type Alternative, mannWhitneyP } from '../../../statistics/tests/two-sample/mann-whitney';
import { pooledT } from '../../../statistics/tests/two-sample/student';
import type { Sides } from './column-sample';

/** Below this a deviation is taken for this: Evidently's guard against columns that do not vary. */
const leastDeviation = 0.001;

/** The methods of numbers that are not made of bins. */
export const numberMethods = [
  'ks',
  'wasserstein',
  't_test',
  'mannw',
  'es',
  'anderson',
  'cramer_von_mises',
  'ed',
  'empirical_mmd',
] as const satisfies readonly DriftMethod[];
export type NumberMethod = (typeof numberMethods)[number];

/** The score of two ascending samples, neither empty. `alternative` is that of Mann and Whitney's test. */
export function numberScore(
  method: NumberMethod,
  { reference, current }: Sides<Float64Array>,
  alternative: Alternative,
): number {
  const distances = (): ReturnType<typeof sortedDistances> => sortedDistances(reference, current);
  const scores: Record<NumberMethod, () => number> = {
    ks: () => kolmogorovSmirnovP({ gap: distances().gap, n: reference.length, m: current.length }),
    wasserstein: () => distances().wasserstein / wassersteinUnit(reference),
    t_test: () => pooledT(reference, current),
    mannw: () => mannWhitneyP(reference, current, alternative),
    es: () => eppsSingletonP(reference, current),
    anderson: () => andersonDarling(reference, current).p,
    cramer_von_mises: () => cramerVonMisesP(reference, current),
    ed: () => distances().energy,
    empirical_mmd: () => meanDiscrepancyP(reference, current),
  };
  return scores[method]();
}

/** What Wasserstein's distance is measured in: the deviation of the reference. */
export function wassersteinUnit(reference: Float64Array): number {
  return Math.max(populationDeviation(reference), leastDeviation);
}
