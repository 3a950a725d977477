// The form with what is known of its values from elsewhere: names, categories, ranges, and what is usual.
import type { ColumnFacts, TableFacts } from '../../../../src/protocol/datasets/table/column-facts';
import type { FieldsInput, FormField, ModelForm } from '../../../../src/protocol/inference/form/model-form';
import type { LoggedSignature } from '../../../../src/protocol/inference/form/model-origin';
import type { TableSaid } from './field-facts';

/** What is known, the nearest first: the table that was chosen, the data of the training, the signature that was logged. */
export interface KnownColumns {
  chosen: TableFacts | null;
  training: { facts: TableFacts; apart: readonly string[] } | null;
  signature: LoggedSignature | null;
}

/** One value of the form with all that is known of it. */
export interface KnownField extends FormField {
  facts: TableSaid | null;
}

export type KnownInput = Exclude<ModelForm['inputs'][number], FieldsInput> | KnownFields;
export type KnownFields = Omit<FieldsInput, 'fields'> & { fields: KnownField[] };

/** `names`: where the names of columns come from, in which the model's own file names none. */
export interface KnownForm {
  inputs: KnownInput[];
  names: 'model' | 'signature' | 'training';
}

/** Joins them. */
export function knownForm(form: ModelForm, known: KnownColumns): KnownForm {
  const names = columnNames(form, known);
  const inputs = form.inputs.map((input): KnownInput => {
    if (input.kind !== 'fields') return input;
    const fields = input.fields.map((field, at): KnownField => {
      const label = isNameless(field, input) ? (names?.list[at] ?? field.label) : field.label;
      return { ...field, label, facts: saidOf(label, known) ?? exampleOf(label, at, known) };
    });
    return { ...input, fields };
  });
  return { inputs, names: names?.from ?? 'model' };
}

function isNameless({ key, label }: FormField, { fields }: FieldsInput): boolean {
  return fields.length > 1 && key === label;
}

/** Names for the columns of the one input that has them and gives them no names. */
function columnNames(
  { inputs }: ModelForm,
  { training, signature }: KnownColumns,
): { list: string[]; from: 'signature' | 'training' } | null {
  const [only] = inputs;
  if (inputs.length !== 1 || only?.kind !== 'fields' || !only.fields.every((field) => isNameless(field, only)))
    return null;
  const count = only.fields.length;
  const logged = signature?.columns.map(({ name }) => name) ?? [];
  if (logged.length === count) return { list: logged, from: 'signature' };
  const list = training === null ? undefined : featureNames(training, only);
  return list === undefined ? null : { list, from: 'training' };
}

/** The columns that are features, where they are as many as the model takes, in their order. */
function featureNames(
  { facts, apart }: NonNullable<KnownColumns['training']>,
  { element, fields }: FieldsInput,
): string[] | undefined {
  const rest = facts.columns.filter(({ name }) => !apart.includes(name));
  const numbers = rest.filter(({ kind }) => ['integer', 'number', 'boolean'].includes(kind));
  const takes = (columns: readonly ColumnFacts[]): boolean =>
    columns.length === fields.length && (element === 'string' || columns.every((each) => numbers.includes(each)));
  return [rest, numbers].find(takes)?.map(({ name }) => name);
}

function saidOf(label: string, { chosen, training }: KnownColumns): TableSaid | null {
  const own = training === null ? undefined : factsNamed(training.facts, label);
  const ofTable = chosen === null ? undefined : factsNamed(chosen, label);
  if (own !== undefined) return { ...own, rows: 'training', usual: usualOf(own) };
  // Rows that somebody chose say what is possible, not what is usual.
  return ofTable === undefined ? null : { ...ofTable, rows: 'table', usual: null };
}

/** Of the example that was logged: nothing but its value. */
function exampleOf(label: string, at: number, { signature }: KnownColumns): TableSaid | null {
  if (signature === null) return null;
  const place = signature.columns.findIndex(({ name }) => isSame(name, label));
  const usual = signature.example?.[signature.columns.length === 0 ? at : place] ?? null;
  const kind = signature.columns[place]?.kind ?? null;
  if (usual === null && kind === null) return null;
  const nothing = { missing: 0, least: null, most: null, middle: null, values: [], written: usual };
  return { ...nothing, name: label, kind: kind ?? 'text', rows: 'example', usual };
}

function factsNamed({ columns }: TableFacts, label: string): ColumnFacts | undefined {
  return columns.find(({ name }) => name === label) ?? columns.find(({ name }) => isSame(name, label));
}

/** Exporters allow no blanks and brackets in the names of inputs. */
function isSame(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/_+$/, '');
  return plain(a) === plain(b);
}

/** The median of numbers, dates and times, else the most frequent value. */
function usualOf({ kind, middle, values, written }: ColumnFacts): string | null {
  if (kind === 'date' || kind === 'timestamp') return written ?? middle;
  if (kind === 'number') return middle === null ? null : String(Number(Number(middle).toPrecision(7)));
  if (kind !== 'integer' || middle === null) return values[0] ?? middle;
  return /^-?\d+$/.test(middle) ? middle : String(Math.round(Number(middle)));
}
