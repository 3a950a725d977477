// Brings the bytes of a source into a file. Whether they are fit for use is judged by others before anybody sees them.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { explainDiskFault, isDiskFull } from '../../../platform/files/disk-fault';
import { shellToFile } from '../../../platform/process/shell-output';
import type { DatasetSource } from '../../../protocol/datasets/dataset';
import { selectAsCsv } from './sqlite-rows';

/** `folder` is that of slipway.yaml, `to` a new file; `progress` is told of bytes done and of all (0: not known). */
export interface FetchTerms {
  name: string;
  folder: string;
  to: string;
  signal: AbortSignal;
  progress: (done: number, total: number) => void;
}

/** Milliseconds in which a server must say something. */
const patience = 60_000;

/** Throws SlipwayError `unavailable` where the source does not answer or fails, `invalid` where it cannot be asked. */
export async function fetchSource(source: DatasetSource, terms: FetchTerms): Promise<void> {
  try {
    if ('url' in source) await fetchAddress(source.url, terms);
    else if ('command' in source) await runCommand(source.command, terms);
    else selectAsCsv(source, terms);
  } catch (error) {
    throw isDiskFull(error) ? explainDiskFault(error, terms.to) : error;
  }
}

async function fetchAddress(url: string, terms: FetchTerms): Promise<void> {
  const { name, to, signal, progress } = terms;
  const silence = new Silence();
  const either = AbortSignal.any([signal, silence.signal]);
  let done = 0;
  try {
    const response = await fetch(url, { signal: either });
    silence.heard();
    if (!response.ok || response.body === null) {
      const said = `${response.status} ${response.statusText}`;
      throw new SlipwayError('unavailable', `${name} was not fetched: ${url} answers ${said}.`);
    }
    const total = Number(response.headers.get('content-length') ?? 0);
    const counted = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        silence.heard();
        done += piece.byteLength;
        progress(done, total);
        yield piece;
      }
    };
    const body = Readable.fromWeb(response.body as never);
    await pipeline(body, counted, createWriteStream(to, { flags: 'wx' }), { signal: either });
    // What is packed on the way is unpacked here, and then longer than was said.
    if (total > 0 && response.headers.get('content-encoding') === null && done !== total) {
      throw new SlipwayError(
        'unavailable',
        `${name} was not fetched whole: ${done} of ${total} bytes came from ${url}.`,
      );
    }
  } catch (error) {
    throw fetchFault(error, { ...terms, url, done, isSilent: silence.signal.aborted });
  } finally {
    silence.end();
  }
}

/** What a fault of a fetch means to its user. */
function fetchFault(
  error: unknown,
  { name, url, to, signal, done, isSilent }: FetchTerms & { url: string; done: number; isSilent: boolean },
): unknown {
  if (signal.aborted) return new SlipwayError('unavailable', 'It was cancelled.', { cause: error });
  const fault = explainDiskFault(error, to);
  if (SlipwayError.is(fault)) return fault;
  const cause = (error as { cause?: unknown }).cause ?? error;
  const why = isSilent ? `no word for ${patience / 1000} seconds` : (systemCodeOf(cause) ?? messageOf(cause));
  const what =
    done === 0
      ? `was not fetched: ${url} does not answer`
      : `was not fetched whole: ${url} broke off after ${done} bytes`;
  return new SlipwayError('unavailable', `${name} ${what} (${why}).`, { cause: error });
}

/** Aborts when a server has not been heard for as long as it may be silent: a long body is no silence. */
class Silence {
  readonly #ended = new AbortController();
  #timer = this.#arm();

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#arm();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #arm(): NodeJS.Timeout {
    return setTimeout(() => this.#ended.abort(), patience);
  }
}

async function runCommand(command: string, { name, folder, to, signal }: FetchTerms): Promise<void> {
  const { code, errors } = await shellToFile(command, { cwd: folder, to, signal });
  if (signal.aborted) throw new SlipwayError('unavailable', 'It was cancelled.');
  if (code === 0) return;
  const how = code === null ? 'was killed' : `ended with exit code ${code}`;
  const last = errors.trim().split('\n').at(-1) ?? '';
  throw new SlipwayError(
    'unavailable',
    `The command of ${name} ${how}${last === '' ? '' : `: ${last}`}. Nothing was kept.`,
  );
}
