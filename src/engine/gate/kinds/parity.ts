// Whether the exported model says what the framework said that it was trained in.
import { basename } from 'node:path';
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import type { ModelRows } from '../../../lifecycle/runs/comparison/predictions/model-rows';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { countText } from '../../../protocol/wording';
import { isNone } from '../given';
import { JudgedHoldout } from '../judged-holdout';
import type { GateAsked } from './asked';
import { placeBelow } from './place-below';

/** The rows whose predictions differ by more than atol + rtol · |theirs|, paired by id: none may. */
export async function parityFinding({ given, tables }: GateAsked, rule: RuleOf<'parity'>): Promise<Finding> {
  const about = 'rows that differ from the training framework';
  const table = await given.table(rule.dataset ?? null);
  if (isNone(table)) return missing(rule, about, table.none);
  const theirs = theirFile(given, rule);
  const isOfRun = rule.path === undefined && given.candidate.version === null;
  if (theirs === undefined) return missing(rule, about, absent(rule), isOfRun);
  const judged = await JudgedHoldout.read(
    { candidate: await tables.file(table), other: { path: theirs, name: basename(theirs) } },
    { metrics: [], columns: [], needsTruth: false },
  );
  const { candidate, other, rows } = judged.rows();
  const columns = pairsOf(candidate, other);
  if (columns.length === 0) {
    const what = 'The model and the framework told nothing in common: labels of one, scores of the other.';
    return { ...plainFinding, about, verdict: 'error', why: what };
  }
  const { differing, farthest } = compared(columns, rule);
  const { unpaired } = judged;
  const alone =
    unpaired === 0 ? '' : ` ${countText(unpaired, 'row is', 'rows are')} not in both, or without an answer.`;
  const why = `${differing} of ${rows} rows differ; the farthest by ${farthest.toPrecision(3)}.${alone}`;
  const actual = differing + unpaired;
  return { ...plainFinding, about, limit: { op: '<=', value: 0 }, actual, n: rows + unpaired, unit: 'rows', why };
}

/** What the rule names, else what the run of the version kept. */
function theirFile({ base, framework }: GateAsked['given'], { path }: RuleOf<'parity'>): string | undefined {
  return path === undefined ? (framework ?? undefined) : placeBelow(base, path);
}

function absent({ path }: RuleOf<'parity'>): string {
  if (path !== undefined) return `There is no file ${path} in the folder of slipway.yaml or below.`;
  return 'Name the file of the framework’s predictions with path, or let the run of the version keep them as predictions.parquet, .csv or .jsonl.';
}

interface Tolerance {
  rtol: number;
  atol: number;
}

type Columns = [ArrayLike<number>, ArrayLike<number>][];

function compared(columns: Columns, tolerance: Tolerance): { differing: number; farthest: number } {
  const rows = columns[0]?.[0].length ?? 0;
  let [differing, farthest] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    let isFar = false;
    for (const [mine, other] of columns) {
      const [value, wanted] = [mine[row] ?? Number.NaN, other[row] ?? Number.NaN];
      const distance = Math.abs(value - wanted);
      farthest = Math.max(farthest, Number.isNaN(distance) ? 0 : distance);
      isFar ||= !(distance <= tolerance.atol + tolerance.rtol * Math.abs(wanted));
    }
    if (isFar) differing += 1;
  }
  return { differing, farthest };
}

/** Numbers of both: what was predicted; of classes the labels by their places, and the scores that both have. */
function pairsOf(own: ModelRows, theirs: ModelRows): Columns {
  if (own.kind === 'numbers' || theirs.kind === 'numbers') {
    return own.kind === theirs.kind
      ? [[own.rows.predicted as Float64Array, theirs.rows.predicted as Float64Array]]
      : [];
  }
  const scores = (own.rows.scores ?? []).flatMap((score, place): [ArrayLike<number>, ArrayLike<number>][] => {
    const other = theirs.rows.scores?.[place];
    return score === undefined || other === undefined ? [] : [[score, other]];
  });
  // Labels that were read off scores say no more than these, and differ where a score lies at one half.
  const areRead = scores.length > 0 && (own.fromScores || theirs.fromScores);
  const [mine, other] = areRead ? [] : [own.rows.predicted, theirs.rows.predicted];
  return mine && other ? [[mine, other], ...scores] : scores;
}
