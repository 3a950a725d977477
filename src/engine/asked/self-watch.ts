// Ends this process before it takes the machine's memory, and when whoever started it is gone. A thread of its own looks,
// because native code may keep the main one busy for ever.
import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Bytes that this process may have in all: a container may have less than its machine. */
const there = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
/** Bytes of resident memory at which a process is ended, where nothing else is said. */
const most = 0.6 * there;
/** SIGABRT is not a signal that memory pressure of the system sends, so that whoever waits can tell the two apart. */
const script = `
  const { workerData } = require('node:worker_threads');
  const parent = process.ppid;
  setInterval(() => {
    if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGABRT');
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 100);
`;

/** Starts to watch. `bytes`: resident memory at which this process is ended with SIGABRT. */
export function watchSelf(bytes: number = most): void {
  new Worker(script, { eval: true, workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
