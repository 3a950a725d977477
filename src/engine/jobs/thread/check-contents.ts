// Reads every content that artifacts and versions of datasets are kept in and compares it with its name: disks lose bytes
// without a word, and people write into folders.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { SlipwayError, systemCodeOf } from '../../../base/errors';
import { rememberedPath } from '../../../lifecycle/datasets/content/read-content';
import { type KeptName, keptNames } from '../../../lifecycle/runs/reading/store/content-check';
import { contentHash } from '../../../platform/files/content-hash';
import { openForReading } from '../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../protocol/folder/layout';
import type { ContentsResult } from '../../../protocol/jobs/job';
import type { JobGiven } from './job-given';
import type { JobPort } from './job-port';

const mostExamples = 5;
const pieceBytes = 1024 * 1024;

/** Changes nothing but this: what is damaged is not taken for read any more, so that a refresh of its dataset heals it. */
export async function checkContents(
  { database: path, root }: Pick<JobGiven, 'database' | 'root'>,
  port: JobPort,
): Promise<ContentsResult> {
  const layout = new WorkspaceLayout(root);
  const database = openForReading(path);
  let contents: Map<string, KeptName>;
  try {
    contents = new Map([...keptNames(database)].map((kept) => [kept.sha256, kept]));
  } finally {
    database.close();
  }
  const sized = [...contents.values()].map((kept) => ({ ...kept, ...placeOf(layout, kept.sha256) }));
  const total = sized.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const result: ContentsResult = { contents: sized.length, bytes: total, missing: 0, damaged: 0, examples: [] };
  let done = 0;
  for (const { name, sha256, place, bytes } of sized) {
    const read = (more: number): void => port.progress('reading contents', done + more, total);
    read(0);
    const isSound = bytes !== null && (await hashOf(place, bytes, read)) === sha256;
    done += bytes ?? 0;
    if (isSound) continue;
    result[bytes === null ? 'missing' : 'damaged'] += 1;
    if (result.examples.length < mostExamples) result.examples.push({ name, place });
    await port.call('forgetFiles', [rememberedPath(root, place)]);
  }
  return result;
}

function placeOf(layout: WorkspaceLayout, sha256: string): { place: string; bytes: number | null } {
  const place = layout.object(sha256);
  return { place, bytes: statSync(place, { throwIfNoEntry: false })?.size ?? null };
}

/** Undefined for a file that cannot be read to its end. */
async function hashOf(place: string, bytes: number, read: (bytes: number) => void): Promise<string | undefined> {
  try {
    if (bytes <= pieceBytes) {
      // A stream takes longer to open than such a file to read; a wish to end is heard in between.
      await new Promise(setImmediate);
      return (await contentHash([readFileSync(place)])).sha256;
    }
    let done = 0;
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of createReadStream(place, { highWaterMark: pieceBytes })) {
        done += (piece as Uint8Array).byteLength;
        read(done);
        yield piece as Uint8Array;
      }
    };
    return (await contentHash(pieces())).sha256;
  } catch (error) {
    if (SlipwayError.is(error) || systemCodeOf(error) === undefined) throw error;
    return undefined;
  }
}
