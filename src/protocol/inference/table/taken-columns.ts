// Which columns of a table go into a model, as a run over the table has it.
import type { ModelForm } from '../form/model-form';
import type { TableRoles } from './suggested-roles';

/** What is taken: inputs by name, features of the single input by name, and how many values a row of it has; null where that is open. */
export interface TakingModel {
  inputs: string[];
  features: string[];
  width: number | null;
}

/** `wanted`: how many columns there have to be, where they are not enough or too many; else null. */
export interface TakenColumns {
  columns: string[];
  by: 'name' | 'order';
  wanted: number | null;
}

/** What of a form decides over columns. */
export function takingModel({ inputs }: ModelForm): TakingModel {
  const [only, ...others] = inputs;
  const names = inputs.map(({ name }) => name);
  if (only === undefined || others.length > 0) return { inputs: names, features: [], width: null };
  const features = only.kind === 'fields' ? only.fields.map(({ label }) => label) : [];
  const width = only.kind === 'fields' ? features.length : only.kind === 'values' ? only.shape?.[1] : null;
  return { inputs: names, features, width: typeof width === 'number' ? width : null };
}

/** By the names of inputs or features where the table has them all; else in order, those that have no role first. */
export function takenColumns(
  columns: readonly string[],
  { id, label, slices }: TableRoles,
  { inputs, features, width }: TakingModel,
): TakenColumns {
  for (const names of [inputs, features]) {
    if (names.length > 0 && names.every((name) => columns.includes(name)))
      return { columns: [...names], by: 'name', wanted: null };
  }
  if (inputs.length > 1) {
    const there = inputs.filter((name) => columns.includes(name));
    return { columns: there, by: 'name', wanted: inputs.length };
  }
  const open = columns.filter((name) => name !== id && name !== label);
  const free = open.length === width ? open : open.filter((name) => !slices.includes(name));
  return { columns: free, by: 'order', wanted: width === null || width === free.length ? null : width };
}
