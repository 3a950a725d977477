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

/** What changed since a report, in one sentence; null where nothing did. */
export function whyOutdated({ subject }: Pick<KeptReport, 'subject'>, now: EvidenceSubject): string | null {
  if (filesDigest(subject.files) !== filesDigest(now.files)) return 'The files of the version are others now.';
  if (subject.rulesDigest !== now.rulesDigest) return 'The rules are others now.';
  const before = new Map(subject.data.map(({ name, version }) => [name, version]));
  const other = now.data.find(({ name, version }) => before.get(name) !== version);
  if (other !== undefined) return `${other.name} is another version now.`;
  if (now.data.length !== subject.data.length) return 'The data are others now.';
  if (now.champion?.version !== subject.champion?.version) {
    return now.champion === null
      ? 'There is no champion any more.'
      : `Version ${now.champion.version} is the champion now.`;
  }
  return now.champion?.files === subject.champion?.files ? null : 'The files of the champion are others now.';
}
