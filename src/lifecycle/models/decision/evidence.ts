// What a decision is about: the files of a version, the data it was judged on, the rules, and the version it was held against.
import { createHash } from 'node:crypto';
import type { GateReport } from '../../../protocol/models/gate/gate-report';
import type { VersionFile } from '../../../protocol/models/registry/model-version';

/** `data`: by the words of the rules and the SHA-256 of the version that they mean. `champion`: the version in production, with the digest of its files. */
export interface EvidenceSubject {
  files: VersionFile[];
  data: { name: string; version: string }[];
  /** Of the rules that count. */
  rulesDigest: string;
  champion: { version: number; files: string } | null;
}

/** A report as it is kept. Times are epoch milliseconds. */
export interface KeptReport {
  id: string;
  model: number;
  version: number;
  time: number;
  actor: string;
  digest: string;
  subject: EvidenceSubject;
  report: GateReport;
  /** SHA-256 of the evidence record, which the audit log names. */
  evidence: string;
  /** A path among the artifacts of the version's run. */
  predictions: { runId: string; path: string } | null;
}

/** SHA-256 over the sorted listing of files, in hex. */
export function filesDigest(files: readonly VersionFile[]): string {
  const lines = files.map(({ path, sha256, size }) => JSON.stringify([path, sha256, size])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** SHA-256, in hex: a byte of the model, another version of the data, another rule or another champion make another one. */
export function evidenceDigest({ files, data, rulesDigest, champion }: EvidenceSubject): string {
  const named = data.map(({ name, version }) => JSON.stringify([name, version])).sort();
  const about = [filesDigest(files), named, rulesDigest, champion === null ? null : [champion.version, champion.files]];
  return createHash('sha256').update(JSON.stringify(about)).digest('hex');
}
