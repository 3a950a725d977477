// The rows of an explanation, as numbers of the model's features.
import { SlipwayError } from '../../../base/errors';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { ExplainedRows, TakenRows } from '../../../protocol/inference/explain/explanation';
import type { ModelValue } from '../../../protocol/inference/outline';
import { Random } from '../../../statistics/random';
import type { ToldColumn } from '../batch/told-columns';
import { readForm } from '../form/model-form';
import { takeInput } from '../input/take-input';
import type { RunningModel } from '../running-model';
import { type RowPick, type TableOpener, tableRows } from '../scan/table-rows';
import { toOnnx } from '../tensor/tensor-form';

/** `names`: of the columns of each input; empty where nothing names them. */
export interface RowTensors {
  tensors: Record<string, OnnxTensor>;
  names: Map<string, string[]>;
  /** What is true of each row, where a label was asked for. */
  label: ToldColumn | null;
  taken: TakenRows;
  notes: string[];
}

/** Throws SlipwayError `invalid` with what does not fit, and for a row that is not there. */
export async function rowTensors(
  model: RunningModel,
  { rows, label = null, pick }: { rows: ExplainedRows; label?: string | null; pick: RowPick },
  open: TableOpener,
): Promise<RowTensors> {
  const { inputs } = model.opened;
  const { name } = rows;
  if (rows.kind === 'table') {
    const { source, apart } = rows;
    const found = await tableRows({ source, inputs, apart, label, pick }, open);
    const { feeds: tensors, names, notes, of } = found;
    return { tensors, names, label: found.label, taken: { name, rows: found.rows, of }, notes };
  }
  const { feeds, rows: of, notes } = await takeInput(rows.given, inputs);
  if (of === 0) throw new SlipwayError('invalid', `${name} holds no row.`);
  const chosen = pickedRows(pick, of);
  const tensors = Object.fromEntries(
    Object.entries(feeds).map(([input, tensor]) => [input, rowsOf(toOnnx(tensor), chosen, of)]),
  );
  return {
    tensors,
    names: formNames(model.path, inputs),
    label: null,
    taken: { name, rows: chosen.length, of },
    notes,
  };
}

/** Ascending, from 0. */
function pickedRows(pick: RowPick, of: number): number[] {
  if ('row' in pick) {
    if (pick.row <= of) return [pick.row - 1];
    throw new SlipwayError('invalid', `There is no row ${pick.row}: ${of} ${of === 1 ? 'was' : 'were'} given.`);
  }
  const random = new Random(pick.seed);
  const places = Array.from({ length: of }, (_, at) => at);
  for (let place = 0; place < Math.min(pick.most, of - 1); place += 1) {
    const other = place + random.below(of - place);
    [places[place], places[other]] = [places[other] as number, places[place] as number];
  }
  return places.slice(0, pick.most).sort((a, b) => a - b);
}

function rowsOf({ type, shape, data }: OnnxTensor, rows: readonly number[], of: number): OnnxTensor {
  const width = data.length / of;
  const parts = rows.map((row) => data.slice(row * width, (row + 1) * width));
  if (Array.isArray(data)) return { type, shape: [rows.length, ...shape.slice(1)], data: (parts as string[][]).flat() };
  const found = data.slice(0, rows.length * width) as Float64Array;
  for (const [at, part] of parts.entries()) found.set(part as Float64Array, at * width);
  return { type, shape: [rows.length, ...shape.slice(1)], data: found };
}

/** The names that the model's file tells of columns. */
function formNames(path: string, inputs: readonly ModelValue[]): Map<string, string[]> {
  const form = readForm(path).inputs;
  return new Map(
    inputs.flatMap(({ name }): [string, string[]][] => {
      const input = form.find((each) => each.name === name);
      return input?.kind === 'fields' ? [[name, input.fields.map(({ label }) => label)]] : [];
    }),
  );
}
