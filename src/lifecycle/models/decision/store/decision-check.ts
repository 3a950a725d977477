// Whether what was decided is what stands: rows that the audit log does not know, and versions where no decision put them.
// Reads all of it, so it is for a reader thread.
import type { Database } from '../../../../platform/sqlite/database';
import type { AuditProblem } from '../../../../protocol/audit/audit';
import { isProductionWord, isProtected } from '../../../../protocol/models/protection';
import { decisionsOf, type KeptDecision } from './decision-rows';
import { movedPast } from './moved-past';
import { lostRecords, type RecordedRow, recordedTables, recordStanding } from './recorded-rows';
import { gatedNames, rulesState, standingBefore } from './rules-log';

const words: Readonly<Record<(typeof recordedTables)[number], string>> = {
  gate_reports: 'A report of a gate',
  version_approvals: 'An approval',
  rules_approvals: 'An approval of rules',
  rule_waivers: 'A waiver',
  model_decisions: 'A decision',
};

/** One sentence for each thing that is not as it was decided. */
export function decisionProblems(database: Database): AuditProblem[] {
  const found = [
    ...strangeRows(database),
    ...gatedNames(database).flatMap((name) => problemsOfName(database, name)),
    ...movedPast(database),
  ];
  return found.map((message) => ({ seq: null, message }));
}

function strangeRows(database: Database): string[] {
  return recordedTables.flatMap((table) => {
    const rows = database.prepare<[], RecordedRow & { audit: number }>(`SELECT * FROM ${table} ORDER BY audit`).all();
    const known = new Set<number>();
    const strange = rows.filter((row) => {
      if (recordStanding(database, table, row) === 'none') return true;
      known.add(row.audit);
      return false;
    });
    const lost = lostRecords(database, table, { known, of: null });
    return [
      ...strange.map(
        (row) =>
          `${words[table]} ${byWhom(row)} has no record in the log: it was written past Slipway, and counts for nothing.`,
      ),
      ...lost.map(
        ({ seq, action, subject, actor }) =>
          `Record ${seq} (${action}, ${subject}, ${actor}) has no row any more, or another one: it was taken away past Slipway.`,
      ),
    ];
  });
}

function byWhom({ person, actor, time }: RecordedRow): string {
  const when = new Date(Number(time));
  const day = Number.isNaN(when.getTime()) ? '' : ` on ${when.toISOString().slice(0, 10)}`;
  return `by ${String(person ?? actor)}${day}`;
}

interface Holder {
  model: number;
  version: number;
  word: string;
}

function problemsOfName(database: Database, name: string): string[] {
  const state = rulesState(database, name);
  if (state?.accepted == null) return [`The rules that were accepted for ${name} are not in the log any more.`];
  const { protects } = state.accepted.definition;
  const holders = database
    .prepare<[string, string], Holder>(
      `SELECT v.model, v.version, lower(v.stage) AS word FROM model_versions v JOIN registered_models m USING (model)
       WHERE m.name = ? AND m.deleted_time IS NULL AND v.deleted_time IS NULL AND v.stage <> 'None'
       UNION ALL SELECT a.model, a.version, '@' || a.alias FROM model_aliases a JOIN registered_models m USING (model)
       WHERE m.name = ? AND m.deleted_time IS NULL`,
    )
    .all(name, name)
    .filter(({ word }) => isProtected(protects, word.replace('@', '')));
  const before = standingBefore(database, name);
  const [first] = holders;
  const decisions = first === undefined ? [] : decisionsOf(database, first.model);
  return holders
    .filter((holder) => !isDecidedFor(holder, decisions, before))
    .map(({ version, word }) => `${name}@${version} is ${word}, and no decision put it there.`);
}

/** The last word over a place decides; what stood there when the rules came stays until then. */
function isDecidedFor(
  { version, word }: Holder,
  decisions: readonly KeptDecision[],
  before: ReadonlySet<string>,
): boolean {
  const place = word.replace('@', '');
  const target = isProductionWord(place) ? 'production' : place;
  const isShared = !word.startsWith('@') && target !== 'production';
  const last = decisions.find((each) => each.target === target && (!isShared || each.version === version));
  if (last === undefined) return before.has(`${place}@${version}`);
  return last.version === version && last.move !== 'withdrawn';
}
