// The words and looks of drift: shape of the icon first, then the word, colour last.
import { chanceText } from '../../../src/protocol/comparison/comparison-words';
import type { DriftColumn, DriftColumnDetail, DriftNumbers, DriftVerdict } from '../../../src/protocol/datasets/drift';
import { fromWire, type WireNumber } from '../../../src/protocol/number';
import type { IconName } from '../../kit/icon';

/** How a verdict looks. */
export const driftLook: Readonly<Record<DriftVerdict, { icon: IconName; tone: string; word: string }>> = {
  drift: { icon: 'failed', tone: 'worse', word: 'Drift' },
  'too small to tell': { icon: 'unknown', tone: 'quiet', word: 'Too small to tell' },
  'no drift': { icon: 'finished', tone: 'better', word: 'No drift' },
};

const methodNames: Readonly<Record<string, string>> = {
  psi: 'PSI',
  ks: 'Kolmogorov–Smirnov',
  chisquare: 'chi-square',
  jensenshannon: 'Jensen–Shannon',
  wasserstein: 'Wasserstein',
  kl_div: 'Kullback–Leibler',
  hellinger: 'Hellinger',
  z: 'z test',
  t_test: 't test',
  mannw: 'Mann–Whitney',
  es: 'Epps–Singleton',
  anderson: 'Anderson–Darling',
  cramer_von_mises: 'Cramér–von Mises',
  ed: 'energy distance',
  fisher_exact: 'Fisher’s exact',
  g_test: 'G test',
  empirical_mmd: 'MMD',
};

/** A method by the name that people know it by. */
export function methodName(method: string): string {
  return methodNames[method] ?? method;
}

/** How far a column moved with three decimals, `< .001` for less than shows, a test's p as p. */
export function scoreText({ score, isTest }: Pick<DriftColumn, 'score' | 'isTest'>): string {
  const value = fromWire(score);
  if (isTest) return Number.isFinite(value) ? `p ${chanceText(value)}` : '–';
  return measureText(value);
}

/** The same for a bare number. */
export function measureText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : '∞';
  if (value === 0) return '0';
  return value < 0.0005 ? '< .001' : value.toFixed(3);
}

/** p after the correction for many columns; `–` where the method has none. */
export function adjustedText(p: number | null): string {
  return p === null ? '–' : chanceText(p);
}

/** The finding of a column in one sentence, for who cannot see its bar. */
export function columnFinding(column: DriftColumn): string {
  const { noise, threshold, verdict, method } = column;
  const band = noise === null ? '' : `, noise at this size ${measureText(noise)}`;
  return `${column.column}: ${driftLook[verdict].word.toLowerCase()}. ${methodName(method)} ${scoreText(column)}${band}, threshold ${threshold}`;
}

/** `no value 10 % → 21 %, ` before what else is said of a column; empty where every row has one. */
export function missingText({ reference, current }: DriftColumnDetail['missing']): string {
  return reference + current === 0 ? '' : `no value ${shareText(reference)} → ${shareText(current)}, `;
}

/** `median −2 → +5, 95th percentile 91 → 157`. */
export function quantileText({ quantiles: { reference, current } }: DriftNumbers): string {
  const pair = (from: number, to: number): string => `${placeText(from)} → ${placeText(to)}`;
  return `median ${pair(reference.p50, current.p50)}, 95th percentile ${pair(reference.p95, current.p95)}`;
}

/** A value of a column with four digits at most, and a real minus sign. */
export function placeText(value: WireNumber): string {
  const number = fromWire(value);
  if (!Number.isFinite(number)) return String(value);
  const size = Math.abs(number);
  const text =
    size !== 0 && (size < 0.001 || size >= 1e7)
      ? number.toExponential(2)
      : number.toLocaleString('en-US', { maximumSignificantDigits: size >= 1000 ? 7 : 4, maximumFractionDigits: 4 });
  return text.replaceAll('-', '−');
}

/** A share of rows: whole per cents, one decimal below ten. */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent !== 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}
