// What the user changed a moment ago: shown at once, before the engine has answered, and taken back when it refuses.
import type { RunSummary } from '../../protocol/run';
import type { RunChange } from '../../protocol/runs/run-change';
import { noteTag } from '../../protocol/runs/run-tag';
import type { RunNode } from './run-node';

/** One change on its way; `settled` is when the engine had made it, in milliseconds of `performance.now()`. */
interface Expected {
  patch: Partial<RunSummary>;
  settled: number;
}

/** Ends the waiting for one answer. */
export interface Expectation {
  /** The engine has made the change. */
  settle(): void;
  /** The engine refused it: rows say again what they said. */
  revert(): void;
}

/** The changes of one folder that are on their way. */
export class ExpectedChanges {
  readonly #byRun = new Map<string, Expected[]>();

  /** Shows a change in its row. */
  expect(node: RunNode, change: RunChange): Expectation {
    const { runId } = node.run;
    const expected: Expected = { patch: patchOf(change), settled: Number.POSITIVE_INFINITY };
    const keys = Object.keys(expected.patch) as (keyof RunSummary)[];
    const before = Object.fromEntries(keys.map((key) => [key, node.run[key]]));
    this.#byRun.set(runId, [...(this.#byRun.get(runId) ?? []), expected]);
    node.run = { ...node.run, ...expected.patch };
    return {
      settle: () => {
        expected.settled = performance.now();
      },
      revert: () => {
        this.#keep(runId, (each) => each !== expected);
        node.run = { ...node.run, ...before };
      },
    };
  }

  /** What a row says of a run that was asked for at `asked`: the answer may be older than the user's last change. */
  applyTo(run: RunSummary, asked: number): RunSummary {
    this.#keep(run.runId, (each) => each.settled > asked);
    const expected = this.#byRun.get(run.runId);
    return expected === undefined ? run : Object.assign({}, run, ...expected.map(({ patch }) => patch));
  }

  #keep(runId: string, isKept: (each: Expected) => boolean): void {
    const kept = this.#byRun.get(runId)?.filter(isKept) ?? [];
    if (kept.length > 0) this.#byRun.set(runId, kept);
    else this.#byRun.delete(runId);
  }
}

function patchOf({ name, starred, archived, deleted, tags }: RunChange): Partial<RunSummary> {
  const note = tags?.[noteTag];
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(starred === undefined ? {} : { starred }),
    ...(archived === undefined ? {} : { archived }),
    ...(deleted === undefined ? {} : { deletedTime: deleted ? Date.now() : null }),
    ...(note === undefined ? {} : { note }),
  };
}
