// Entry of a thread that reads files for their digests.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, SlipwayError } from '../../../../base/errors';
import { type DigestName, digestFile } from '../../../../lifecycle/datasets/content/file-digest';
import { type ReadFile, readFileOf } from '../../../../lifecycle/datasets/content/read-content';
import type { DigestAnswer, DigestAsked } from './digest-pool';

const counted = new BigInt64Array((workerData as { counted: SharedArrayBuffer }).counted);

function read(place: string, names: readonly DigestName[]): ReadFile {
  const began = Date.now();
  return readFileOf(digestFile(place, { names, read: (bytes) => void Atomics.add(counted, 0, BigInt(bytes)) }), began);
}

parentPort?.on('message', ({ id, places, names }: DigestAsked) => {
  let answer: DigestAnswer;
  try {
    answer = { id, files: places.map((place) => read(place, names)) };
  } catch (error) {
    answer = { id, error: { code: SlipwayError.is(error) ? error.code : null, message: messageOf(error) } };
  }
  parentPort?.postMessage(answer);
});
