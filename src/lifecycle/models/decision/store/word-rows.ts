// What people said: approvals of versions and of rules, and waivers.
import { newRunId } from '../../../../base/ids';
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { AuditLog } from '../../../../workspace/audit/audit-log';
import { detailIn, isSound } from '../../../../workspace/audit/audit-records';
import type { KeptWord } from '../approval';
import type { Door } from '../warrant';
import {
  addRecorded,
  isRecorded,
  lostRecords,
  type RecordedRow,
  type RecordedTable,
  type RecordStanding,
  recordStanding,
} from './recorded-rows';

/** Where rows and their records go. */
export interface RecordedTo {
  database: Database;
  audit: AuditLog;
}

/** A version: by its numbers, and by what the audit log calls it, NAME@V. */
export interface NamedVersion {
  model: number;
  version: number;
  subject: string;
}

/** Who said something, how, when (epoch milliseconds), and over what. */
export interface Said {
  person: string;
  door: Door;
  time: number;
  digest: string;
}

/** A waiver as it is kept. */
export interface KeptWaiver {
  rule: string;
  person: string;
  reason: string;
  time: number;
  expires: number;
  digest: string;
  seq: number;
  record: RecordStanding;
}

/** Keeps an approval or a rejection. */
export function addWord(
  to: RecordedTo,
  of: NamedVersion,
  word: Said & Pick<KeptWord, 'verdict' | 'comment' | 'expires'>,
): void {
  const { person, door, time, digest, verdict, comment, expires } = word;
  const row = {
    ...{ approval: newRunId(), model: of.model, version: of.version, time, person, verdict, comment, digest },
    expires_time: expires,
  };
  const entry = { actor: person, action: `version ${verdict}`, subject: of.subject, detail: { door, comment, digest } };
  addRecorded(to, { table: 'version_approvals', row }, { entry, time });
}

/** Keeps a waiver. */
export function addWaiver(
  to: RecordedTo,
  of: NamedVersion,
  waiver: Said & Pick<KeptWaiver, 'rule' | 'reason' | 'expires'>,
): void {
  const { person, door, time, digest, rule, reason, expires } = waiver;
  const row = {
    ...{ waiver: newRunId(), model: of.model, version: of.version, rule, time, person, reason, digest },
    expires_time: expires,
  };
  const detail = { door, rule, reason, expires, digest };
  const entry = { actor: person, action: 'rule waived', subject: of.subject, detail };
  addRecorded(to, { table: 'rule_waivers', row }, { entry, time });
}

/** Keeps that somebody agreed to rules, by the digest of their content. */
export function addRulesWord(to: RecordedTo, name: string, said: Said & { comment: string }): void {
  const { person, door, time, digest, comment } = said;
  const row = { approval: newRunId(), name, time, person, comment, digest };
  const entry = { actor: person, action: 'rules agreed to', subject: name, detail: { door, comment, digest } };
  addRecorded(to, { table: 'rules_approvals', row }, { entry, time });
}

/** Whether there is any word over a version. */
export function hasWords(database: Database, { model, version }: { model: number; version: number }): boolean {
  const sql = 'SELECT 1 FROM version_approvals WHERE model = @model AND version = @version LIMIT 1';
  return prepared(database, sql).get({ model, version }) !== undefined;
}

/** All words over a version, in order. */
export function wordsOf(database: Database, model: number, version: number): KeptWord[] {
  const rows = rowsOf(database, 'version_approvals', { model, version });
  const kept = rows.map((row) => ({
    person: String(row.person),
    verdict: row.verdict as KeptWord['verdict'],
    comment: String(row.comment),
    time: Number(row.time),
    expires: row.expires_time as number | null,
    digest: String(row.digest),
    seq: row.audit,
    record: recordStanding(database, 'version_approvals', row),
  }));
  return [...kept, ...lostRejections(database, { model, version }, kept)];
}

/** A no whose row was taken away or changed past the engine stands as the audit log has it. */
function lostRejections(
  database: Database,
  of: { model: number; version: number },
  kept: readonly KeptWord[],
): KeptWord[] {
  const known = new Set(kept.filter((word) => word.record === 'sound').map(({ seq }) => seq));
  const lost = lostRecords(database, 'version_approvals', { known, of });
  return lost
    .filter(({ action }) => action === 'version rejected')
    .map((record) => {
      const { comment = '', digest = '' } = detailIn(record) as { comment?: string; digest?: string };
      const { actor: person, time, seq } = record;
      return {
        ...{ person, verdict: 'rejected', comment, time, expires: null, digest, seq },
        record: isSound(record) ? 'sound' : 'foreign',
      };
    });
}

/** All waivers over a version, in order. */
export function waiversOf(database: Database, model: number, version: number): KeptWaiver[] {
  return rowsOf(database, 'rule_waivers', { model, version }).map((row) => ({
    rule: String(row.rule),
    person: String(row.person),
    reason: String(row.reason),
    time: Number(row.time),
    expires: Number(row.expires_time),
    digest: String(row.digest),
    seq: row.audit,
    record: recordStanding(database, 'rule_waivers', row),
  }));
}

/** Who agreed to rules of that content after the record `after`, as the audit log knows it. */
export function rulesWords(
  database: Database,
  name: string,
  { digest, after }: { digest: string; after: number },
): string[] {
  const sql = 'SELECT * FROM rules_approvals WHERE name = @name AND digest = @digest AND audit > @after ORDER BY audit';
  const rows = prepared<[object], RecordedRow & { audit: number }>(database, sql).all({ name, digest, after });
  return rows.filter((row) => isRecorded(database, 'rules_approvals', row)).map(({ person }) => String(person));
}

function rowsOf(
  database: Database,
  table: Extract<RecordedTable, 'version_approvals' | 'rule_waivers'>,
  key: { model: number; version: number },
): (RecordedRow & { audit: number })[] {
  const sql = `SELECT * FROM ${table} WHERE model = @model AND version = @version ORDER BY audit`;
  return prepared<[object], RecordedRow & { audit: number }>(database, sql).all(key);
}
