// What a verdict rests on, as one JSON text that nobody changes: its SHA-256 stands in the audit log.
import { createHash } from 'node:crypto';
import { arch, cpus, platform, release } from 'node:os';
import { exactJson } from '../../../base/exact-json';
import { slipwayVersion } from '../../../base/version';
import { type EvidenceSubject, filesDigest, type KeptReport } from '../../../lifecycle/models/decision/evidence';
import type { ModelVersionRow } from '../../../lifecycle/models/model-version';
import type { CodeState } from '../../../platform/git/code-state';
import type { GateReport, RuleResult } from '../../../protocol/models/gate/gate-report';
import { resampled } from '../measure/resampled-level';

/** What a gate did. Times are epoch milliseconds. */
export interface JudgedVersion {
  id: string;
  row: ModelVersionRow;
  subject: EvidenceSubject;
  report: GateReport;
  /** Tables on whose rows it was judged. */
  tables: readonly { name: string; version: string }[];
  /** Rows of the versions of datasets that were read, by their ids. */
  rows: Readonly<Record<string, number | null>>;
  onnxruntime: string;
  code: Pick<CodeState, 'commit' | 'dirty'>;
  started: number;
  ended: number;
  actor: string;
}

/** The text, and its SHA-256 in hex. */
export function evidenceRecord(
  judged: JudgedVersion & { predictions: { kept: KeptReport['predictions']; sha256: string | null } },
): { text: string; sha256: string } {
  const { id, row, subject, report, rows, onnxruntime, code, started, ended, actor } = judged;
  const record = {
    id,
    model: {
      name: row.name,
      version: String(row.version),
      files: subject.files,
      root: filesDigest(subject.files),
    },
    base: { champion: subject.champion },
    rules: { path: 'slipway.yaml', sha256: subject.rulesDigest },
    datasets: subject.data.map(({ name, version }) => ({ name, sha256: version, rows: rows[version] ?? null })),
    env: {
      engine: slipwayVersion,
      ort: onnxruntime,
      node: process.versions.node,
      os: `${platform()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model ?? 'unknown',
    },
    verdict: report.verdict,
    results: report.rules.map(resultOf),
    predictions:
      judged.predictions.kept === null ? null : { ...judged.predictions.kept, sha256: judged.predictions.sha256 },
    ...{ seed: resampled.seed, started, ended, actor },
    git: { commit: code.commit, dirty: code.dirty },
  };
  const text = exactJson(record);
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

function resultOf({ id, verdict, kind, milliseconds, limit: _, needs: __, ...rest }: RuleResult): object {
  return { name: id, status: verdict, type: kind, ...rest, ms: Math.round(milliseconds) };
}
