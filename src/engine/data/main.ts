// The data process: tables are opened here and nowhere else, because DuckDB can eat memory and can hang. It answers
// questions by lines of JSON and ends with whoever started it.
import { rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';
import type { DataAsks, DataSays } from '../../protocol/datasets/data-conversation';
import { watchMemory } from './memory-watch';
import { type Asked, answers } from './questions';
import { sweepSpills } from './spill-folders';

const clock = new Int32Array(new SharedArrayBuffer(4));
const going = new Map<number, AbortController>();

function say(said: DataSays): void {
  let rest = Buffer.from(`${JSON.stringify(said)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSome(rest));
}

/** How many bytes were taken; a pipe that is full takes some a moment later. */
function writeSome(bytes: Buffer): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if (systemCodeOf(error) === 'EPIPE') end();
    if (systemCodeOf(error) !== 'EAGAIN') throw error;
    Atomics.wait(clock, 0, 0, 2);
    return 0;
  }
}

async function answer({ id, ask, input }: Extract<DataAsks, { ask: unknown }>): Promise<void> {
  const taken = new AbortController();
  going.set(id, taken);
  try {
    const act = answers[ask] as ((input: unknown, asked: Asked<typeof ask>) => Promise<unknown>) | undefined;
    if (act === undefined) throw new SlipwayError('internal', `The data process knows no question ${ask}.`);
    const result = await act(input, {
      signal: taken.signal,
      progress: (progress) => say({ id, progress }),
      partial: (partial) => say({ id, partial }),
    });
    say({ id, result });
  } catch (error) {
    say({ id, error: { code: SlipwayError.is(error) ? error.code : null, message: messageOf(error) } });
  } finally {
    going.delete(id);
  }
}

/** At once: a statement of DuckDB's may run on, and nothing here is written that could be lost. */
function end(): never {
  rmSync(join(tmpdir(), `slipway-spill-${process.pid}`), { recursive: true, force: true });
  process.exit();
}

watchMemory();
sweepSpills();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const asked = JSON.parse(line) as DataAsks;
  if ('cancel' in asked) going.get(asked.cancel)?.abort();
  else void answer(asked);
});
lines.on('close', end);
