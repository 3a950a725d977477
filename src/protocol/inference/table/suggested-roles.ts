// What the columns of a table are for a model, as far as their names tell.
import type { ModelForm } from '../form/model-form';
import { columnsApart } from './columns-apart';

/** Columns that go into the file of predictions: what names a row (its number where null), what is true, and what to group by. */
export interface TableRoles {
  id: string | null;
  label: string | null;
  slices: string[];
}

/** A column. `distinct`: its different values, as far as it was looked at. */
interface RoleColumn {
  name: string;
  distinct: number;
  isNumber: boolean;
  /** Its values, where they are few and all known. */
  values?: readonly string[] | null;
}

/** What is known of table and model. */
export interface RoleFacts {
  columns: readonly RoleColumn[];
  form: ModelForm;
  /** Names of outputs and classes. */
  told: readonly string[];
  /** Classes that the model names. */
  classes?: readonly string[];
  /** What slipway.yaml says of the dataset. */
  label: string | undefined;
  key: readonly string[] | undefined;
}

const usualLabels = new Set(['y', 'y_true', 'ytrue', 'label', 'labels', 'target', 'truth', 'outcome', 'class']);
const usualId = /^id$/i;
/** Of these a file of predictions has its own. */
const taken = /^(id|y_true|y_pred|score|score_.*)$/i;
/** Numbers are groups where they are few enough to be codes. */
const groups = { fewest: 2, most: 50, mostNumbers: 12, columns: 20 };

/** A column has one role at most; one that the model needs is a group at most. */
export function suggestedRoles({ columns, form, told, classes = [], label: declared, key }: RoleFacts): TableRoles {
  const names = columns.map(({ name }) => name);
  const inputs = new Set(form.inputs.map(({ name }) => name));
  const areNamed = inputs.size > 0 && [...inputs].every((name) => names.includes(name));
  const [only, ...others] = key ?? [];
  const isKnown = (name: string): boolean => name === declared || (others.length === 0 && name === only);
  const open = names.filter((name) => !isKnown(name));
  const apart = areNamed ? open.filter((name) => !inputs.has(name)) : restOf(open, form);
  const label =
    declared !== undefined && names.includes(declared)
      ? declared
      : (guessedLabel(apart, told) ?? ofClasses(columns, apart, classes));
  const isKey = only !== undefined && others.length === 0 && names.includes(only);
  const id = isKey ? only : (apart.find((name) => name !== label && usualId.test(name)) ?? null);
  const free = open.filter((name) => name !== label && name !== id && !taken.test(name));
  if (!areNamed) return { id, label, slices: free.filter((name) => apart.includes(name)) };
  const few = columns.filter(
    ({ distinct, isNumber }) => distinct >= groups.fewest && distinct <= (isNumber ? groups.mostNumbers : groups.most),
  );
  const fewNames = new Set(few.map(({ name }) => name));
  return { id, label, slices: free.filter((name) => fewNames.has(name)).slice(0, groups.columns) };
}

/** What is left over when the model's single input has its columns. */
function restOf(names: readonly string[], { inputs }: ModelForm): string[] {
  const [only] = inputs;
  if (inputs.length !== 1 || only === undefined) return [];
  const width = only.kind === 'fields' ? only.fields.length : only.kind === 'values' ? only.shape?.[1] : undefined;
  if (typeof width !== 'number') return [];
  const others = names.filter((name) => !usualId.test(name));
  const from = others.length < width ? names : others;
  const apart = only.kind === 'fields' ? columnsApart(from, only) : from.slice(width);
  return names.filter((name) => !from.includes(name) || apart.includes(name));
}

/** The one column left whose values are classes of the model, at least two of them, and nothing else. */
function ofClasses(
  columns: readonly RoleColumn[],
  apart: readonly string[],
  classes: readonly string[],
): string | null {
  const known = new Set(classes);
  const found = columns.filter(
    ({ name, values }) => apart.includes(name) && (values?.length ?? 0) > 1 && values?.every((each) => known.has(each)),
  );
  return found.length === 1 ? (found[0]?.name ?? null) : null;
}

function guessedLabel(apart: readonly string[], told: readonly string[]): string | null {
  const named = new Set(told.map((name) => name.toLowerCase()));
  const found =
    apart.find((name) => named.has(name.toLowerCase())) ?? apart.find((name) => usualLabels.has(name.toLowerCase()));
  return found ?? null;
}
