// What the user changed a moment ago in the tree: shown at once, before the engine has answered, and taken back when it
// refuses.
import type { RunSummary } from '../../protocol/run';
import {
  type ExpectedChange,
  stillExpected,
  withChange,
  withExpected,
} from '../../protocol/runs/changes/expected-changes';
import type { RunChange } from '../../protocol/runs/run-change';
import type { RunNode } from './run-node';

/** Ends the waiting for one answer. */
export interface Expectation {
  /** The engine has made the change. */
  settle(): void;
  /** The engine refused it: rows say again what they said. */
  revert(): void;
}

/** The changes of one folder that are on their way. */
export class ExpectedChanges {
  readonly #byRun = new Map<string, readonly ExpectedChange[]>();

  /** Shows a change in its row. */
  expect(node: RunNode, change: RunChange): Expectation {
    const { run } = node;
    const expected: ExpectedChange = { change, made: Date.now(), settled: Number.POSITIVE_INFINITY };
    this.#byRun.set(run.runId, [...(this.#byRun.get(run.runId) ?? []), expected]);
    node.run = withChange(run, change, expected.made);
    const changed = (Object.keys(run) as (keyof RunSummary)[]).filter((key) => node.run[key] !== run[key]);
    const before = Object.fromEntries(changed.map((key) => [key, run[key]]));
    return {
      settle: () => {
        expected.settled = performance.now();
      },
      revert: () => {
        const others = this.#byRun.get(run.runId)?.filter((each) => each !== expected);
        this.#keep(run.runId, others ?? []);
        node.run = { ...node.run, ...before };
      },
    };
  }

  /** What a row says of a run that was asked for at `asked`: the answer may be older than the user's last change. */
  applyTo(run: RunSummary, asked: number): RunSummary {
    const left = stillExpected(this.#byRun.get(run.runId) ?? [], asked);
    this.#keep(run.runId, left);
    return left.length === 0 ? run : withExpected(run, left);
  }

  #keep(runId: string, left: readonly ExpectedChange[]): void {
    if (left.length > 0) this.#byRun.set(runId, left);
    else this.#byRun.delete(runId);
  }
}
