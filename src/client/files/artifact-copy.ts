// One file of a run, copied to this machine's disk.
import { basename } from 'node:path';
import { messageOf, SlipwayError } from '../../base/errors';
import type { EngineClient } from '../engine-client';
import { writeWholeFile } from './whole-file';

/** `path` is the file's in the run, `target` an absolute path of the disk. */
export interface ArtifactCopy {
  runId: string;
  path: string;
  target: string;
  signal?: AbortSignal;
}

/**
 * Copies one file of a run, in the place of what is at `target`, and returns its size in bytes. Throws as
 * `EngineClient.artifact` and `writeWholeFile` do, SlipwayError `unavailable` when the engine ends on the way; what was at
 * `target` is then as it was.
 */
export async function copyArtifact(client: EngineClient, copy: ArtifactCopy): Promise<number> {
  const { runId, path, target, signal } = copy;
  const { body } = await client.artifact(runId, path);
  try {
    return await writeWholeFile(target, body ?? nothing(), signal);
  } catch (error) {
    if (!(error instanceof TypeError) || messageOf(error) !== 'terminated') throw error;
    const sentence = `The engine ended before ${basename(target)} was whole, so it was not saved. Start the engine again, then try again.`;
    throw new SlipwayError('unavailable', sentence, { cause: error });
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An answer without a body is a file without content.
}
