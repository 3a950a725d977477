// What everybody else sees of a recording.
import { statSync } from 'node:fs';
import type { Database } from '../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../protocol/layout';
import type { RecordingSpec } from '../../../protocol/recording-files';
import type { Recording } from '../../../protocol/run';
import { RecordingStore } from './store';

/** The recording behind a run; null when no recorder stands behind it. */
export function recordingOf(database: Database, layout: WorkspaceLayout, runId: string): Recording | null {
  const row = new RecordingStore(database).find(runId);
  if (row === undefined) return null;
  const spec = JSON.parse(row.spec) as RecordingSpec;
  const output = statSync(`${layout.run(runId)}/${runFiles.output}`, { throwIfNoEntry: false });
  return {
    command: spec.command,
    cwd: spec.cwd,
    user: spec.user,
    childPid: row.child_pid,
    exitCode: row.exit_code,
    signal: row.signal,
    lost: row.lost,
    git: parsed(row.git) as Recording['git'],
    environment: parsed(row.environment) as Recording['environment'],
    host: spec.host,
    inputs: (parsed(row.inputs) ?? []) as Recording['inputs'],
    outputs: (parsed(row.outputs) ?? []) as Recording['outputs'],
    outputBytes: output?.size ?? 0,
    problems: parsed(row.problems) as string[],
  };
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
