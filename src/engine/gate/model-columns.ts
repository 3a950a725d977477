// Which columns of a table go into a model: versions of one model may differ in what they take.
import { SlipwayError } from '../../base/errors';
import { signatureBeside } from '../../lifecycle/inference/form/logged-signature';
import { columnNames } from '../../lifecycle/inference/form/model-form';
import type { GateModel, GateTable } from './given';

/** The columns of a table, and those that rules tell rows apart by. */
interface TableColumns {
  columns: readonly string[];
  slices: readonly string[];
}

const mostNamed = 30;

/**
 * Those that the model names itself (the signature that was logged with it, the metadata of its file), else the list of
 * `features` that has as many as it takes. Null where its inputs are columns by their names, or all columns there are go
 * in. Throws SlipwayError `invalid` where none of it fits, and for a model that is given what is true.
 */
export function modelColumns(model: GateModel, table: GateTable, { columns, slices }: TableColumns): string[] | null {
  const { inputs } = model.outline;
  const [input, ...others] = inputs;
  const isByName = inputs.every(({ name }) => columns.includes(name));
  if (isByName)
    requireUntold(
      model,
      table,
      inputs.map(({ name }) => name),
    );
  if (input === undefined || others.length > 0 || isByName) return null;
  const width = widthOf(input.type);
  const own = ownColumns(model, width);
  const chosen = own?.every((name) => columns.includes(name)) ? own : listOf(model, table, width);
  if (chosen !== null) requireUntold(model, table, chosen);
  else requireCount(model, table, { width, columns, slices });
  return chosen;
}

/** Values of one row; null where the model leaves it open. */
function widthOf(type: GateModel['outline']['inputs'][number]['type']): number | null {
  if (type.kind !== 'tensor' || type.shape === null) return null;
  const [, width = 1] = type.shape;
  return typeof width === 'number' ? width : null;
}

function ownColumns({ path, outline }: GateModel, width: number | null): string[] | undefined {
  const logged = signatureBeside(path)?.columns.map(({ name }) => name) ?? [];
  if (logged.length > 0 && (width === null || logged.length === width)) return logged;
  return width === null || width < 2 ? undefined : (columnNames(outline, width) ?? undefined);
}

function listOf(model: GateModel, { features }: GateTable, width: number | null): string[] | null {
  if (features.length === 0) return null;
  const [only, ...others] = features;
  if (width === null && only !== undefined && others.length === 0) return only;
  const found = features.find((names) => names.length === width);
  if (found !== undefined) return found;
  const takes = width === null ? 'does not say how many values a row has' : `takes ${width} values a row`;
  const lengths = features.map(({ length }) => length).join(' or ');
  throw new SlipwayError(
    'invalid',
    `${model.name} ${takes}, and features in slipway.yaml names ${lengths} columns. Add a list of its columns: features: [[…], […]] has one for each number of columns. Or log the model with its signature, which names them.`,
  );
}

/** A model that is told the answer shows nothing. */
function requireUntold(model: GateModel, { name, label }: GateTable, names: readonly string[]): void {
  if (label === null || !names.includes(label)) return;
  const sentence = `${model.name} takes ${label}, which is what is true in ${name}: whoever is told the answer proves nothing.`;
  throw new SlipwayError('invalid', sentence);
}

function requireCount(
  model: GateModel,
  { name, id, label }: GateTable,
  { width, columns, slices }: TableColumns & { width: number | null },
): void {
  const left = columns.filter((column) => column !== id && column !== label);
  const apart = left.filter((column) => !slices.includes(column));
  if (width === null || width === left.length || width === apart.length) return;
  const some = `${apart.slice(0, mostNamed).join(', ')}${apart.length > mostNamed ? ' and more' : ''}`;
  throw new SlipwayError(
    'invalid',
    `${model.name} takes ${width} ${width === 1 ? 'value' : 'values'} a row, and ${name} has ${apart.length} columns for it: ${some}. Say which go in, in its order: data: { features: […] } in slipway.yaml.`,
  );
}
