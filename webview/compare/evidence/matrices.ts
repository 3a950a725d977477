// Confusion matrices as they are shown: as the models predicted, or at one threshold for both.
import type { ClassEvidence } from '../../../src/protocol/comparison/evidence/prediction-evidence';

/** Both matrices, a row for each true class, and where their labels come from in words. */
export interface ShownMatrices {
  classes: readonly string[];
  baseline: readonly number[];
  candidate: readonly number[];
  from: string;
  /** Rows whose class is not the true one. */
  errors: { baseline: number; candidate: number };
  /** The last class stands for several: what is on its diagonal may be right or not. */
  isLastPooled: boolean;
}

/** Null where the models predicted no labels and there is no threshold to read them off. */
export function shownMatrices(evidence: ClassEvidence, threshold: number | null): ShownMatrices | null {
  const { thresholds, matrices, classes } = evidence;
  if (threshold !== null && thresholds !== null) {
    const place = nearestPlace(thresholds.thresholds, threshold);
    const at = ({ hits, alarms }: { hits: number[]; alarms: number[] }): number[] => {
      const [hit, alarm] = [hits[place] ?? 0, alarms[place] ?? 0];
      return [thresholds.negatives - alarm, alarm, thresholds.positives - hit, hit];
    };
    const from = `${nameOf(evidence.positive)} from score ${thresholdText(thresholds.thresholds[place] ?? 0)} on`;
    const [baseline, candidate] = [at(thresholds.baseline), at(thresholds.candidate)];
    const errors = { baseline: errorsOf(baseline), candidate: errorsOf(candidate) };
    return { classes, baseline, candidate, from, errors, isLastPooled: false };
  }
  if (matrices === null) return null;
  const pooled = matrices.pooled === 0 ? [] : [`${matrices.pooled} rarer`];
  const { baseline, candidate, errors } = matrices;
  const from = fromText(matrices.from, classes);
  return {
    classes: [...matrices.classes, ...pooled],
    baseline,
    candidate,
    from,
    errors,
    isLastPooled: pooled.length > 0,
  };
}

function fromText(
  { baseline, candidate }: NonNullable<ClassEvidence['matrices']>['from'],
  classes: readonly string[],
): string {
  const read = classes.length === 2 ? 'score from 0.5 on' : 'the highest score';
  const word = (source: 'y_pred' | 'score'): string => (source === 'y_pred' ? 'y_pred' : read);
  return baseline === candidate ? word(baseline) : `${word(baseline)} and ${word(candidate)}`;
}

/** The place of the threshold nearest to the one wished for. */
export function nearestPlace(thresholds: readonly number[], wished: number): number {
  let best = 0;
  for (const [place, each] of thresholds.entries()) {
    if (Math.abs(each - wished) < Math.abs((thresholds[best] ?? 0) - wished)) best = place;
  }
  return best;
}

/** A threshold: three decimals of chances. */
export function thresholdText(value: number): string {
  return (Math.abs(value) < 10 ? value.toFixed(3) : value.toFixed(1)).replace('-', '−');
}

/** A class by the name that people gave it. */
export function nameOf(label: string): string {
  return label === '' ? '(none)' : label;
}

/** Of two classes: both kinds of error. */
function errorsOf([, alarms = 0, misses = 0]: readonly number[]): number {
  return alarms + misses;
}
