// Drift as we judge it: by bins that the reference decides, nulls among them, against the noise of samples of these sizes.
import type { DriftKind, DriftMethod } from '../../../protocol/datasets/drift';
import { sharesOf, totalVariation } from '../../../statistics/drift/divergence';
import { noiseDistances } from '../../../statistics/drift/number-noise';
import { noiseOf, permutedShare, shareAtLeast } from '../../../statistics/drift/permuted-counts';
import { binCounts, quantileBins } from '../../../statistics/drift/quantile-bins';
import { distinctSorted } from '../../../statistics/drift/sorted-distances';
import { total } from '../../../statistics/sample/moments';
import { contingencyTest, likelihoodRatioTest, pooledRareBins } from '../../../statistics/tests/contingency';
import { fisherExactP } from '../../../statistics/tests/fisher-exact';
import { twoProportionTest } from '../../../statistics/tests/two-proportions';
import { type BinMethod, binMethods, binNoise, binScore } from './bin-noise';
import { asCategories, type CategorySample, type ColumnSample, type NumberSample, type Sides } from './column-sample';
import { type AskedMethod, methodRules, thresholdOf } from './drift-method';
import { type JudgedColumn, nullCounts, type Unjudged } from './judged-column';
import { type NumberMethod, numberMethods, numberScore, wassersteinUnit } from './number-score';
import { judgeTexts } from './text-score';

/** Whole numbers of so few values on both sides are categories. */
const mostWholeCategories = 10;
/** Categories beyond so many, the rarest, are one: no band of noise is narrow enough for more. */
const mostCategories = 1000;
const draws = 999;
const seed = 1;

/** `verdict` is left to the whole batch; `method` and `threshold` are null for the defaults. */
export function judgeAsSlipway(
  sample: ColumnSample,
  options: AskedMethod & { alpha: number },
): JudgedColumn | Unjudged {
  if (sample.is === 'texts') return judgeTexts(sample, options);
  const seen = sample.is === 'numbers' && isCategorical(sample) ? asCategories(sample) : sample;
  const kind: DriftKind = seen.is === 'numbers' ? 'numerical' : 'categorical';
  const { method, alpha } = options;
  const used = method !== null && methodRules[method].judges.includes(kind) ? method : 'psi';
  const measured = measure(used, seen, alpha);
  if ('reason' in measured) return measured;
  const { isTest, threshold: usual } = methodRules[used];
  const limit = thresholdOf(used, options, usual);
  const told = { column: sample.column, kind, method: used, isTest, threshold: limit, verdict: 'no drift' as const };
  return { ...told, ...measured, ...nullCounts(sample) };
}

interface Measured {
  score: number;
  pValue: number;
  noise: number | null;
}

function isCategorical({ isWhole, reference, current }: NumberSample): boolean {
  if (!isWhole.reference || !isWhole.current) return false;
  const most = mostWholeCategories + 1;
  return distinctSorted(reference, most) < most && distinctSorted(current, most) < most;
}

function measure(method: DriftMethod, sample: NumberSample | CategorySample, alpha: number): Measured | Unjudged {
  if (sample.is === 'numbers' && (numberMethods as readonly DriftMethod[]).includes(method)) {
    return numbersMeasured(method as NumberMethod, sample, alpha);
  }
  const counts = countsOf(sample);
  if ((binMethods as readonly DriftMethod[]).includes(method)) {
    const score = binScore(method as BinMethod, counts);
    const pValue = contingencyTest(pooledRareBins(counts)).p;
    return { score, pValue, noise: binNoise(method as BinMethod, counts, { alpha, draws, seed }) };
  }
  const p = binTest(method, counts);
  return typeof p === 'number' ? { score: p, pValue: p, noise: null } : p;
}

function numbersMeasured(method: NumberMethod, sample: NumberSample, alpha: number): Measured | Unjudged {
  const { reference, current } = sample;
  const [n, m] = [reference.length, current.length];
  if (n === 0 || m === 0) return { reason: 'has no number on one side', isLost: n > 0 };
  const score = numberScore(method, sample, 'two-sided');
  if (method !== 'wasserstein' && method !== 'ed') return { score, pValue: score, noise: null };
  const distances = noiseDistances(pooled(sample), { n, m, draws, seed });
  const unit = method === 'ed' ? 1 : wassersteinUnit(reference);
  const scores = method === 'ed' ? distances.energy : distances.wasserstein.map((each) => each / unit);
  return { score, pValue: shareAtLeast(scores, score), noise: noiseOf(scores, alpha) };
}

function pooled({ reference, current }: Sides<Float64Array>): Float64Array {
  const all = new Float64Array(reference.length + current.length);
  all.set(reference);
  all.set(current, reference.length);
  return all.sort();
}

/** p of the tests of categories; two values have the sharper ones. */
function binTest(method: DriftMethod, counts: Sides<Float64Array>): number | Unjudged {
  const hits = (side: Float64Array): { hits: number; rows: number } => ({ hits: side[0] ?? 0, rows: total(side) });
  if (method === 'chisquare') return contingencyTest(pooledRareBins(counts)).p;
  if (method === 'g_test') return likelihoodRatioTest(pooledRareBins(counts)).p;
  if (method === 'TVD') return permutedShare(counts, (a, b) => totalVariation(sharesOf(a), sharesOf(b)));
  if (counts.reference.length > 2) return { reason: `has more than two values, which ${method} cannot judge` };
  const test = method === 'z' ? twoProportionTest : fisherExactP;
  return test(hits(counts.reference), hits(counts.current));
}

/** Rows of each bin that holds any: those of the values, and one of nulls. */
function countsOf(sample: NumberSample | CategorySample): Sides<Float64Array> {
  const counted = sample.is === 'numbers' ? numberCounts(sample) : limited(sample);
  const { nulls } = sample;
  const kept = [...counted.reference.keys()].filter((bin) => counted.reference[bin] || counted.current[bin]);
  const gathered = (side: 'reference' | 'current'): Float64Array => {
    const counts = kept.map((bin) => counted[side][bin] ?? 0);
    return Float64Array.from(nulls.reference + nulls.current > 0 ? [...counts, nulls[side]] : counts);
  };
  return { reference: gathered('reference'), current: gathered('current') };
}

function numberCounts({ reference, current, rows }: NumberSample): Sides<Float64Array> {
  const bins = quantileBins(reference, rows.reference);
  return { reference: binCounts(reference, bins), current: binCounts(current, bins) };
}

function limited({ reference, current }: CategorySample): Sides<Float64Array> {
  if (reference.length <= mostCategories) return { reference, current };
  const order = Array.from(reference.keys()).sort(
    (a, b) => (reference[b] ?? 0) + (current[b] ?? 0) - (reference[a] ?? 0) - (current[a] ?? 0),
  );
  const gathered = (side: Float64Array): Float64Array => {
    const kept = Float64Array.from(order.slice(0, mostCategories), (bin) => side[bin] ?? 0);
    return Float64Array.from([...kept, total(side) - total(kept)]);
  };
  return { reference: gathered(reference), current: gathered(current) };
}
