// Names what a source would have a machine do, by its content: what was agreed to is exactly that and nothing else.
import { createHash } from 'node:crypto';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';

/** Of the command that makes a dataset; undefined for one that no command makes. */
export function commandFingerprint({ source }: DatasetDefinition): string | undefined {
  if (source === undefined || !('command' in source)) return undefined;
  return fingerprint(['command', source.command, source.format]);
}

/** Of a source and its schedule together; undefined for a dataset that is not scheduled. */
export function scheduleFingerprint(dataset: string, { source, schedule }: DatasetDefinition): string | undefined {
  if (source === undefined || schedule === undefined) return undefined;
  const keys = Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1));
  return fingerprint(['schedule', dataset, schedule, keys]);
}

function fingerprint(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
