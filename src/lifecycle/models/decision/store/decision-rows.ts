// The model_decisions table: which version went where, and on what ground.
import { newRunId } from '../../../../base/ids';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { AuditRow } from '../../../../workspace/audit/audit-chain';
import { detailIn, isSound } from '../../../../workspace/audit/audit-records';
import type { Door } from '../warrant';
import { addRecorded, isRecorded, lostRecords, type RecordedRow } from './recorded-rows';
import type { NamedVersion, RecordedTo } from './word-rows';

/** A decision. `target`: `production`, another stage, or an alias. `before`: the version that was in production, with the digest of its files. */
export interface Decision {
  move: 'promoted' | 'rolled back' | 'withdrawn';
  target: string;
  before: { version: number; files: string | null } | null;
  digest: string;
  files: string;
  report: string | null;
  reason: string;
}

/** A decision as it is kept. */
export interface KeptDecision extends Decision {
  id: string;
  model: number;
  version: number;
  time: number;
  actor: string;
  seq: number;
}

/** Keeps a decision; `more` goes to the audit log only. Returns its id. */
export function addDecision(
  to: RecordedTo,
  of: NamedVersion,
  said: { decision: Decision; actor: string; door: Door; time: number; more: Record<string, unknown> },
): string {
  const { decision, actor, door, time, more } = said;
  const { move, target, before, digest, files, report, reason } = decision;
  const id = newRunId();
  const row = {
    ...{ decision: id, model: of.model, version: of.version, time, actor, door, move, target, digest, files, report },
    ...{ before: before?.version ?? null, before_files: before?.files ?? null, reason },
  };
  const detail = { decision: id, door, target, before: row.before, digest, files, report, reason, ...more };
  const entry = { actor, action: `version ${move}`, subject: of.subject, detail };
  addRecorded(to, { table: 'model_decisions', row }, { entry, time });
  return id;
}

/** Decisions over a model that the audit log knows, the newest first. */
export function decisionsOf(database: Database, model: number): KeptDecision[] {
  const sql = 'SELECT * FROM model_decisions WHERE model = ? ORDER BY audit DESC';
  const rows = prepared<[number], RecordedRow & { audit: number }>(database, sql).all(model);
  const kept = rows
    .filter((row) => isRecorded(database, 'model_decisions', row))
    .map(
      (row): KeptDecision => ({
        id: String(row.decision),
        model,
        version: Number(row.version),
        time: Number(row.time),
        actor: String(row.actor),
        move: row.move as Decision['move'],
        target: String(row.target),
        before: row.before === null ? null : { version: Number(row.before), files: row.before_files as string | null },
        digest: String(row.digest),
        files: String(row.files),
        report: row.report as string | null,
        reason: String(row.reason),
        seq: row.audit,
      }),
    );
  const known = new Set(kept.map(({ seq }) => seq));
  const lost = lostRecords(database, 'model_decisions', { known, of: { model } }).filter(isSound);
  if (lost.length === 0) return kept;
  return [...kept, ...lost.map((record) => decisionIn(record, model))].sort((a, b) => b.seq - a.seq);
}

/** A decision as its record has it, of which the row was taken away or changed past the engine. */
function decisionIn(record: AuditRow, model: number): KeptDecision {
  const said = detailIn(record) as Partial<Decision> & { before?: number; decision?: string };
  const { target, before, digest, files, report, reason } = said;
  return {
    id: said.decision ?? '',
    ...{ model, version: Number(record.subject.split('@').at(-1)), time: record.time, actor: record.actor },
    ...{ seq: record.seq, move: record.action.replace('version ', '') as Decision['move'], target: target ?? '' },
    before: before == null ? null : { version: before, files: null },
    ...{ digest: digest ?? '', files: files ?? '', report: report ?? null, reason: reason ?? '' },
  };
}

/** The record of the last decision by which a version left production; 0 where it never did. What was said before is over. */
export function lastLeft(decisions: readonly KeptDecision[], version: number): number {
  const left = decisions.find(({ target, move, before, ...each }) => {
    if (target !== 'production') return false;
    return move === 'withdrawn' ? each.version === version : before?.version === version && each.version !== version;
  });
  return left?.seq ?? 0;
}

/** The record of the last decision that said a version was not good: it was rolled back, or withdrawn; 0 for none. */
function lastDoubted(decisions: readonly KeptDecision[], version: number): number {
  const doubted = decisions.find(({ target, move, before, ...each }) => {
    if (target !== 'production') return false;
    return (
      (move === 'withdrawn' && each.version === version) || (move === 'rolled back' && before?.version === version)
    );
  });
  return doubted?.seq ?? 0;
}

/**
 * Versions that were in production before, the newest first, each with the digest its files had then; without the one that is
 * there now and those that were rolled back or withdrawn since. `settled`: those that were there when the rules came.
 */
export function goodVersions(
  decisions: readonly KeptDecision[],
  { now, settled }: { now: number | undefined; settled: ReadonlySet<number> },
): { version: number; files: string }[] {
  const found = new Map<number, string>();
  const consider = (version: number, files: string | null, seq: number): void => {
    if (
      version === now ||
      files === null ||
      files === '' ||
      found.has(version) ||
      lastDoubted(decisions, version) > seq
    )
      return;
    found.set(version, files);
  };
  for (const { version, files, before, seq, target, move } of decisions) {
    if (target !== 'production' || move === 'withdrawn') continue;
    consider(version, files, seq);
    // No decision put it there, and nothing else could, but what was there before there were rules.
    if (before !== null && move !== 'rolled back' && settled.has(before.version))
      consider(before.version, before.files, seq);
  }
  return [...found].map(([version, files]) => ({ version, files }));
}
