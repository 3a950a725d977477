// What passes between the page of a model and its host when it is timed.
import type { Benchmark, BenchmarkCell } from './benchmark';

/** Every number of rows at once on every number of threads. */
export interface BenchmarkPlan {
  batches: number[];
  threads: number[];
}

/** How far it is. `cells`: those that are timed; `milliseconds` since it began. */
export type BenchmarkWork =
  | { kind: 'rests' }
  | {
      kind: 'works';
      done: number;
      total: number;
      milliseconds: number;
      isStopping: boolean;
      cells: BenchmarkCell[];
    }
  | { kind: 'cancelled'; cells: BenchmarkCell[] }
  | { kind: 'failed'; message: string; cells: BenchmarkCell[] };

/** A whole benchmark, kept over a reload. `time` is epoch milliseconds; `isStale`: the model's file was written since. */
export interface BenchmarkOutcome {
  benchmark: Benchmark;
  time: number;
  isStale: boolean;
  /** The run of the workspace that keeps it; null where none does, and `why`. */
  runId: string | null;
  why: string;
}

/** `threads`: how many this machine runs at once. */
export interface BenchmarkState {
  threads: number;
  work: BenchmarkWork;
  outcome: BenchmarkOutcome | null;
}

/** Another benchmark of a model of this name. */
export interface EarlierBenchmark {
  runId: string;
  time: number;
}

type Nothing = Record<string, never>;

/** What the page asks. All but `benchmark` throw `forbidden` while the folder is not trusted. */
export interface BenchmarkAsks {
  benchmark: { input: Nothing; answer: BenchmarkState };
  startBenchmark: { input: BenchmarkPlan; answer: null };
  stopBenchmark: { input: Nothing; answer: null };
  /** The newest first; empty without a run. */
  earlierBenchmarks: { input: Nothing; answer: EarlierBenchmark[] };
  openBenchmark: { input: Nothing; answer: null };
  compareBenchmark: { input: { runId: string }; answer: null };
}
export type BenchmarkAsk = keyof BenchmarkAsks;
