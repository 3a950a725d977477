// What a rule is measured with.
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import type { GateRule } from '../../../protocol/models/gate/gate-rule';
import { countText } from '../../../protocol/wording';
import { type GateGiven, type GateModel, isNone } from '../given';
import type { JudgedHoldout, JudgedRows } from '../judged-holdout';
import type { GateTerms, PredictedTables } from '../predicted-tables';

/** One evaluation under way. */
export interface GateAsked {
  given: GateGiven;
  pool: ModelPool;
  tables: PredictedTables;
  terms: GateTerms;
}

/** Of a metric that is NaN. */
export const noValue = {
  verdict: 'inconclusive',
  why: 'It has no value here, as where all rows are of one class.',
} as const;

/** A rule that is judged on rows. */
interface RowRule {
  dataset?: string | undefined;
  slice?: { where: string; min_n: number } | undefined;
  cluster?: string | undefined;
}

/** What a rule is judged on, or the finding where it cannot be. `isSame`: the other is the candidate itself. */
export type Holdout = { judged: JudgedHoldout; other: GateModel | null; isSame: boolean } | { finding: Finding };

/** Predictions for a rule; `against` null for the candidate alone. */
export async function holdoutFor(
  { given, tables }: GateAsked,
  rule: GateRule & RowRule & { metric: string },
  against: string | null,
): Promise<Holdout> {
  const table = await given.table(rule.dataset ?? null);
  if (isNone(table)) return { finding: missing(rule, '', table.none) };
  const other = against === null ? null : await given.other(against);
  if (other !== null && isNone(other)) {
    return { finding: missing(rule, '', other.none, 'isFirst' in other && other.isFirst) };
  }
  await tables.require(table, rule);
  const judged = await tables.holdout(table, other, rule.metric);
  if (other !== null && judged.unansweredOther > 0) {
    const rows = countText(judged.unansweredOther, 'row');
    const note = `${other.name} says nothing, or NaN, of ${rows} of ${table.name}: it is compared on the others.`;
    if (!given.notes.includes(note)) given.notes.push(note);
  }
  const finding = silentFinding(judged);
  if (finding !== null) return { finding };
  return { judged, other, isSame: other !== null && (await tables.isCandidate(other, table)) };
}

/** A model that says nothing of the rows that are hard would be judged by those that are easy. */
export function silentFinding(judged: JudgedHoldout): Finding | null {
  const { unanswered } = judged;
  if (unanswered === 0) return null;
  const why = `The model says nothing, or NaN, of ${countText(unanswered, 'row')} whose truth is known: it cannot be judged by the others alone.`;
  return { ...plainFinding, verdict: 'fail', n: unanswered, unit: 'rows', why };
}

/** The rows that a rule counts, or the finding where they are too few. */
export function rowsFor(
  { tables }: GateAsked,
  rule: GateRule & RowRule,
  judged: JudgedHoldout,
): JudgedRows | { finding: Finding } {
  const { slice, cluster = null } = rule;
  if (slice === undefined) return judged.rows(undefined, cluster);
  const places = judged.where(tables.columnOf(slice.where));
  if (places.length >= slice.min_n) return judged.rows(places, cluster);
  return {
    finding: missing(rule, '', `${slice.where}: ${places.length} rows, fewer than the ${slice.min_n} of min_n.`),
  };
}
