// Some rows for a model, of a table or of what was given.
import type { TakenRows } from '../../../protocol/inference/explain/explanation';
import type { SampleTerms } from '../../../protocol/inference/quantization/quantization-questions';
import type { FlatTensor } from '../../../protocol/inference/tensor';
import { type RowTensors, rowTensors } from '../explain/explained-rows';
import type { RunningModel } from '../running-model';
import type { TableOpener } from '../scan/table-rows';
import { fromOnnx } from '../tensor/tensor-form';
import { firstRows } from './tensor-sets';

/** Which rows, and how many of them. */
export interface RowSample extends Pick<SampleTerms, 'most' | 'seed'> {
  rows: NonNullable<SampleTerms['rows']>;
}

/** Columns apart that the table does not have are no matter. Throws SlipwayError `invalid` with what does not fit. */
export async function sample(
  model: RunningModel,
  { rows, most, seed }: RowSample,
  open: TableOpener,
): Promise<RowTensors> {
  const pick = { most, seed };
  if (rows.kind === 'sets') {
    const found = firstRows(model, rows, most);
    const taken = { name: rows.name, rows: found.rows, of: rows.of };
    return { tensors: found.feeds, names: new Map(), label: null, taken, notes: [] };
  }
  if (rows.kind !== 'table' || rows.apart.length === 0) return rowTensors(model, { rows, pick }, open);
  const there = new Set(await open(rows.source, async ({ columns }) => columns.map(({ name }) => name)));
  const apart = rows.apart.filter((name) => there.has(name));
  return rowTensors(model, { rows: { ...rows, apart }, pick }, open);
}

/** The same, as it crosses processes. */
export async function sampleFeeds(
  model: RunningModel,
  rows: RowSample,
  open: TableOpener,
): Promise<{ feeds: Record<string, FlatTensor>; taken: TakenRows; notes: string[] }> {
  const { tensors, taken, notes } = await sample(model, rows, open);
  const feeds = Object.entries(tensors).map(([name, tensor]) => [name, fromOnnx(tensor)] as const);
  return { feeds: Object.fromEntries(feeds), taken, notes };
}
