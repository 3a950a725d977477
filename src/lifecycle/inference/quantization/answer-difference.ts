// How far the answers of two models to the same rows are apart.
import { setImmediate } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { TakenRows } from '../../../protocol/inference/explain/explanation';
import type { AnswerDifference, OutputDifference } from '../../../protocol/inference/quantization/quantization';
import type { QuantizationQuestions } from '../../../protocol/inference/quantization/quantization-questions';
import { rowInputs } from '../benchmark/batch-feeds';
import type { ExplainSurroundings } from '../explain/explained-model';
import { type ExplainableOutputs, explainableOutputs, numbersOf, toldClasses } from '../explain/explained-output';
import { RunningModel, type RunValues } from '../running-model';
import { halfToNumber } from '../tensor/half';
import { sample } from './sample';
import { type SetFeeds, setFeeds } from './tensor-sets';

type Query = QuantizationQuestions['answerDifference']['input'];
type Tensors = Record<string, OnnxTensor>;

const rowsAtOnce = 256;

/** Runs both on the same rows. Throws SlipwayError `invalid` where these do not fit, or the other does not run here. */
export async function answerDifference(
  model: RunningModel,
  query: Query,
  { open, signal, progress }: ExplainSurroundings,
): Promise<AnswerDifference> {
  const { batches, taken } = await batchesOf(model, query, open);
  const other = await RunningModel.open(query.other, 1);
  try {
    const gap = new AnswerGap(model);
    const names = gap.outputs;
    let done = 0;
    for (const { feeds, rows } of batches) {
      gap.take((await model.run(feeds, names)).values, (await other.run(feeds, names)).values, rows);
      done += rows;
      progress({ what: 'Comparing answers', done, total: taken.rows });
      await setImmediate();
      signal.throwIfAborted();
    }
    return { rows: taken, ...gap.told };
  } finally {
    await other.release();
  }
}

async function batchesOf(
  model: RunningModel,
  query: Query,
  open: ExplainSurroundings['open'],
): Promise<{ batches: Iterable<SetFeeds>; taken: TakenRows }> {
  const { rows: asked } = query;
  if (asked.kind === 'sets') {
    const { name, rows, of } = asked;
    return { batches: setFeeds(model, asked), taken: { name, rows, of } };
  }
  const { tensors, taken } = await sample(model, { ...query, rows: asked }, open);
  const { inputs } = model.opened;
  const isOpen = rowInputs(inputs).size === inputs.length;
  const step = isOpen ? rowsAtOnce : taken.rows;
  const batches = Array.from({ length: Math.ceil(taken.rows / step) }, (_, at): SetFeeds => {
    const rows = Math.min(step, taken.rows - at * step);
    return { feeds: isOpen ? rowsOf(tensors, at * step, rows) : tensors, rows };
  });
  return { batches, taken };
}

function rowsOf(tensors: Tensors, start: number, rows: number): Tensors {
  const part = ({ type, shape, data }: OnnxTensor): OnnxTensor => {
    const width = data.length / (shape[0] as number);
    return { type, shape: [rows, ...shape.slice(1)], data: data.slice(start * width, (start + rows) * width) as never };
  };
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, part(tensor)]));
}

/** Adds up what is said of batches. */
class AnswerGap {
  readonly #classes: ExplainableOutputs | undefined;
  readonly #floats: string[];
  readonly #sums = new Map<string, { most: number; sum: number; count: number }>();
  #same: number | null = 0;

  constructor(model: RunningModel) {
    const { outputs } = model.opened;
    this.#floats = outputs
      .filter(({ type }) => type.kind === 'tensor' && /^float/.test(type.element))
      .map(({ name }) => name);
    this.#classes = classOutputs(model);
  }

  get outputs(): string[] {
    const { label = null, scores = null } = this.#classes ?? {};
    return [...new Set([...this.#floats, ...[label, scores].flatMap((name) => name ?? [])])];
  }

  get told(): Pick<AnswerDifference, 'same' | 'outputs'> {
    const outputs = [...this.#sums].map(([output, { most, sum, count }]): OutputDifference => {
      const isNumber = Number.isFinite(most);
      return { output, most: isNumber ? most : null, mean: isNumber ? sum / Math.max(1, count) : null };
    });
    return { same: this.#same, outputs };
  }

  take(before: RunValues, after: RunValues, rows: number): void {
    for (const output of this.#floats)
      this.#takeNumbers(output, numbers(before.get(output)), numbers(after.get(output)));
    const [told, others] = [this.#told(before, rows), this.#told(after, rows)];
    if (told === undefined || others === undefined) this.#same = null;
    if (this.#same !== null) this.#same += told?.filter((each, row) => each === others?.[row]).length ?? 0;
  }

  /** Undefined where the answers are no classes of rows. */
  #told(values: RunValues, rows: number): string[] | undefined {
    if (this.#classes === undefined) return undefined;
    const { label, scores, classes } = this.#classes;
    try {
      const isNamed = label !== null || classes !== null;
      if (!isNamed && !areProbabilities(numbersOf(values, scores as string, rows), rows)) return undefined;
      return toldClasses(this.#classes, values, rows);
    } catch (error) {
      // An output without a row for each row that was given.
      if (SlipwayError.is(error, 'invalid')) return undefined;
      throw error;
    }
  }

  #takeNumbers(output: string, before: Float64Array, after: Float64Array): void {
    const sums = this.#sums.get(output) ?? { most: 0, sum: 0, count: 0 };
    for (const [at, value] of before.entries()) {
      const other = after[at] ?? Number.NaN;
      // Both the same infinity, or both no number: no difference.
      const gap = Object.is(value, other) ? 0 : Math.abs(value - other);
      sums.most = Math.max(sums.most, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap);
      sums.sum += gap;
      sums.count += 1;
    }
    this.#sums.set(output, sums);
  }
}

/** Undefined for a model of numbers alone, and for one whose answers are no classes of rows. */
function classOutputs(model: RunningModel): ExplainableOutputs | undefined {
  try {
    return explainableOutputs(model, null);
  } catch {
    return undefined;
  }
}

/** Several numbers of each row, none below 0, that add up to 1. */
function areProbabilities(scores: Float64Array, rows: number): boolean {
  const width = scores.length / rows;
  return Array.from({ length: rows }, (_, row) => scores.subarray(row * width, (row + 1) * width)).every(
    (row) => row.length > 1 && row.every((score) => score >= 0) && Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-2,
  );
}

function numbers(value: OnnxTensor | OnnxTensor[] | undefined): Float64Array {
  const parts = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return Float64Array.from(
    parts.flatMap(({ type, data }) =>
      type === 'float16' ? Array.from(data as Uint16Array, halfToNumber) : Array.from(data as Float32Array),
    ),
  );
}
