// What the records of MLflow's two stores have in common.
import { type RunStatus, runStatus } from '../../../../protocol/run';
import type { KeyValue } from '../../batch';

/** Statuses by the numbers of the file store. */
const statuses: Readonly<Record<string, RunStatus>> = {
  1: 'RUNNING',
  2: 'SCHEDULED',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
};

/** The status that a word or a number names. A run that goes on elsewhere is none that runs here, so it counts as killed. */
export function mlflowStatus(given: unknown): RunStatus {
  const status = statuses[String(given)] ?? runStatus.safeParse(given).data ?? 'FINISHED';
  return status === 'RUNNING' || status === 'SCHEDULED' ? 'KILLED' : status;
}

/** Statuses of logged models by their numbers. */
const modelStatuses: Readonly<Record<string, string>> = {
  1: 'PENDING',
  2: 'READY',
  3: 'FAILED',
};

/** The status of a logged model. */
export function modelStatus(given: unknown): string {
  return modelStatuses[String(given)] ?? 'READY';
}

/** Columns of a run that old versions kept instead of tags, as those tags; a tag that is there stays. */
export function withSource(
  tags: readonly KeyValue[],
  { name, version }: { name: unknown; version: unknown },
): readonly KeyValue[] {
  const known = new Set(tags.map(({ key }) => key));
  const added = [
    { key: 'mlflow.source.name', value: name },
    { key: 'mlflow.source.git.commit', value: version },
  ].filter((tag): tag is KeyValue => typeof tag.value === 'string' && tag.value !== '' && !known.has(tag.key));
  return [...tags, ...added];
}

/** A value as the database of MLflow keeps it: infinities are there the largest doubles. */
export function mlflowValue(value: number): number {
  return Math.abs(value) === Number.MAX_VALUE ? value * 2 : value;
}

/** True for an id that may be a run's here. */
export function isRunId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
