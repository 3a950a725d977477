// The gate_reports table: what gates found, kept for good.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { readsRows } from '../../../../protocol/models/gate/gate-rule';
import type { AuditLog } from '../../../../workspace/audit/audit-log';
import type { KeptReport } from '../evidence';
import { addRecorded, isRecorded } from './recorded-rows';

interface ReportRow {
  report: string;
  model: number;
  version: number;
  time: number;
  actor: string;
  digest: string;
  subject: string;
  holdout: string | null;
  verdict: string;
  body: string;
  evidence: string;
  predictions: string | null;
  audit: number;
}

/** A report with the number of its record in the audit log. */
export type RecordedReport = KeptReport & { seq: number };

/** Keeps a report. `name` is what the audit log calls the version. */
export function addReport(kept: { database: Database; audit: AuditLog }, report: KeptReport, name: string): void {
  const { id, model, version, time, actor, digest, subject, evidence, predictions } = report;
  const row = {
    ...{ report: id, model, version, time, actor, digest, evidence },
    subject: JSON.stringify(subject),
    holdout: report.report.data?.version ?? null,
    verdict: report.report.verdict,
    body: JSON.stringify(report.report),
    predictions: predictions === null ? null : JSON.stringify(predictions),
  };
  const rules = report.report.rules.map((rule) => ({ id: rule.id, severity: rule.severity, verdict: rule.verdict }));
  const detail = { report: id, verdict: row.verdict, digest, evidence, rules };
  const entry = { actor, action: 'gate run', subject: name, detail };
  addRecorded(kept, { table: 'gate_reports', row }, { entry, time });
}

/** The newest report of a version that the audit log knows; over that digest where one is named. */
export function newestReport(
  database: Database,
  { model, version, digest = null }: { model: number; version: number; digest?: string | null },
): RecordedReport | undefined {
  const rows = prepared<[object], ReportRow>(
    database,
    `SELECT * FROM gate_reports WHERE model = @model AND version = @version AND (@digest IS NULL OR digest = @digest)
     ORDER BY audit DESC`,
  ).iterate({ model, version, digest });
  for (const row of rows) {
    if (!isRecordedRow(database, row)) continue;
    return {
      ...{ id: row.report, model, version, time: row.time, actor: row.actor, digest: row.digest, seq: row.audit },
      subject: JSON.parse(row.subject) as KeptReport['subject'],
      report: JSON.parse(row.body) as KeptReport['report'],
      evidence: row.evidence,
      predictions: row.predictions === null ? null : (JSON.parse(row.predictions) as KeptReport['predictions']),
    };
  }
  return undefined;
}

/** How many reports that the audit log knows rest on rows of that version of data, the holdout or the data of a rule. */
export function reportsOn(database: Database, data: string): number {
  const sql = 'SELECT * FROM gate_reports WHERE instr(subject, ?) > 0';
  let count = 0;
  for (const row of prepared<[string], ReportRow>(database, sql).iterate(data)) {
    if (restsOn(row, data) && isRecordedRow(database, row)) count += 1;
  }
  return count;
}

/** What a version was trained on is named among its data as well, and is not what it was judged on. */
function restsOn({ subject, body }: ReportRow, data: string): boolean {
  const { data: pins } = JSON.parse(subject) as KeptReport['subject'];
  if (!pins.some(({ name, version }) => version === data && !name.startsWith('trained on '))) return false;
  const { rules } = JSON.parse(body) as KeptReport['report'];
  return rules.some(({ kind }) => readsRows(kind));
}

function isRecordedRow(database: Database, row: ReportRow): boolean {
  return isRecorded(database, 'gate_reports', { ...row });
}
