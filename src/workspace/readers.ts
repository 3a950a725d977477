// Long readings leave the engine's loop: worker threads with read-only connections, started when asked and gone when
// idle, so that a quiet engine stays small.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable';
import { type ErrorCode, SlipwayError } from '../base/errors';
import type { Database } from '../platform/sqlite/database';

/** Readings by name: each a function of a connection and a query that can be cloned to another thread. */
export type ReadTable = Record<string, (database: Database, query: never) => unknown>;

/** What a reader is asked. */
export interface ReadRequest {
  id: number;
  name: string;
  query: unknown;
}

/** What a reader answers. */
export type ReadAnswer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; code: ErrorCode | null; message: string };

/** `script` is the reader's bundle, `database` the file it opens; `idle` in milliseconds. */
export interface ReaderOptions {
  script: string;
  database: string;
  most?: number;
  idle?: number;
}

interface Job {
  request: ReadRequest;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

interface Reader {
  worker: Worker;
  job: Job | undefined;
  idle: NodeJS.Timeout | undefined;
}

/** Asks readings of at most `most` threads (2), one reading at a time each; the others wait in order. */
export class ReaderPool<T extends ReadTable> implements Disposable {
  readonly #options: Required<ReaderOptions>;
  readonly #readers = new Set<Reader>();
  readonly #waiting: Job[] = [];
  #asked = 0;
  #ended = false;

  constructor(options: ReaderOptions) {
    this.#options = { most: 2, idle: 60_000, ...options };
  }

  /** Threads there are now. */
  get size(): number {
    return this.#readers.size;
  }

  /**
   * The reading's answer. Bytes that `query` names directly are handed over and not copied: the caller has them no more.
   * Throws what the reading threw, or SlipwayError `unavailable` when its thread died.
   */
  run<K extends keyof T & string>(name: K, query: Parameters<T[K]>[1]): Promise<Awaited<ReturnType<T[K]>>> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new SlipwayError('unavailable', 'The engine is ending. Ask again in a moment.'));
        return;
      }
      const request = { id: ++this.#asked, name, query };
      this.#waiting.push({ request, resolve: resolve as (value: unknown) => void, reject });
      this.#next();
    });
  }

  dispose(): void {
    this.#ended = true;
    const ending = new SlipwayError('unavailable', 'The engine is ending. Ask again in a moment.');
    for (const job of this.#waiting.splice(0)) job.reject(ending);
    for (const reader of [...this.#readers]) this.#end(reader, ending);
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const reader = this.#freeReader();
    if (reader === undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    clearTimeout(reader.idle);
    reader.job = job;
    reader.worker.ref();
    const { query } = job.request;
    const named = typeof query === 'object' && query !== null ? Object.values(query) : [];
    reader.worker.postMessage(job.request, named.flatMap(memoryOf));
  }

  #freeReader(): Reader | undefined {
    for (const reader of this.#readers) if (reader.job === undefined) return reader;
    return this.#readers.size < this.#options.most ? this.#start() : undefined;
  }

  #start(): Reader {
    const worker = new Worker(this.#options.script, { workerData: { database: this.#options.database } });
    const reader: Reader = { worker, job: undefined, idle: undefined };
    this.#readers.add(reader);
    worker.on('message', (answer: ReadAnswer) => this.#answered(reader, answer));
    worker.on('error', (error) => this.#died(reader, error.message));
    worker.on('exit', (code) => this.#died(reader, `exit code ${code}`));
    return reader;
  }

  #answered(reader: Reader, answer: ReadAnswer): void {
    const { job } = reader;
    reader.job = undefined;
    reader.worker.unref();
    reader.idle = setTimeout(() => this.#end(reader), this.#options.idle);
    reader.idle.unref();
    if (job !== undefined) {
      if (answer.ok) job.resolve(answer.value);
      else job.reject(answer.code === null ? new Error(answer.message) : new SlipwayError(answer.code, answer.message));
    }
    this.#next();
  }

  #died(reader: Reader, why: string): void {
    if (!this.#readers.has(reader)) return;
    const sentence = existsSync(this.#options.script)
      ? `The reading was cut short (${why}). Ask again.`
      : 'The program that this engine runs was moved or removed. Slipway: Restart Engine, or `slipway engine stop`, lets another one take over.';
    this.#end(reader, new SlipwayError('unavailable', sentence));
    this.#next();
  }

  #end(reader: Reader, error?: Error): void {
    this.#readers.delete(reader);
    clearTimeout(reader.idle);
    if (error !== undefined) reader.job?.reject(error);
    reader.job = undefined;
    void reader.worker.terminate();
  }
}

/** The memory of bytes, to be handed over rather than copied; none where others share it. */
export function memoryOf(value: unknown): ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
  return value.byteLength === value.buffer.byteLength ? [value.buffer] : [];
}
