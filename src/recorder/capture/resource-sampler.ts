// CPU and memory of a command and all it started, often at first and seldom in the long run.
import { appendFileSync } from 'node:fs';
import { type ProcessUse, processTree } from '../../platform/process/process-tree';
import { monotonicTime } from '../monotonic-time';

const minute = 60_000;

/** Writes samples as metric lines until stopped; `step` is the number of the sample. */
export class ResourceSampler {
  readonly #pid: number;
  readonly #path: string;
  readonly #onSample: () => void;
  readonly #started = monotonicTime();
  #timer: NodeJS.Timeout | undefined;
  #before = new Map<number, number>();
  #lastTime = this.#started;
  #step = 0;
  #stopped = false;

  constructor(pid: number, path: string, onSample: () => void) {
    this.#pid = pid;
    this.#path = path;
    this.#onSample = onSample;
    this.#schedule(200);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(wait: number): void {
    this.#timer = setTimeout(() => void this.#sample(), wait);
    this.#timer.unref();
  }

  async #sample(): Promise<void> {
    const tree = await processTree(this.#pid).catch(() => []);
    if (this.#stopped) return;
    // A process that has ended and waits to be reaped is still listed, and has no memory any more.
    if (tree.some(({ memory }) => memory > 0)) this.#write(tree);
    this.#schedule(intervalAt(monotonicTime() - this.#started));
  }

  #write(tree: readonly ProcessUse[]): void {
    const now = monotonicTime();
    // Each process is compared with itself: one that ended must not make the sum fall.
    const used = tree.reduce((sum, each) => sum + each.cpuSeconds - (this.#before.get(each.pid) ?? 0), 0);
    const seconds = Math.max((now - this.#lastTime) / 1000, 0.001);
    const memory = tree.reduce((sum, each) => sum + each.memory, 0);
    this.#before = new Map(tree.map((each) => [each.pid, each.cpuSeconds]));
    this.#lastTime = now;
    const line = {
      step: this.#step++,
      time: Date.now(),
      'system/cpu_percent': Math.round((Math.max(used, 0) / seconds) * 1000) / 10,
      'system/memory_megabytes': Math.round(memory / 100_000) / 10,
    };
    try {
      appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
      this.#onSample();
    } catch {
      // A full disk ends the samples, not the training.
      this.#stopped = true;
    }
  }
}

/** Milliseconds between samples after a command has run for `age`. */
function intervalAt(age: number): number {
  if (age < 2 * minute) return 1000;
  return age < 60 * minute ? 5000 : 30_000;
}
