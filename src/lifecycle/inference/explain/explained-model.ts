// A model, ready to be asked about rows of numbers.
import { setTimeout } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import type { RowQuery, TakenRows } from '../../../protocol/inference/explain/explanation';
import type { JobProgress } from '../../../protocol/jobs/job';
import type { RowPredictor } from '../../../statistics/explain/row-predictor';
import type { RunningModel, RunValues } from '../running-model';
import type { TableOpener } from '../scan/table-rows';
import { type ExplainedOutput, explainableOutputs, explainedOutput } from './explained-output';
import { type RowTensors, rowTensors } from './explained-rows';
import { FeatureSpace } from './feature-space';

/** What an explanation may use, and how it is taken back and followed. */
export interface ExplainSurroundings {
  open: TableOpener;
  /** A folder for what does not fit into memory. */
  spill: string;
  signal: AbortSignal;
  progress(progress: JobProgress): void;
}

/** A row among background rows, and what of the model's answer is explained. */
export interface ComparedRow {
  space: FeatureSpace;
  output: ExplainedOutput;
  row: Float64Array;
  background: Float64Array;
  taken: TakenRows;
  notes: string[];
}

/** Reads the rows and runs the model on the one. Throws SlipwayError `invalid` with what does not fit. */
export async function comparedRow(model: RunningModel, query: RowQuery, open: TableOpener): Promise<ComparedRow> {
  const { most, seed, target } = query;
  const single = await rowTensors(model, { rows: query.input, pick: { row: query.row } }, open);
  const many = await rowTensors(model, { rows: query.background, pick: { most, seed } }, open);
  requireSameColumns(single, many);
  const names = query.background.kind === 'table' ? many.names : single.names;
  const space = new FeatureSpace(model.opened.inputs, many.tensors, names);
  const row = space.encoded(single.tensors);
  const outputs = explainableOutputs(model, target.output);
  const used = outputs.scores ?? (outputs.label as string);
  const { values } = await model.run(space.tensors(row, 1), [used]);
  return {
    space,
    output: explainedOutput(outputs, target, values),
    row,
    background: space.encoded(many.tensors),
    taken: many.taken,
    notes: [...new Set([...single.notes, ...many.notes])],
  };
}

/** Columns that go into one input go by their order, so both tables need the same. */
function requireSameColumns(single: RowTensors, many: RowTensors): void {
  if (single.label !== null || many.label !== null) return;
  for (const [input, names] of many.names) {
    const others = single.names.get(input);
    if (others === undefined || names.length < 2 || names.join('\n') === others.join('\n')) continue;
    if (others.every((name, at) => name === `${input}[${at}]`) || names.every((name, at) => name === `${input}[${at}]`))
      continue;
    throw new SlipwayError(
      'invalid',
      `The columns of the row and of the background differ: ${others.join(', ')}; ${names.join(', ')}. They go into ${input} by their order, so both need the same.`,
    );
  }
}

/** What is read of a run, how many rows are to be run, and what that is called. */
export interface Predicting {
  outputs: readonly string[];
  numbers(values: RunValues, rows: number): Float64Array;
  total: number;
  what: string;
}

/** Tells progress and hears a wish to stop between runs. Rejects with SlipwayError `invalid` for what is no finite number. */
export function predictorOf(
  model: RunningModel,
  space: FeatureSpace,
  { outputs, numbers, total, what }: Predicting,
  { progress, signal }: ExplainSurroundings,
): RowPredictor {
  let done = 0;
  return async (rows, count) => {
    const { values } = await model.run(space.tensors(rows, count), outputs);
    const answers = numbers(values, count);
    const strange = answers.find((answer) => !Number.isFinite(answer));
    if (strange !== undefined) {
      throw new SlipwayError(
        'invalid',
        `The model answers ${strange} to some of the rows that are mixed from these: effects are told of numbers alone. Give rows and a background without missing or extreme values.`,
      );
    }
    done += count;
    progress({ what, done, total });
    await setTimeout(1);
    signal.throwIfAborted();
    return answers;
  };
}
