// Whether the exported model says what the framework said that it was trained in.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import type { ModelRows } from '../../../lifecycle/runs/comparison/predictions/model-rows';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { countText } from '../../../protocol/wording';
import { isNone } from '../given';
import { JudgedHoldout } from '../judged-holdout';
import type { GateAsked } from './asked';

/** The rows whose predictions differ by more than atol + rtol · |theirs|, paired by id: none may. */
export async function parityFinding({ given, tables }: GateAsked, rule: RuleOf<'parity'>): Promise<Finding> {
  const about = 'rows that differ from the training framework';
  const table = await given.table(rule.dataset ?? null);
  if (isNone(table)) return missing(rule, about, table.none);
  if (rule.path === undefined) return missing(rule, about, 'Name the file of the framework’s predictions with path.');
  const theirs = resolve(given.base, rule.path);
  if (relative(given.base, theirs).startsWith('..') || !existsSync(theirs)) {
    return missing(rule, about, `There is no file ${rule.path} beside slipway.yaml.`);
  }
  const judged = await JudgedHoldout.read({ candidate: await tables.file(table), other: theirs }, []);
  const { candidate, other, rows } = judged.rows();
  const { differing, farthest } = compared(candidate, other, rule);
  const { unpaired } = judged;
  const alone =
    unpaired === 0 ? '' : ` ${countText(unpaired, 'row is', 'rows are')} not in both, or without an answer.`;
  const why = `${differing} of ${rows} rows differ; the farthest by ${farthest.toPrecision(3)}.${alone}`;
  const actual = differing + unpaired;
  return { ...plainFinding, about, limit: { op: '<=', value: 0 }, actual, n: rows + unpaired, unit: 'rows', why };
}

interface Tolerance {
  rtol: number;
  atol: number;
}

function compared(own: ModelRows, theirs: ModelRows, tolerance: Tolerance): { differing: number; farthest: number } {
  const columns = pairsOf(own, theirs);
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
function pairsOf(own: ModelRows, theirs: ModelRows): [ArrayLike<number>, ArrayLike<number>][] {
  if (own.kind === 'numbers' || theirs.kind === 'numbers') {
    return own.kind === theirs.kind
      ? [[own.rows.predicted as Float64Array, theirs.rows.predicted as Float64Array]]
      : [];
  }
  const labels: [ArrayLike<number>, ArrayLike<number>][] =
    own.rows.predicted && theirs.rows.predicted ? [[own.rows.predicted, theirs.rows.predicted]] : [];
  const scores = (own.rows.scores ?? []).flatMap((score, place): [ArrayLike<number>, ArrayLike<number>][] => {
    const other = theirs.rows.scores?.[place];
    return score === undefined || other === undefined ? [] : [[score, other]];
  });
  return [...labels, ...scores];
}
