// Ends this process before it takes the machine's memory. A thread of its own looks, because the main one may be busy for
// a long time.
import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Bytes of resident memory at which a process is ended, where nothing else is said. */
const most = Math.min(0.6 * totalmem(), 12 * 1024 ** 3);
/** The signal is not one that memory pressure of the system sends, so that whoever waits can tell the two apart. */
const script = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGABRT');
  }, 100);
`;

/** Starts to watch. `bytes`: resident memory at which this process is ended with SIGABRT. */
export function watchMemory(bytes: number = most): void {
  new Worker(script, { eval: true, workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
