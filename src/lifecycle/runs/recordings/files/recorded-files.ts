// Reads the files a recorder writes whole. Missing is normal (not yet known); unreadable is a sentence.
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, systemCodeOf } from '../../../../base/errors';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';
import { childFile, exitFile, recordingSpec } from '../../../../protocol/recording/recording-files';
import { environmentState, fileDigest, gitState } from '../../../../protocol/run';

const schemas = {
  spec: recordingSpec,
  child: childFile,
  git: gitState,
  environment: environmentState,
  inputs: z.array(fileDigest),
  outputs: z.array(fileDigest),
  exit: exitFile,
} as const;

/** The names of those files, as in `runFiles`. */
export type WholeFileName = keyof typeof schemas;
/** What each holds. */
export type WholeFile<N extends WholeFileName> = z.output<(typeof schemas)[N]>;

/** What reading one gave: its value, that it is not there, or one sentence why it cannot be used. */
export type ReadFile<T> = { value: T } | { missing: true } | { problem: string };

/** Reads one of a run's files. Throws only when the system refuses to open any file at all: it may be sound. */
export function readRunFile<N extends WholeFileName>(
  layout: WorkspaceLayout,
  runId: string,
  name: N,
): ReadFile<WholeFile<N>> {
  const file = runFiles[name];
  const path = `${layout.run(runId)}/${file}`;
  try {
    // Looked at before it is opened: a pipe in its place would be waited for without end.
    if (!statSync(path).isFile()) return { problem: `${file} is not a file.` };
    const parsed = schemas[name].safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return { value: parsed.data as WholeFile<N> };
    const [issue] = parsed.error.issues;
    return { problem: `${file} has not the form of a recording: ${issue?.path.join('.')} ${issue?.message}.` };
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return { missing: true };
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    return { problem: `${file} could not be read: ${messageOf(error)}` };
  }
}
