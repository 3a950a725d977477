// What a command printed after its recorder was killed, or would not wait, may hold metric lines; they are added to those
// it had found.
import { appendFileSync, statSync } from 'node:fs';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';
import { StdoutMetricReader } from '../../../../protocol/recording/stdout-metric';
import { readLines } from './line-reader';

/** How far a log has been searched. `known`: metric lines still to come that the recorder had found. */
interface SearchedLog {
  path: string;
  reader: StdoutMetricReader;
  time: number;
  offset: number;
  known: number;
  done: boolean;
}

const brace = '{'.charCodeAt(0);

/** Searches the logs of lost recordings. Begun anew after a crash it adds nothing twice, for it goes by their number. */
export class StdoutRest {
  readonly #layout: WorkspaceLayout;
  readonly #logs = new Map<string, SearchedLog>();

  constructor(layout: WorkspaceLayout) {
    this.#layout = layout;
  }

  /** Searches on until `deadline` (of `performance.now`). True when all is searched. */
  search(runId: string, deadline: number): boolean {
    const log = this.#logs.get(runId) ?? this.#open(runId);
    this.#logs.set(runId, log);
    while (!log.done) {
      this.#searchPiece(runId, log);
      if (performance.now() > deadline) break;
    }
    return log.done;
  }

  /** The run has ended. */
  forget(runId: string): void {
    this.#logs.delete(runId);
  }

  #open(runId: string): SearchedLog {
    const folder = this.#layout.run(runId);
    // With both streams in one place there is only the one log.
    const paths = [`${folder}/${runFiles.stdout}`, `${folder}/${runFiles.output}`];
    for (const path of paths) {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      // When each line was printed nobody saw; the last of them by this time.
      const [time, known] = [Math.round(stat.mtimeMs), this.#knownLines(runId)];
      return { path, reader: new StdoutMetricReader(), time, offset: 0, known, done: false };
    }
    return { path: folder, reader: new StdoutMetricReader(), time: 0, offset: 0, known: 0, done: true };
  }

  #knownLines(runId: string): number {
    const path = `${this.#layout.run(runId)}/${runFiles.stdoutMetrics}`;
    let count = 0;
    for (let offset = 0; ; ) {
      const { lines, next, atEnd } = readLines(path, { offset, isComplete: true });
      count += lines.length;
      if (atEnd) return count;
      offset = next;
    }
  }

  #searchPiece(runId: string, log: SearchedLog): void {
    const { lines, next, atEnd } = readLines(log.path, { offset: log.offset, isComplete: true, needle: brace });
    const found = lines.flatMap(({ text }) => (text === undefined ? [] : (log.reader.read(text, log.time) ?? [])));
    if (atEnd) found.push(...[log.reader.finish() ?? []].flat());
    const fresh = found.slice(log.known);
    const target = `${this.#layout.run(runId)}/${runFiles.stdoutMetrics}`;
    if (fresh.length > 0) appendFileSync(target, `${fresh.join('\n')}\n`);
    log.known = Math.max(0, log.known - found.length);
    log.offset = next;
    log.done = atEnd;
  }
}
