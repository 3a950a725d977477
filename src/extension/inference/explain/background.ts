// The table that a model's predictions are compared with, and which of its columns the model does not take.
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { ChosenBackground } from '../../../protocol/inference/explain/explain-panel';
import type { FieldsInput, FormInput } from '../../../protocol/inference/form/model-form';

/** `taken` go into the model, `apart` must be left out for that, `label` is what slipway.yaml says is true. */
export interface Background {
  name: string;
  source: TableSource;
  taken: string[];
  apart: string[];
  /** Neither taken nor in the way: a model takes them by the names of its inputs. */
  besides: string[];
  label: string | null;
}

/** As the page knows it. */
export function toldBackground({ name, taken, apart, besides, label }: Background): ChosenBackground {
  const others = [...apart, ...besides];
  const known = label !== null && [...others, ...taken].includes(label) ? label : null;
  return { name, labels: [...others, ...taken], label: known ?? (others.length === 1 ? (others[0] ?? null) : null) };
}

/** Of several inputs by their names. Of one by the names of its fields; else, as the form is filled, the first ones. */
export function splitColumns(
  columns: readonly string[],
  inputs: readonly FormInput[],
): Pick<Background, 'taken' | 'apart' | 'besides'> {
  const [only] = inputs;
  if (inputs.length === 1 && only?.kind === 'fields' && !columns.includes(only.name)) {
    const taken = fieldColumns(columns, only);
    return { taken, apart: columns.filter((column) => !taken.includes(column)), besides: [] };
  }
  const names = new Set(inputs.map(({ name }) => name));
  const taken = columns.filter((column) => names.has(column));
  return { taken, apart: [], besides: columns.filter((column) => !names.has(column)) };
}

function fieldColumns(columns: readonly string[], { fields }: FieldsInput): string[] {
  const wanted = new Set(fields.map(({ label }) => label));
  const named = columns.filter((column) => wanted.has(column));
  return named.length === fields.length ? named : columns.slice(0, fields.length);
}
