// Keeping a version: its bytes become objects of the workspace, shared with the files where the disk can do that, copied
// where they are small enough, else left where they are and said so.
import { copyFileSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { explainDiskFault } from '../../../platform/files/disk-fault';
import { objectPlace, placeObject, shareFile } from '../../../platform/objects/placed-object';
import { bytesText } from '../../../protocol/wording';
import { stampOf } from './file-stamp';
import type { ReadContent } from './read-content';

/** `objects` is the folder of the object store, `limit` how many bytes may be copied. */
export interface SnapshotTerms {
  objects: string;
  limit: number;
  /** Whether the store has a content already, unharmed. */
  isSound: (sha256: string) => boolean;
  /** Told of bytes done and of all; may throw. */
  progress: (done: number, total: number) => void;
}

/** What of a version is kept: all of it, or nothing and why, in one sentence. */
export type Snapshot = { contents: { sha256: string; size: number }[] } | { why: string };

/** What a disk should have left after a copy, at least. */
const room = 512 * 1024 * 1024;

/**
 * Keeps what was read. Throws SlipwayError `conflict` when a file changed since, `disk-full` and the like; what is kept by
 * then is named by nothing and goes with `gc`.
 */
export function keepContent({ listing, places }: ReadContent, terms: SnapshotTerms): Snapshot {
  const contents = new Map(listing.files.map(({ sha256, bytes, path }) => [sha256, { sha256, size: bytes, path }]));
  const missing = [...contents.values()].filter(({ sha256 }) => !terms.isSound(sha256));
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  const canShare = missing.length > 0 && sharesWith(terms.objects, places.get(missing[0]?.path ?? '')?.place ?? '');
  const why = canShare ? undefined : refusal(total, terms);
  if (why !== undefined) return { why };
  let done = 0;
  for (const { sha256, size, path } of missing) {
    const from = places.get(path);
    if (from === undefined) continue;
    const isWhole = (): boolean => stampAt(from.place) === from.stamp;
    if (!placed(terms, { sha256, from: from.place }, isWhole)) {
      const sentence = `${from.place} changed while it was kept. Try again when nothing writes to it.`;
      throw new SlipwayError('conflict', sentence);
    }
    done += size;
    terms.progress(done, total);
  }
  return { contents: [...contents.values()].map(({ sha256, size }) => ({ sha256, size })) };
}

function placed({ objects }: SnapshotTerms, file: { sha256: string; from: string }, isWhole: () => boolean): boolean {
  try {
    const share = (from: string, to: string): void => {
      if (!shareFile(from, to)) copyFileSync(from, to);
    };
    // What is there is not sound, or it would not be placed.
    rmSync(objectPlace(objects, file.sha256), { force: true });
    return placeObject(objects, file, { share, isWhole });
  } catch (error) {
    throw explainDiskFault(error, objects);
  }
}

function refusal(bytes: number, { objects, limit }: SnapshotTerms): string | undefined {
  if (bytes > limit) {
    const most = limit === 0 ? 'nothing' : bytesText(limit);
    return `${bytesText(bytes)} would have to be copied, and snapshots.copy_limit in slipway.yaml allows ${most}.`;
  }
  mkdirSync(objects, { recursive: true });
  const { bavail, bsize } = statfsSync(objects);
  const free = bavail * bsize;
  if (bytes === 0 || bytes + room <= free) return undefined;
  return `${bytesText(bytes)} would have to be copied, and the disk has only ${bytesText(free)} left.`;
}

/** Whether the disk can share bytes between a file and the store: tried with a byte beside each other's place. */
function sharesWith(objects: string, place: string): boolean {
  mkdirSync(join(objects, 'tmp'), { recursive: true });
  const [probe, shared] = [join(objects, 'tmp', `probe-${process.pid}`), join(objects, 'tmp', `shared-${process.pid}`)];
  try {
    if (statSync(dirname(place)).dev !== statSync(objects).dev) return false;
    writeFileSync(probe, 'probe');
    return shareFile(probe, shared);
  } catch {
    return false;
  } finally {
    rmSync(probe, { force: true });
    rmSync(shared, { force: true });
  }
}

function stampAt(place: string): string | undefined {
  const found = statSync(place, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : stampOf(found);
}
