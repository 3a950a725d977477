// Rows that were pasted, or come from a table, as texts of the form.
import type { ChosenTable } from '../../../../src/protocol/inference/form/try-panel';
import type { TakenInput } from '../../../../src/protocol/inference/prediction';
import {
  type FlatTensor,
  nestedItems,
  type TensorElement,
  type TensorItem,
} from '../../../../src/protocol/inference/tensor';
import { dateForm } from '../date/date-form';
import type { KnownField, KnownFields, KnownForm, KnownInput } from '../form/known-form';

/** A form as rows fill it. */
type FilledForm = Pick<KnownForm, 'inputs'>;

/** Rows to choose from. `row` counts from 1. */
export type GivenRows =
  | { kind: 'pasted'; text: string; taken: TakenInput; row: number }
  | { kind: 'table'; table: ChosenTable; row: number; notes: string[] };

/** What was taken for a model whose inputs have no open number of rows: one thing, however long. */
export function takenWhole(taken: TakenInput, { inputs }: FilledForm): TakenInput {
  const isWhole = (input: KnownInput): boolean => {
    if (input.kind === 'fields')
      return input.shape.length === 0 || (input.shape.length === 1 && input.fields.length > 1);
    return input.kind === 'values' && typeof input.shape?.[0] === 'number' && input.shape[0] > 1;
  };
  return inputs.length > 0 && inputs.every(isWhole) ? { ...taken, rows: 1 } : taken;
}

/** How many rows there are. */
export function rowCount(given: GivenRows): number {
  return given.kind === 'pasted' ? given.taken.rows : given.table.rows;
}

/** The texts of one row of what was pasted. */
export function pastedTexts(form: FilledForm, { feeds, rows }: TakenInput, row: number): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const input of form.inputs) {
    const feed = feeds[input.name];
    if (feed === undefined) continue;
    const own = rowOf(feed, row - 1, rows);
    if (input.kind === 'fields') {
      for (const [at, { key }] of input.fields.entries()) texts[key] = itemText(own.data[at]);
    } else texts[input.name] = JSON.stringify(nestedItems(own));
  }
  return texts;
}

/** A row of a tensor that has `rows` of them, as a tensor of one row; any other as it is. `at` counts from 0. */
export function rowOf(tensor: FlatTensor, at: number, rows: number): FlatTensor {
  const { shape, data, type } = tensor;
  if (shape[0] !== rows || rows === 0) return tensor;
  const width = data.length / rows;
  return { type, shape: [1, ...shape.slice(1)], data: data.slice(at * width, (at + 1) * width) };
}

function itemText(item: TensorItem | undefined): string {
  return item === undefined || item === 'NaN' ? '' : String(item);
}

/** Texts of a table's row, by the names of its columns, else in their order; and what a reader should know of it. */
export function tableTexts(
  form: FilledForm,
  cells: Readonly<Record<string, string | null>>,
): { texts: Record<string, string>; notes: string[] } {
  const inputs = form.inputs.filter((input): input is KnownFields => input.kind === 'fields');
  const fields = inputs.flatMap(({ fields: each, element }) => each.map((field) => ({ ...field, element })));
  const named = fields.filter(({ label }) => Object.hasOwn(cells, label));
  const columns = Object.keys(cells);
  if (named.length === 0 && fields.length > 0 && columns.length >= fields.length) {
    const texts = Object.fromEntries(fields.map((field, at) => [field.key, cellText(field, cells[columns[at] ?? ''])]));
    const taken = columns.slice(0, fields.length).join(', ');
    return { texts, notes: [`No column has the name of an input: taken in their order, ${taken}.`] };
  }
  const missing = fields.filter(({ label }) => !Object.hasOwn(cells, label)).map(({ label }) => label);
  const texts = Object.fromEntries(named.map((field) => [field.key, cellText(field, cells[field.label])]));
  return {
    texts,
    notes: missing.length === 0 ? [] : [`Not in the table, and left as they were: ${missing.join(', ')}.`],
  };
}

/** Dates in the form in which the training had them. */
function cellText(
  { facts, label, element }: KnownField & { element: TensorElement },
  cell: string | null | undefined,
): string {
  const form = facts === null ? null : dateForm(facts, { element, label });
  return form?.write(cell ?? '') ?? cell ?? '';
}
