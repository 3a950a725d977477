// Which columns of a table go into which input of a model.
import { SlipwayError } from '../../../base/errors';
import type { OnnxElement } from '../../../platform/onnx/onnx-session';
import type { TableColumn } from '../../../protocol/datasets/table-shape';
import type { ModelValue } from '../../../protocol/inference/outline';
import { isTensorElement } from '../tensor/tensor-form';

/** One input: `columns` side by side, as a matrix, or one of them with or without a second dimension. */
export interface InputColumns {
  name: string;
  element: OnnxElement;
  columns: string[];
  dimensions: 1 | 2;
}

/** What goes where, and what a reader should know of it. */
export interface InputPlan {
  inputs: InputColumns[];
  notes: string[];
}

/**
 * By name where every input has a column of its name, else all columns in their order into the single input. `apart` are
 * columns that are no inputs. Throws SlipwayError `invalid` with what does not fit.
 */
export function planInputs(
  columns: readonly TableColumn[],
  inputs: readonly ModelValue[],
  apart: ReadonlySet<string>,
): InputPlan {
  const names = columns.map(({ name }) => name);
  const [only] = inputs;
  if (only === undefined) throw new SlipwayError('invalid', 'The model takes no input.');
  const missing = inputs.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
  if (missing.length === 0) return byName(columns, inputs, apart);
  if (inputs.length > 1) {
    throw new SlipwayError(
      'invalid',
      `The table has no column ${missing.join(', ')}. The model takes ${inputs.map(({ name }) => name).join(', ')}.`,
    );
  }
  return inOrder(
    columns.filter(({ name }) => !apart.has(name)),
    only,
  );
}

function byName(columns: readonly TableColumn[], inputs: readonly ModelValue[], apart: ReadonlySet<string>): InputPlan {
  const planned = inputs.map((input) => {
    const { element, dimensions, width } = taken(input);
    if (width !== null && width !== 1)
      throw new SlipwayError(
        'invalid',
        `The input ${input.name} takes ${width} values a row; one column cannot fill it.`,
      );
    requireFitting(
      columns.filter(({ name }) => name === input.name),
      element,
      input.name,
    );
    return { name: input.name, element, columns: [input.name], dimensions };
  });
  const used = new Set(inputs.map(({ name }) => name));
  const unused = columns.filter(({ name }) => !used.has(name) && !apart.has(name)).map(({ name }) => name);
  return {
    inputs: planned,
    notes: unused.length === 0 ? [] : [`Not an input of the model, and left out: ${unused.join(', ')}.`],
  };
}

function inOrder(columns: readonly TableColumn[], input: ModelValue): InputPlan {
  const { element, dimensions, width } = taken(input);
  const names = columns.map(({ name }) => name);
  const takes = dimensions === 1 ? 1 : width;
  if (takes !== null && takes !== names.length) {
    throw new SlipwayError(
      'invalid',
      `The model takes ${takes} values a row, and the table has ${names.length} columns for it: ${names.slice(0, 30).join(', ')}. Name those that are no inputs as the label, the id or a slice.`,
    );
  }
  requireFitting(columns, element, input.name);
  const notes = names.length > 1 ? [`The columns went into ${input.name} in their order: ${names.join(', ')}.`] : [];
  return { inputs: [{ name: input.name, element, columns: names, dimensions }], notes };
}

/** How rows are given to an input; `width` is null where the model leaves it open. */
function taken({ name, type }: ModelValue): { element: OnnxElement; dimensions: 1 | 2; width: number | null } {
  if (type.kind !== 'tensor' || !isTensorElement(type.element)) {
    throw new SlipwayError(
      'invalid',
      `The input ${name} takes no tensor of numbers, texts or truth values: a table cannot fill it.`,
    );
  }
  const element = type.element === 'bfloat16' ? 'float32' : type.element;
  if (type.shape === null) return { element, dimensions: 2, width: null };
  const [rows, width = 1, ...rest] = type.shape;
  if (type.shape.length === 0 || rest.length > 0 || typeof rows === 'number') {
    throw new SlipwayError(
      'invalid',
      `The input ${name} does not take rows of a table: its first size is fixed, or it has more than two dimensions.`,
    );
  }
  return { element, dimensions: type.shape.length === 1 ? 1 : 2, width: typeof width === 'number' ? width : null };
}

/** Texts may be numbers, which their rows tell. */
function requireFitting(columns: readonly TableColumn[], element: OnnxElement, input: string): void {
  const other: readonly string[] =
    element === 'string' ? ['binary', 'nested'] : ['binary', 'nested', 'date', 'timestamp', 'time'];
  const wrong = columns.find(({ kind }) => other.includes(kind));
  if (wrong === undefined) return;
  const what = element === 'string' ? 'texts' : 'numbers';
  throw new SlipwayError(
    'invalid',
    `The column ${wrong.name} holds no ${what} (${wrong.type}), and the input ${input} takes ${element}.`,
  );
}
