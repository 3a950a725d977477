// Entry of the process that runs one SQL statement of a user. The statement runs on a worker thread, where it may take as
// long as it likes; this thread hears when whoever asked is gone, and sees when it takes too much memory, and then ends
// the process at once.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { messageOf, systemCodeOf } from '../../base/errors';
import { type SqlLine, type SqlRequest, sqlRequest } from '../../protocol/sql-query';
import { answerUserQuery } from './user-query';

const clock = new Int32Array(new SharedArrayBuffer(4));

/**
 * Written at once and not by a stream, so that a reader who does not keep up holds the statement back. `before` ends a
 * line in the middle of which the other thread may be.
 */
function say(line: SqlLine, before = ''): void {
  let rest = Buffer.from(`${before}${JSON.stringify(line)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSome(rest));
}

/** How many bytes were taken; a pipe that is full takes some a moment later. */
function writeSome(bytes: Buffer): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if (systemCodeOf(error) !== 'EAGAIN') throw error;
    Atomics.wait(clock, 0, 0, 2);
    return 0;
  }
}

function serve(): void {
  const lines = createInterface({ input: process.stdin });
  lines.once('line', (line) => {
    const request = sqlRequest.parse(JSON.parse(line));
    watchMemory(request.memory);
    const worker = new Worker(__filename, { workerData: request });
    worker.on('error', (error) => say({ error: messageOf(error) }));
    worker.on('exit', () => process.exit());
  });
  lines.once('close', endNow);
}

function watchMemory(most: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() <= most) return;
    const size = Math.round(most / 1024 / 1024);
    const error = `The statement was ended because it took more than ${size} MB of memory. Sort, group or join less.`;
    say({ error }, '\n');
    endNow();
  }, 100);
}

/** Nothing less ends a thread that is inside SQLite; nothing is lost, for nothing is written. */
function endNow(): void {
  process.kill(process.pid, 'SIGKILL');
}

if (isMainThread) serve();
else answerUserQuery(workerData as SqlRequest, say);
