// slipway bench-model MODEL
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { keepBenchmark } from '../client/benchmark/benchmark-run';
import { ownModelProcesses } from '../client/model/model-processes';
import type { Benchmark, BenchmarkCell } from '../protocol/inference/benchmark/benchmark';
import type { GivenInput } from '../protocol/inference/prediction';
import { bytesText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { durationOption, usualTime } from './duration-option';
import { jsonKeys } from './json-keys';
import { ProgressLine } from './progress-line';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface BenchOptions extends CommonOptions {
  input?: string;
  batch: number[];
  threads: number[];
  runs: number;
  time: number;
  timeout?: number;
  record: boolean;
}

/** A run is not interrupted: what a cell may take beyond its time before the process is ended. */
const patience = 120_000;
const mostOperators = 10;

/** Adds `bench-model`, which times an ONNX model. */
export function registerBenchModelCommand(program: Command, context: CliContext): void {
  program
    .command('bench-model <model>')
    .description(
      'how fast an .onnx model is: latency percentiles, throughput and memory by rows at once and threads, after a warm-up, ' +
        'and the time of each operator. In a workspace it is kept as a run of the experiment benchmarks',
    )
    .option(
      '--input <file>',
      'rows to use, as slipway predict takes them (default: a golden case, else made-up values)',
    )
    .addOption(numbersOption('--batch <numbers>', 'rows at once, such as 1,10,100', 1_000_000, [1, 10, 100, 1000]))
    .addOption(numbersOption('--threads <numbers>', 'threads, such as 1,2', 256, [1]))
    .option('--runs <number>', 'how often each is run, at most', wholeNumber(10_000_000), 1000)
    .addOption(usualTime('--time <duration>', 'how long each is run, at most', '2s', { least: '10ms', most: '1h' }))
    .option(
      '--timeout <duration>',
      'how long all of it may take (default: two minutes more than --time for each line of the table)',
      durationOption({ least: '10ms', most: '24h' }),
    )
    .option('--no-record', 'keep nothing in the workspace')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((model: string, options: BenchOptions) => benchModel(context, model, options));
}

function numbersOption(flags: string, description: string, most: number, usual: readonly number[]): Option {
  return new Option(flags, description).argParser(wholeNumbers(most)).default(usual, usual.join(','));
}

function wholeNumbers(most: number): (text: string) => number[] {
  return (text) => {
    const values = text.split(',').map(wholeNumber(most));
    if (new Set(values).size === values.length && values.length <= 20) return values;
    throw new InvalidArgumentError('It takes up to 20 different numbers.');
  };
}

async function benchModel(context: CliContext, model: string, options: BenchOptions): Promise<void> {
  const started = Date.now();
  const { batch: batches, threads, runs, time: milliseconds } = options;
  const given = await givenBy(options);
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  const line = new ProgressLine();
  const done: BenchmarkCell[] = [];
  let isWhole = false;
  try {
    const query = { path: resolve(model), given, batches, threads, runs, milliseconds };
    const deadline = options.timeout ?? (milliseconds + patience) * batches.length * threads.length;
    const found = await models.ask('benchmark', query, {
      deadline,
      onProgress: (progress) => line.show(progress),
      onPartial: (cell) => done.push(cell),
    });
    isWhole = true;
    line.clear();
    const kept = await recorded(context, { found, started, options });
    const run = kept === null ? {} : { runId: kept };
    context.print(options, jsonKeys({ ...found, ...run }), benchmarkText(found, kept));
  } finally {
    line.clear();
    // What was timed before it failed took its time, and is right.
    if (!isWhole && done.length > 0) context.print(options, jsonKeys({ cells: done }), cellTable(done));
    models.dispose();
  }
}

async function givenBy({ input }: BenchOptions): Promise<GivenInput | null> {
  if (input === undefined) return null;
  if (input === '-') return { kind: 'text', text: await textOf(process.stdin), format: null };
  return { kind: 'file', path: resolve(input), format: null };
}

interface Ended {
  found: Benchmark;
  started: number;
  options: BenchOptions;
}

/** The id of the run; null where there is no workspace, of which none is made. */
async function recorded(context: CliContext, { found, started, options }: Ended): Promise<string | null> {
  if (!options.record || !hasWorkspace(context, options)) return null;
  return keepBenchmark(await context.client(options), found, started);
}

function hasWorkspace(context: CliContext, options: BenchOptions): boolean {
  try {
    return existsSync(`${context.layout(options).root}/.slipway`);
  } catch (error) {
    if (options.workspace === undefined && SlipwayError.is(error, 'no-workspace')) return false;
    throw error;
  }
}

function benchmarkText(benchmark: Benchmark, runId: string | null): string {
  const { model, modelBytes, loadMilliseconds, input, cells, operators, memory, environment, notes } = benchmark;
  const { processor, cores, platform, node, onnxruntime } = environment;
  return [
    `${oneLine(model, 100)} (${bytesText(modelBytes)}) on ${oneLine(input, 100)}; loaded in ${timeText(loadMilliseconds)}.`,
    ...notes,
    '',
    cellTable(cells),
    '',
    ...operatorLines(operators),
    `Memory: ${bytesText(memory.before)} before, ${bytesText(memory.loaded)} with the model, ${bytesText(memory.most)} at most.`,
    `${oneLine(processor, 80)}, ${cores} cores, ${platform}, Node ${node}, onnxruntime ${onnxruntime}.`,
    ...(runId === null ? [] : [`Kept as run ${runId} of benchmarks. Compare two: slipway compare RUN RUN`]),
  ].join('\n');
}

const cellHeads = ['rows', 'threads', 'runs', 'first', 'p50', 'p90', 'p95', 'p99', 'max', 'rows/s'].map((head) => ({
  head,
  right: true,
}));

function cellTable(cells: readonly BenchmarkCell[]): string {
  return textTable(cellHeads, cells.map(cellLine));
}

function cellLine({ batch, threads, first, latency, rowsPerSecond }: BenchmarkCell): string[] {
  const { runs, p50, p90, p95, p99, max } = latency;
  const times = [first, p50, p90, p95, p99, max].map(timeText);
  return [String(batch), String(threads), String(runs), ...times, Math.round(rowsPerSecond).toLocaleString('en')];
}

function timeText(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toFixed(milliseconds < 0.1 ? 1 : 0)} µs`;
  return milliseconds < 1000 ? `${milliseconds.toPrecision(3)} ms` : `${(milliseconds / 1000).toPrecision(3)} s`;
}

function operatorLines(operators: Benchmark['operators']): string[] {
  if (operators.length === 0) return [];
  const rows = operators
    .slice(0, mostOperators)
    .map(({ operator, calls, milliseconds, share }) => [
      oneLine(operator, 60),
      String(calls),
      timeText(milliseconds),
      `${(100 * share).toFixed(1)} %`,
    ]);
  const heads = [{ head: 'operator' }, ...['calls', 'time', 'share'].map((head) => ({ head, right: true }))];
  return [textTable(heads, rows), ''];
}
