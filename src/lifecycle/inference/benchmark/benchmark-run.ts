// A model timed: batches and threads, one after the other, each warmed up first.
import { statSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import { onnxruntimeVersion } from '../../../platform/onnx/onnx-session';
import type { Benchmark, BenchmarkCell, BenchmarkQuery } from '../../../protocol/inference/benchmark/benchmark';
import type { GivenInput } from '../../../protocol/inference/prediction';
import type { FlatTensor } from '../../../protocol/inference/tensor';
import { fewestForQuantile } from '../../../statistics/sample/quantile-interval';
import { goldenCases } from '../golden/golden-cases';
import { takeInput } from '../input/take-input';
import { RunningModel } from '../running-model';
import { madeUpFeeds, repeated, rowInputs } from './batch-feeds';
import { histogramOf, latencyOf, quantileInterval } from './latency';
import { operatorTimes } from './operator-times';

/** How a benchmark is followed and stopped. */
export interface BenchmarkAsked {
  signal: AbortSignal;
  onCell(cell: BenchmarkCell, done: number, total: number): void;
}

const warmUpRuns = 10;
const warmUpMilliseconds = 300;
/** A line that takes the question back is read between runs, at least as often. */
const breathMilliseconds = 50;

/** Runs it. Throws SlipwayError `invalid` when the model does not run here or the input does not fit. */
export async function benchmark(query: BenchmarkQuery, asked: BenchmarkAsked): Promise<Benchmark> {
  const { path, threads } = query;
  const before = process.memoryUsage().rss;
  const [firstThreads = 1] = threads;
  const model = await RunningModel.open(path, firstThreads);
  const loaded = process.memoryUsage().rss;
  const { inputs, outputs, loadMilliseconds, changes } = model.opened;
  const { feeds, input, notes } = await exampleInput(query.given, model);
  const open = rowInputs(inputs);
  const { batches, left } = possibleBatches(query.batches, { open, feeds });
  const cells: BenchmarkCell[] = [];
  const total = batches.length * threads.length;
  const names = outputs.map(({ name }) => name);
  for (const count of threads) {
    const own = count === firstThreads ? model : await RunningModel.open(path, count);
    for (const batch of batches) {
      const timed = { model: own, names, feeds: repeated(feeds, open, batch), batch, threads: count, query };
      const cell = await cellOf(timed, asked.signal);
      cells.push(cell);
      asked.onCell(cell, cells.length, total);
    }
    if (own !== model) await own.release();
  }
  const least = Math.min(...batches);
  const profiled = { path, threads: firstThreads, feeds: repeated(feeds, open, least), outputs: names };
  return {
    model: basename(path),
    modelBytes: statSync(path).size,
    loadMilliseconds,
    input,
    cells,
    operators: await operatorTimes(profiled),
    memory: { before, loaded, most: process.resourceUsage().maxRSS * 1024 },
    environment: await environment(),
    notes: [...notes, ...left, ...changes],
  };
}

/** Rows to run, and where they came from. */
interface ExampleInput {
  feeds: Record<string, FlatTensor>;
  input: string;
  notes: string[];
}

/** What was given; else a golden case's input, else values that are made up. Throws SlipwayError `invalid` for what does not fit. */
export async function exampleInput(given: GivenInput | null, model: RunningModel): Promise<ExampleInput> {
  const { inputs } = model.opened;
  if (given !== null) {
    const { feeds, notes, rows } = await takeInput(given, inputs);
    const where = given.kind === 'file' ? basename(given.path) : 'what was given';
    return { feeds, input: `${rows === 1 ? '1 row' : `${rows} rows`} of ${where}`, notes };
  }
  for (const golden of goldenCases(model.path).cases) {
    try {
      const { feeds, rows } = await takeInput(golden.content(model.opened).given, inputs);
      if (rows > 0) return { feeds, input: `the golden case ${golden.name}`, notes: [] };
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
    }
  }
  const note = 'The values are made up: with others, models that branch can be faster or slower.';
  return { feeds: madeUpFeeds(inputs), input: 'made-up values', notes: [note] };
}

/** Where the model says how many rows there are, only these can be given. */
function possibleBatches(
  wanted: readonly number[],
  { open, feeds }: { open: ReadonlySet<string>; feeds: ExampleInput['feeds'] },
): { batches: number[]; left: string[] } {
  const names = Object.keys(feeds);
  if (names.length > 0 && names.every((name) => open.has(name))) return { batches: [...wanted], left: [] };
  const rows = Math.max(1, ...Object.values(feeds).map(({ shape }) => shape[0] ?? 1));
  const others = wanted.filter((batch) => batch !== rows);
  const left = others.length === 0 ? [] : [`The model takes a fixed number of rows: only ${rows} was timed.`];
  return { batches: [rows], left };
}

interface Timed {
  model: RunningModel;
  names: readonly string[];
  feeds: ReturnType<typeof repeated>;
  batch: number;
  threads: number;
  query: BenchmarkQuery;
}

async function cellOf(
  { model, names, feeds, batch, threads, query }: Timed,
  signal: AbortSignal,
): Promise<BenchmarkCell> {
  const once = async (): Promise<number> => (await model.run(feeds, names)).milliseconds;
  const first = await once();
  const warmUp = await timesOf(once, { runs: warmUpRuns, milliseconds: warmUpMilliseconds, signal });
  const { quantile, runs, milliseconds } = query;
  const times = await timesOf(once, { runs, milliseconds, signal });
  if (quantile !== undefined) {
    const more = fewestForQuantile(quantile.share, quantile.confidence) - times.length;
    if (more > 0) times.push(...(await timesOf(once, { runs: more, milliseconds: quantile.milliseconds, signal })));
  }
  const latency = latencyOf(times);
  return {
    batch,
    threads,
    first,
    warmUp: warmUp.length + 1,
    latency,
    histogram: histogramOf(times),
    ...(quantile === undefined ? {} : { interval: quantileInterval(times, quantile) }),
    rowsPerSecond: latency.mean === 0 ? 0 : (1000 * batch) / latency.mean,
  };
}

/** At least one. Throws when it is taken back. */
async function timesOf(
  once: () => Promise<number>,
  { runs, milliseconds, signal }: { runs: number; milliseconds: number; signal: AbortSignal },
): Promise<number[]> {
  const start = performance.now();
  let breath = start;
  const times: number[] = [];
  do {
    times.push(await once());
    const now = performance.now();
    if (now - breath > breathMilliseconds) {
      await setImmediate();
      if (signal.aborted) throw new SlipwayError('unavailable', 'This was cancelled.');
      breath = performance.now();
    }
  } while (times.length < runs && performance.now() - start < milliseconds);
  return times;
}

async function environment(): Promise<Benchmark['environment']> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    platform: `${platform()}-${arch()}`,
    node: process.versions.node,
    onnxruntime: await onnxruntimeVersion(),
  };
}
