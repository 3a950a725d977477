// A model and the one that was quantized of it, measured by our own model processes: size, time, answers and accuracy.
import { join } from 'node:path';
import { messageOf, SlipwayError } from '../../base/errors';
import type { TableSource } from '../../protocol/datasets/table-source';
import type { Benchmark } from '../../protocol/inference/benchmark/benchmark';
import type { ExplainedRows } from '../../protocol/inference/explain/explanation';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { GivenInput } from '../../protocol/inference/prediction';
import type { SetRows } from '../../protocol/inference/quantization/picture-set';
import { modelBytes } from '../../protocol/inference/quantization/quantizable';
import type {
  AnswerDifference,
  BeforeAfter,
  Quantization,
  QuantizedAccuracy,
  QuantizedLatency,
} from '../../protocol/inference/quantization/quantization';
import type { JobProgress } from '../../protocol/jobs/job';
import { compareFilesInProcess } from '../comparison/comparison-process';

/** A table whose column `label` holds what is true. */
export interface LabelledTable {
  kind: 'table';
  source: TableSource;
  label: string;
  id: string | null;
  slices: string[];
}

/** What is measured. `rows` are those whose answers and times are compared; the golden cases, or made-up ones, where null. */
export interface MeasuredModels {
  before: string;
  after: string;
  rows: ExplainedRows | SetRows | null;
  labelled: LabelledTable | SetRows | null;
  seed: number;
}

/** What it is measured with; predictions are written into `scratch`. */
export interface MeasuringTerms {
  models: ModelPool;
  bundle: string;
  scratch: string;
  signal: AbortSignal;
  onProgress(progress: JobProgress): void;
}

export type Measurement = Pick<
  Quantization,
  'bytes' | 'loadMilliseconds' | 'input' | 'latency' | 'answers' | 'accuracy' | 'notes'
>;

const batches = [1, 64];
/** Of each round of each model; the quieter of the rounds counts. */
const [rounds, roundMilliseconds] = [2, 250];
const mostRuns = 20_000;
/** Rows that are timed, and whose answers are compared. */
const [timedRows, comparedRows] = [64, 10_000];
const longestTable = 24 * 3600 * 1000;
const longestQuestion = 600_000;

/** Throws SlipwayError `invalid` with what does not fit in the table, and where no accuracy can be told of its labels. */
export async function predictLabelled(
  path: string,
  name: string,
  labelled: LabelledTable | SetRows,
  { models, scratch, signal, onProgress }: MeasuringTerms,
): Promise<void> {
  const output = join(scratch, `${name}.parquet`);
  if (labelled.kind === 'sets') {
    await models.ask('predictSets', { path, rows: labelled, output }, { deadline: longestTable, signal, onProgress });
    return;
  }
  const { source, label, id, slices } = labelled;
  const query = { path, source, output, id, label, slices };
  const { metrics, notes } = await models.ask('batch', query, { deadline: longestTable, signal, onProgress });
  if (Object.keys(metrics).length > 0) return;
  const why = notes.find((note) => note.includes('no metric')) ?? 'No row has a true value.';
  throw new SlipwayError('invalid', `No accuracy can be told of the column ${label}. ${why}`);
}

/** Throws SlipwayError `invalid` where the model that was quantized does not run, `unavailable` when it is taken back. */
export async function measureQuantized(asked: MeasuredModels, terms: MeasuringTerms): Promise<Measurement> {
  const { models, signal } = terms;
  const { before, after, rows, labelled } = asked;
  const outlines = await Promise.all([before, after].map((path) => models.ask('outline', { path }, { signal })));
  const [first, second] = outlines.map(modelBytes) as [number, number];
  const speed = await timed(asked, terms);
  const answers = rows === null ? null : await answersOf(asked, rows, terms);
  const accuracy = labelled === null ? null : await accuracyOf(asked, labelled, terms);
  const why = accuracy !== null && 'why' in accuracy ? [accuracy.why] : [];
  return {
    bytes: { before: first, after: second },
    ...speed,
    answers,
    accuracy: accuracy === null || 'why' in accuracy ? null : accuracy,
    notes: [...speed.notes, ...why],
  };
}

type Speed = Pick<Measurement, 'loadMilliseconds' | 'input' | 'latency' | 'notes'>;

async function timed(
  { before, after, rows, seed }: MeasuredModels,
  { models, signal, onProgress }: MeasuringTerms,
): Promise<Speed> {
  const deadline = longestQuestion;
  const example = await models.ask('exampleInput', { path: before, rows, most: timedRows, seed }, { deadline, signal });
  const given: GivenInput = { kind: 'tensors', feeds: example.feeds };
  const once = (path: string): Promise<Benchmark> =>
    models.ask(
      'benchmark',
      { path, given, batches, threads: [1], runs: mostRuns, milliseconds: roundMilliseconds },
      { deadline, signal },
    );
  const found: Record<'before' | 'after', Benchmark[]> = { before: [], after: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, path] of [
      ['before', before],
      ['after', after],
    ] as const) {
      onProgress({ what: 'Timing both models', done: found.before.length + found.after.length, total: 2 * rounds });
      found[name].push(await once(path));
    }
  }
  const cells = found.before[0]?.cells ?? [];
  const latency = cells.map(({ batch }): QuantizedLatency => {
    const best = (runs: readonly Benchmark[], of: 'p50' | 'p95'): number =>
      Math.min(
        ...runs.flatMap((run) => run.cells.filter((cell) => cell.batch === batch).map((cell) => cell.latency[of])),
      );
    const both = (of: 'p50' | 'p95'): BeforeAfter => ({ before: best(found.before, of), after: best(found.after, of) });
    return { rows: batch, p50: both('p50'), p95: both('p95') };
  });
  const load = (runs: readonly Benchmark[]): number => Math.min(...runs.map((run) => run.loadMilliseconds));
  return {
    loadMilliseconds: { before: load(found.before), after: load(found.after) },
    input: example.name,
    latency,
    notes: [...new Set([...example.notes, ...(found.before[0]?.notes ?? [])])],
  };
}

function answersOf(
  { before: path, after: other, seed }: MeasuredModels,
  rows: ExplainedRows | SetRows,
  terms: MeasuringTerms,
): Promise<AnswerDifference> {
  const { models, signal, onProgress } = terms;
  const query = { path, other, rows, most: comparedRows, seed };
  return models.ask('answerDifference', query, { deadline: longestTable, signal, onProgress });
}

/** `why` where nothing can be said of it. */
async function accuracyOf(
  { after }: MeasuredModels,
  labelled: LabelledTable | SetRows,
  terms: MeasuringTerms,
): Promise<QuantizedAccuracy | { why: string }> {
  const { scratch, bundle, onProgress } = terms;
  await predictLabelled(after, 'after', labelled, terms);
  onProgress({ what: 'Comparing accuracy', done: 0, total: 0 });
  const file = (name: string): { path: string; name: string } => ({ path: join(scratch, name), name });
  try {
    const found = await compareFilesInProcess(
      { baseline: file('before.parquet'), candidate: file('after.parquet'), metrics: [], cluster: null },
      { bundle },
    );
    const [candidate] = found.candidates;
    if (candidate === undefined) return { why: 'The accuracy was not compared.' };
    const { verdict, metrics, predictions, notes } = candidate;
    return { verdict, rows: predictions?.rows.judged ?? 0, metrics, flips: predictions?.flips ?? null, notes };
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return { why: `The accuracy was not compared: ${messageOf(error)}` };
  }
}
