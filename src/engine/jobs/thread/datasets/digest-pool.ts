// Two threads that read files for their digests. Of many files each has its share; of a large one each has a digest.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../../../../base/errors';
import { type DigestName, digestFile } from '../../../../lifecycle/datasets/content/file-digest';
import type { FoundFile } from '../../../../lifecycle/datasets/content/found-files';
import { type ReadFile, readFileOf } from '../../../../lifecycle/datasets/content/read-content';
import { thrown } from '../../job-thread';

/** What a thread is asked, and what it answers. */
export interface DigestAsked {
  id: number;
  places: string[];
  names: DigestName[];
}
export type DigestAnswer =
  | { id: number; files: ReadFile[] }
  | { id: number; error: { code: ErrorCode | null; message: string } };

interface Waiting {
  resolve: (files: ReadFile[]) => void;
  reject: (error: Error) => void;
}

const script = join(__dirname, 'digest.js');
const threads = 2;
/** Less is read at once, on the thread that asks. */
const shortBytes = 16 * 1024 * 1024;
const shortFiles = 200;
/** A file from here on is worth two threads. */
const largeBytes = 32n * 1024n * 1024n;
const lookEvery = 100;
const both: DigestName[] = ['sha256', 'md5'];

/** Reads files; `dispose` ends its threads. */
export class DigestPool {
  readonly #workers: Worker[] = [];
  readonly #waiting = new Map<number, Waiting>();
  readonly #counted = new SharedArrayBuffer(8);
  readonly #tell: (bytes: number) => void;
  #asked = 0;

  /** `tell` is told now and then how many bytes were read in all, and may throw to break off. */
  constructor(tell: (bytes: number) => void) {
    this.#tell = tell;
  }

  /** One answer per file, in their order. Throws what reading one throws, and what `tell` throws. */
  async read(files: readonly FoundFile[]): Promise<ReadFile[]> {
    const bytes = files.reduce((sum, { stat }) => sum + Number(stat.size), 0);
    if (bytes < shortBytes && files.length < shortFiles) return files.map(({ place }) => this.#readHere(place));
    const large = files.filter(({ stat }) => stat.size >= largeBytes);
    const small = files.filter(({ stat }) => stat.size < largeBytes);
    const found = new Map<string, ReadFile>();
    const keep = (places: readonly FoundFile[], read: readonly ReadFile[]): void => {
      for (const [index, { place }] of places.entries()) found.set(place, read[index] as ReadFile);
    };
    for (const file of large) keep([file], [await this.#readLarge(file.place)]);
    const half = splitEvenly(small);
    const answers = await this.#watched(
      Promise.all(
        half.map((part, index) =>
          this.#ask(
            index,
            part.map(({ place }) => place),
            both,
          ),
        ),
      ),
    );
    for (const [index, part] of half.entries()) keep(part, answers[index] ?? []);
    return files.map(({ place }) => found.get(place) as ReadFile);
  }

  dispose(): void {
    for (const worker of this.#workers.splice(0)) void worker.terminate();
  }

  #readHere(place: string): ReadFile {
    const began = Date.now();
    const read = (bytes: number): void => this.#count(bytes);
    return readFileOf(digestFile(place, { names: both, read }), began);
  }

  #count(bytes: number): void {
    const counted = new BigInt64Array(this.#counted);
    this.#tell(Number(Atomics.add(counted, 0, BigInt(bytes))) + bytes);
  }

  /** Each digest on a thread of its own. A file that changed between the two readings is read once more. */
  async #readLarge(place: string): Promise<ReadFile> {
    const [sha, md5] = await this.#watched(
      Promise.all([this.#ask(0, [place], ['sha256']), this.#ask(1, [place], ['md5'])]),
      2,
    );
    const [first, second] = [sha[0] as ReadFile, md5[0] as ReadFile];
    if (first.stamp === second.stamp) return { ...first, md5: second.md5, isRacy: first.isRacy || second.isRacy };
    const [again] = await this.#watched(this.#ask(0, [place], both));
    return again as ReadFile;
  }

  #ask(index: number, places: string[], names: DigestName[]): Promise<ReadFile[]> {
    if (places.length === 0) return Promise.resolve([]);
    const worker = this.#workers[index] ?? this.#start(index);
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, places, names } satisfies DigestAsked);
    });
  }

  /** Tells how far it is while it waits; `times` says how often each byte is read. */
  async #watched<T>(work: Promise<T>, times = 1): Promise<T> {
    const counted = new BigInt64Array(this.#counted);
    const before = Number(Atomics.load(counted, 0));
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    // Awaited below; until then a failure must not count as unheard.
    done.catch(() => undefined);
    while (!isDone) {
      await Promise.race([done.catch(() => undefined), pause(lookEvery)]);
      this.#tell(before + (Number(Atomics.load(counted, 0)) - before) / times);
    }
    if (times > 1)
      Atomics.store(counted, 0, BigInt(Math.round(before + (Number(Atomics.load(counted, 0)) - before) / times)));
    return done;
  }

  #start(index: number): Worker {
    const worker = new Worker(script, { workerData: { counted: this.#counted } });
    this.#workers[index] = worker;
    worker.on('message', (answer: DigestAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('files' in answer) waiting?.resolve(answer.files);
      else waiting?.reject(thrown(answer.error));
    });
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
    return worker;
  }
}

/** Two parts of about the same size. */
function splitEvenly(files: readonly FoundFile[]): FoundFile[][] {
  const parts: { files: FoundFile[]; bytes: number }[] = Array.from({ length: threads }, () => ({
    files: [],
    bytes: 0,
  }));
  // Opening a file costs as much as reading some of it.
  const cost = ({ stat }: FoundFile): number => Number(stat.size) + 20_000;
  for (const file of files) {
    const least = parts.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    least.files.push(file);
    least.bytes += cost(file);
  }
  return parts.map((part) => part.files);
}
