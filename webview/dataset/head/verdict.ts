// May I train on this? One verdict over contract and drift, in a sentence that could be pasted into a review.
import { listText } from '../../../src/protocol/comparison/comparison-words';
import type { CheckCounts, CheckReport, CheckResult } from '../../../src/protocol/datasets/contract/check';
import type { Drift, SkippedColumn } from '../../../src/protocol/datasets/drift';
import { type ColumnWeights, weightShares } from '../../../src/protocol/datasets/panel/column-weights';
import { isUntold } from '../../../src/protocol/datasets/state-words';
import { countText } from '../../../src/protocol/wording';
import { inOrder } from '../drift/drift-order';

/** `fit`, `caution` and `unfit` are decided; `unknown` is not, and never looks like a pass. */
export interface DatasetVerdict {
  kind: 'fit' | 'caution' | 'unfit' | 'unknown';
  sentence: string;
  /** What supports it; '' when there is nothing to add. */
  support: string;
}

/** What is known of a version. */
export interface VerdictFacts {
  report: CheckReport | null;
  /** False for a dataset without a contract. */
  hasContract: boolean;
  drift: Drift | null;
  /** What the drift was measured against; null where there is nothing. */
  reference: string | null;
  isReference: boolean;
  /** What slipway.yaml says each column counts in the model. */
  weights?: ColumnWeights;
}

const mostNamed = 3;

/**
 * A failing contract makes a version unfit whatever else holds. Drift alone does not: that the world has moved may be why
 * somebody trains.
 */
export function datasetVerdict(facts: VerdictFacts): DatasetVerdict {
  const { report, drift, reference } = facts;
  const bad = report === null ? 0 : report.counts.fail + report.counts.error;
  const drifted = drift?.dataset.drifted ?? 0;
  const support = [...checkSupport(report), ...driftSupport(drift, facts.weights ?? {})].slice(0, 3).join(' ');
  const moved = driftWords(facts);
  if (bad > 0) {
    const checks = `${countText(bad, 'contract check')} ${bad === 1 ? 'fails' : 'fail'}`;
    return { kind: 'unfit', sentence: `Not fit for training: ${[checks, moved].filter(Boolean).join('; ')}`, support };
  }
  const contract = report === null ? notChecked(facts) : kept(report.counts);
  const sentence = capital([contract, moved].filter(Boolean).join('; '));
  if (drifted > 0 || (report?.counts.warning ?? 0) > 0) return { kind: 'caution', sentence, support };
  const isMeasured = reference === null || (drift !== null && !isUntold(drift));
  const isChecked = report !== null && report.counts.notChecked === 0;
  return { kind: isMeasured && isChecked ? 'fit' : 'unknown', sentence, support };
}

/** Of a contract none of whose checks fails. */
function kept({ warning, notChecked: left, pass }: CheckCounts): string {
  const warned = warning > 0 ? `passes its contract with ${countText(warning, 'warning')}` : 'passes its contract';
  if (left === 0) return warned;
  const open = `${left} of ${countText(left + pass + warning, 'check')} not checked`;
  return pass + warning === 0 ? open : `${warned}, ${open}`;
}

function notChecked({ hasContract }: VerdictFacts): string {
  return hasContract ? 'not checked yet' : 'no contract says what it must hold';
}

/** `8 of 14 columns drifted from 2013-03`; '' where it was not measured. */
function driftWords({ drift, reference, isReference }: VerdictFacts): string {
  if (isReference) return 'drift is measured against it';
  if (reference === null) return '';
  if (drift === null) return 'drift not measured yet';
  const { drifted, columns } = drift.dataset;
  const from = ` from ${reference}`;
  if (drifted > 0) return `${drifted} of ${countText(columns, 'column')} drifted${from}`;
  const small = drift.columns.filter(({ verdict }) => verdict === 'too small to tell').length;
  const lost = drift.skipped.filter(({ isLost }) => isLost);
  if (lost.length > 0) return `cannot tell whether it drifted${from}: ${lostWords(lost)}`;
  if (small === columns && columns > 0) return `too small to tell whether it drifted${from}`;
  return small > 0 ? `no drift${from} in ${columns - small} of ${columns} columns` : `no drift${from}`;
}

/** `arr_delay is not in the current table`, `3 columns cannot be compared`. */
function lostWords(lost: readonly SkippedColumn[]): string {
  const [only] = lost;
  return lost.length === 1 && only !== undefined
    ? `${only.column} ${only.reason}`
    : `${countText(lost.length, 'column')} cannot be compared`;
}

/** The first of what fails, else of what warns. */
function checkSupport(report: CheckReport | null): string[] {
  if (report === null) return [];
  const bad = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  const warned = report.checks.filter(({ verdict }) => verdict === 'warning');
  const [first] = bad.length > 0 ? bad : warned;
  return first === undefined ? [] : [checkSentence(first)];
}

function checkSentence({ title, columns, found, expected, note, verdict }: CheckResult): string {
  const about =
    columns.length === 0 ? title : `${columns.join(', ')}, ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  if (verdict === 'error') return `${about}: ${note ?? 'cannot be run.'}`;
  return `${about}: ${found} found, ${expected} expected.`;
}

function driftSupport(drift: Drift | null, weights: ColumnWeights): string[] {
  if (drift === null) return [];
  const ordered = inOrder(drift.columns, weights);
  const shares = weightShares(drift.columns, weights);
  const named = (verdict: 'drift' | 'too small to tell'): string[] =>
    ordered.filter((column) => column.verdict === verdict).map(({ column }) => column);
  const [moved, small] = [named('drift'), named('too small to tell')];
  const weighed = moved.filter((column) => (shares.get(column) ?? 0) > 0);
  const unsure =
    small.length === 0 || small.length === drift.columns.length
      ? []
      : [`${listed(small)} ${small.length === 1 ? 'is' : 'are'} too small to tell.`];
  const lost = drift.skipped.filter(({ isLost }) => isLost);
  const gone = lost.length > 0 && (moved.length > 0 || lost.length > 1) ? [`${lostSupport(lost)}.`] : [];
  return [...leading(moved, weighed), ...gone, ...unsure];
}

/** Of what drifted, what counts most in the model where that is known, else what moved furthest. */
function leading(moved: readonly string[], weighed: readonly string[]): string[] {
  if (moved.length === 0) return [];
  const named = (weighed.length > 0 ? weighed : moved).slice(0, mostNamed);
  if (weighed.length > 0 && moved.length > 1) {
    return [`Of what drifted, ${listText(named)} ${named.length === 1 ? 'counts' : 'count'} most in the model.`];
  }
  return [`${listText(named)} moved furthest beyond ${moved.length === 1 ? 'its threshold' : 'their thresholds'}.`];
}

function lostSupport(lost: readonly SkippedColumn[]): string {
  return lost.length === 1
    ? lostWords(lost)
    : `${listed(lost.map(({ column }) => column))} are gone or of another kind`;
}

function listed(names: readonly string[]): string {
  const left = names.length - mostNamed;
  return left > 1 ? listText([...names.slice(0, mostNamed), `${left} more`]) : listText(names);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
