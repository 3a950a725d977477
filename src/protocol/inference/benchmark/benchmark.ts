// How fast a model answers, and with what.
import type { GivenInput } from '../prediction';

/** Milliseconds of single runs. Percentiles are interpolated linearly, as numpy does. */
export interface Latency {
  runs: number;
  mean: number;
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  max: number;
}

/** Runs by milliseconds: `counts[i]` took from `edges[i]` to below `edges[i + 1]`; the edges grow by a fixed factor. */
export interface LatencyHistogram {
  edges: number[];
  counts: number[];
}

/** One number of rows at once, on so many threads. */
export interface BenchmarkCell {
  batch: number;
  threads: number;
  /** Milliseconds of the first run of this batch since the model was loaded; runs before those that count. */
  first: number;
  warmUp: number;
  latency: Latency;
  histogram: LatencyHistogram;
  /** Of the quantile that was asked for: milliseconds between which it lies, null where no run was slow enough to say. */
  interval?: [number, number | null];
  /** By the mean. */
  rowsPerSecond: number;
}

/** Where the time goes, by kind of operator; `share` is of all operators. */
export interface OperatorTime {
  operator: string;
  calls: number;
  milliseconds: number;
  share: number;
}

/** Bytes of the process: before the model was loaded, after, and the most there was. */
export interface BenchmarkMemory {
  before: number;
  loaded: number;
  most: number;
}

export interface BenchmarkEnvironment {
  processor: string;
  cores: number;
  platform: string;
  node: string;
  onnxruntime: string;
}

/** One benchmark of a model. Times are of the run alone: reading an input is not in them. */
export interface Benchmark {
  model: string;
  modelBytes: number;
  loadMilliseconds: number;
  /** Where the input came from. */
  input: string;
  cells: BenchmarkCell[];
  /** Of one run of the smallest batch on the first number of threads. */
  operators: OperatorTime[];
  memory: BenchmarkMemory;
  environment: BenchmarkEnvironment;
  notes: string[];
}

/** The quantile `share` of the times with an interval; so that it has two ends, a cell goes on for up to `milliseconds`. */
export interface TimedQuantile {
  share: number;
  confidence: number;
  milliseconds: number;
}

/** `path` is absolute; `given` null: a golden case's input, else a made-up one. `runs` and `milliseconds`: the most a cell has. */
export interface BenchmarkQuery {
  path: string;
  given: GivenInput | null;
  batches: number[];
  threads: number[];
  runs: number;
  milliseconds: number;
  quantile?: TimedQuantile;
}

/** What a model process answers about speed; each cell is told when it is done. */
export interface BenchmarkQuestions {
  benchmark: { input: BenchmarkQuery; answer: Benchmark; partial: BenchmarkCell };
}
