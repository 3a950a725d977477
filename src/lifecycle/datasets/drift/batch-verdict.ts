// What the columns of a batch say together.
import type {
  DatasetDrift,
  Drift,
  DriftColumn,
  DriftMethod,
  DriftPreset,
  DriftVerdict,
  SkippedColumn,
} from '../../../protocol/datasets/drift';
import { textMethod } from '../../../protocol/datasets/drift';
import { toWire } from '../../../protocol/number';
import { benjaminiHochberg } from '../../../statistics/tests/benjamini-hochberg';
import { isBeyond, type MethodRule, methodRules } from './drift-method';
import type { JudgedColumn } from './judged-column';

/** Evidently calls a dataset drifted from this share of its columns on. */
const evidentlyShare = 0.5;

/** The judgement of all columns. */
export function judgeBatch(
  judged: readonly JudgedColumn[],
  skipped: SkippedColumn[],
  { preset, alpha }: { preset: DriftPreset; alpha: number },
): Drift {
  const columns = preset === 'evidently' ? judged.map(asTold) : corrected(judged, alpha);
  return { preset, alpha, columns, skipped, dataset: datasetDrift(columns, skipped, preset) };
}

function asTold(column: JudgedColumn): DriftColumn {
  return { ...column, score: toWire(column.score), pAdjusted: null };
}

/** Each column tested beside the others: of the columns called drifted a share of at most `alpha` is, on average, not. */
function corrected(judged: readonly JudgedColumn[], alpha: number): DriftColumn[] {
  const adjusted = benjaminiHochberg(judged.map(({ pValue }) => pValue ?? Number.NaN));
  return judged.map((column, index) => {
    const pAdjusted = adjusted[index] ?? Number.NaN;
    const verdict = verdictOf(column, pAdjusted, alpha);
    return { ...column, score: toWire(column.score), pAdjusted: Number.isNaN(pAdjusted) ? null : pAdjusted, verdict };
  });
}

/**
 * Of a distance: drift where it reaches the threshold, is beyond the noise and its test stands beside the others. Else too
 * small to tell where that much would not have been seen, or was seen and may be chance. Of a test: drift where p, beside
 * the others, is small enough.
 */
function verdictOf(column: JudgedColumn, pAdjusted: number, alpha: number): DriftVerdict {
  const { score, threshold, noise } = column;
  const rule = ruleOf(column.method);
  if (Number.isNaN(score)) return 'too small to tell';
  if (rule.isTest) return isBeyond(pAdjusted, threshold, rule) ? 'drift' : 'no drift';
  const reaches = isBeyond(score, threshold, rule);
  if (reaches && score > (noise ?? 0) && pAdjusted <= alpha) return 'drift';
  return reaches || (noise ?? 0) >= threshold ? 'too small to tell' : 'no drift';
}

function ruleOf(method: string): MethodRule {
  if (method === textMethod) return { threshold: 0, judges: ['text'], isTest: false, limit: 'no drift' };
  return methodRules[method as DriftMethod];
}

/**
 * Evidently's dataset drifts with half of its columns. Ours does with one: each verdict has been corrected for the others
 * and is beyond noise and threshold, so that one column is news. A column of the reference that is gone, or holds values of
 * another kind, may have drifted as far as can be: of such a table ours does not say that there is none. Evidently has no word
 * for it.
 */
function datasetDrift(
  columns: readonly DriftColumn[],
  skipped: readonly SkippedColumn[],
  preset: DriftPreset,
): DatasetDrift {
  const drifted = columns.filter(({ verdict }) => verdict === 'drift').length;
  const share = columns.length === 0 ? 0 : drifted / columns.length;
  const isDrift = preset === 'evidently' ? share >= evidentlyShare : drifted > 0;
  const isLost = preset === 'slipway' && skipped.some((column) => column.isLost);
  const isUntold = isLost || columns.some(({ verdict }) => verdict === 'too small to tell');
  return {
    drifted,
    columns: columns.length,
    share,
    verdict: isDrift ? 'drift' : isUntold ? 'too small to tell' : 'no drift',
  };
}
