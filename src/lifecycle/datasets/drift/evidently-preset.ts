// Drift as Evidently's DataDriftPreset judges it, number for number, its faults included.
import type { DriftKind, DriftMethod } from '../../../protocol/datasets/drift';
import {
  densityHellinger,
  filledShares,
  hellinger,
  jensenShannon,
  kullbackLeibler,
  psi,
  sharesOf,
  totalVariation,
} from '../../../statistics/drift/divergence';
import { permutedShare } from '../../../statistics/drift/permuted-counts';
import { distinctSorted } from '../../../statistics/drift/sorted-distances';
import { histogramOfSorted, sturgesEdges } from '../../../statistics/drift/sturges-bins';
import { total } from '../../../statistics/sample/moments';
import { expectationRatioTest, expectationTest } from '../../../statistics/tests/contingency';
import { fisherExactP } from '../../../statistics/tests/fisher-exact';
import { twoProportionTest } from '../../../statistics/tests/two-proportions';
import { asCategories, type CategorySample, type ColumnSample, type NumberSample, type Sides } from './column-sample';
import { type AskedMethod, isBeyond, methodRules, thresholdOf } from './drift-method';
import { type JudgedColumn, nullCounts, type Unjudged } from './judged-column';
import { type NumberMethod, numberMethods, numberScore } from './number-score';
import { judgeTexts } from './text-score';

/** Whole numbers of so few values are categories, where none is missing: with one missing pandas reads fractions. */
const mostWholeCategories = 10;
/** Up to so many values a column of numbers is judged value by value. */
const fewValues = 5;
/** Up to so many rows of the reference tests decide, beyond them distances. */
const smallReference = 1000;
/** Up to so many values of the reference numbers are not put into bins. */
const unbinned = 20;

/** `method` and `threshold` are null for the defaults. A side without values cannot be judged. */
export function judgeAsEvidently(
  sample: ColumnSample,
  options: AskedMethod & { alpha: number },
): JudgedColumn | Unjudged {
  const { method } = options;
  const { rows, nulls } = sample;
  if (rows.reference === nulls.reference || rows.current === nulls.current)
    return { reason: 'has no value on one side' };
  if (sample.is === 'texts') return withoutTest(judgeTexts(sample, options));
  const kind = kindOf(sample);
  const used = method !== null && methodRules[method].judges.includes(kind) ? method : defaultMethod(sample, kind);
  const rule = methodRules[used];
  const score = scoreOf(used, sample, kind);
  if (typeof score !== 'number') return score;
  const limit = thresholdOf(used, options, rule.threshold);
  return {
    column: sample.column,
    kind,
    method: used,
    score,
    isTest: rule.isTest,
    pValue: rule.isTest ? score : null,
    threshold: limit,
    noise: null,
    verdict: isBeyond(score, limit, rule) ? 'drift' : 'no drift',
    ...nullCounts(sample),
  };
}

function withoutTest(judged: JudgedColumn | Unjudged): JudgedColumn | Unjudged {
  return 'reason' in judged ? judged : { ...judged, pValue: null, noise: null };
}

/** By the current table, as Evidently's `infer_column_type`. */
function kindOf(sample: NumberSample | CategorySample): DriftKind {
  if (sample.is === 'categories') return 'categorical';
  const isWhole = sample.isWhole.current && sample.nulls.current === 0;
  return isWhole && distinctSorted(sample.current, mostWholeCategories + 1) <= mostWholeCategories
    ? 'categorical'
    : 'numerical';
}

function defaultMethod(sample: NumberSample | CategorySample, kind: DriftKind): DriftMethod {
  const isSmall = sample.rows.reference - sample.nulls.reference <= smallReference;
  const values = valuesOf(sample);
  if (kind === 'numerical' && values > fewValues) return isSmall ? 'ks' : 'wasserstein';
  if (!isSmall) return 'jensenshannon';
  return values > 2 ? 'chisquare' : 'z';
}

/** How many values both sides have together, counted just beyond `fewValues`. */
function valuesOf(sample: NumberSample | CategorySample): number {
  if (sample.is === 'categories') return sample.names.length;
  const { reference, current } = sample;
  const larger = Math.max(distinctSorted(reference, fewValues + 1), distinctSorted(current, fewValues + 1));
  return larger > fewValues ? larger : asCategories(sample).names.length;
}

function scoreOf(method: DriftMethod, sample: NumberSample | CategorySample, kind: DriftKind): number | Unjudged {
  if ((numberMethods as readonly DriftMethod[]).includes(method) && sample.is === 'numbers') {
    return numberScore(method as NumberMethod, sample, 'less');
  }
  if (kind === 'numerical' && sample.is === 'numbers') return numericalBins(method, sample);
  return categoryScore(method, sample.is === 'numbers' ? asCategories(sample) : sample);
}

/** Distances of numbers: over Sturges' bins of both sides, or value by value where the reference has few. */
function numericalBins(method: DriftMethod, sample: NumberSample): number | Unjudged {
  if (method === 'hellinger') {
    // Its rule counts the different values, not the rows.
    const edges = edgesOf(sample, asCategories(sample).names.length);
    return densityHellinger(...shared(binned(sample, edges)), edges);
  }
  if (distinctSorted(sample.reference, unbinned + 1) <= unbinned) return categoryScore(method, asCategories(sample));
  return shareScore(method, binned(sample, edgesOf(sample, sample.reference.length + sample.current.length)));
}

function edgesOf({ reference, current, isWhole }: NumberSample, count: number): Float64Array {
  return sturgesEdges({
    low: Math.min(reference[0] ?? 0, current[0] ?? 0),
    high: Math.max(reference.at(-1) ?? 0, current.at(-1) ?? 0),
    count,
    isWhole: isWhole.reference && isWhole.current,
  });
}

function binned({ reference, current }: NumberSample, edges: Float64Array): Sides<Float64Array> {
  return { reference: histogramOfSorted(reference, edges), current: histogramOfSorted(current, edges) };
}

function shared({ reference, current }: Sides<Float64Array>): [Float64Array, Float64Array] {
  return [sharesOf(reference), sharesOf(current)];
}

function shareScore(method: DriftMethod, counts: Sides<Float64Array>): number {
  if (method === 'jensenshannon') return jensenShannon(...shared(counts));
  const filled = [filledShares(counts.reference), filledShares(counts.current)] as const;
  return method === 'kl_div' ? kullbackLeibler(...filled) : psi(...filled);
}

function categoryScore(method: DriftMethod, counts: CategorySample): number | Unjudged {
  if (counts.isMixed && method === 'z')
    return { reason: 'holds numbers and texts, which Evidently cannot put in order' };
  const [n, m] = [total(counts.reference), total(counts.current)];
  // Its two-sample tests ask how often a row is not the first value.
  const others = {
    reference: { hits: n - (counts.reference[0] ?? 0), rows: n },
    current: { hits: m - (counts.current[0] ?? 0), rows: m },
  };
  if (method === 'hellinger') return hellinger(...shared(counts));
  if (method === 'chisquare') return expectationTest(counts, m / n).p;
  if (method === 'z') return twoProportionTest(others.reference, others.current);
  if (method === 'TVD') return permutedShare(counts, (a, b) => totalVariation(sharesOf(a), sharesOf(b)));
  if (method === 'g_test' && n !== m) return { reason: "needs as many rows on both sides for Evidently's g_test" };
  if (method === 'g_test') return expectationRatioTest(counts).p;
  if (method === 'fisher_exact') {
    if (n !== m || counts.names.length > 2) {
      return { reason: "needs two values and as many rows on both sides for Evidently's fisher_exact" };
    }
    return fisherExactP(others.reference, others.current);
  }
  return shareScore(method, counts);
}
