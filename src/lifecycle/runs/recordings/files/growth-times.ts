// When a metric line without a time was logged: by what the recorder noted of the file's growth.
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';
import { readLines } from './line-reader';

/** Reads one run's notes in step with its metrics file. */
export class GrowthTimes {
  readonly #path: string;
  #offset = 0;
  #notes: { size: number; time: number }[] = [];

  constructor(layout: WorkspaceLayout, runId: string) {
    this.#path = `${layout.run(runId)}/${runFiles.metricTimes}`;
  }

  /** Epoch milliseconds at which the file was first seen to hold the bytes up to `end`; undefined when not noted. */
  timeOf(end: number): number | undefined {
    for (;;) {
      while (this.#notes[0] !== undefined && this.#notes[0].size < end) this.#notes.shift();
      if (this.#notes[0] !== undefined) return this.#notes[0].time;
      if (!this.#readMore()) return undefined;
    }
  }

  #readMore(): boolean {
    const { lines, next } = readLines(this.#path, { offset: this.#offset, isComplete: false });
    this.#offset = next;
    for (const { text } of lines) {
      const [size, time] = (text ?? '').split(' ').map(Number);
      if (size !== undefined && time !== undefined && time > 0) this.#notes.push({ size, time });
    }
    return lines.length > 0;
  }
}
