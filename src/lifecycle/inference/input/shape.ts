// The shape in which given values are handed to an input.
import { SlipwayError } from '../../../base/errors';
import type { Dimension } from '../../../protocol/inference/value-type';
import type { Nested } from './given';

/** What an input takes; `shape` is null where the model leaves even the number of dimensions open. */
export interface Place {
  name: string;
  shape: readonly Dimension[] | null;
}

/**
 * The shape for values of shape `own`: as it is where it fits; a single row becomes a batch of one; a flat list is cut into
 * rows where the model says how long they are. Throws SlipwayError `invalid` when it cannot fit.
 */
export function fittingShape({ name, shape }: Place, own: readonly number[]): number[] {
  if (shape === null) return [...own];
  const found = candidates(shape, own).find((each) => fits(shape, each));
  if (found !== undefined) return found;
  const takes = shape.length === 0 ? 'a single value' : shape.map((size) => size ?? '?').join(' × ');
  const given = own.length === 0 ? 'a single value' : own.join(' × ');
  throw new SlipwayError('invalid', `The input ${name} takes ${takes}, and ${given} was given.`);
}

function candidates(shape: readonly Dimension[], own: readonly number[]): number[][] {
  const missing = shape.length - own.length;
  const filled = missing > 0 ? [[...Array<number>(missing).fill(1), ...own]] : [[...own]];
  if (missing > 0 && own.length === 1) filled.push([...own, ...Array<number>(missing).fill(1)]);
  const rows = own.length === 1 ? unflattened(shape, own[0] as number) : undefined;
  return rows === undefined ? filled : [...filled, rows];
}

/** `length` values over a shape with at most one open dimension. */
function unflattened(shape: readonly Dimension[], length: number): number[] | undefined {
  const fixed = shape.filter((size) => typeof size === 'number').reduce((product, size) => product * size, 1);
  const open = shape.length - shape.filter((size) => typeof size === 'number').length;
  if (open > 1 || fixed === 0 || length % fixed !== 0 || (open === 0 && length !== fixed)) return undefined;
  return shape.map((size) => (typeof size === 'number' ? size : length / fixed));
}

function fits(shape: readonly Dimension[], own: readonly number[]): boolean {
  return shape.length === own.length && shape.every((size, at) => typeof size !== 'number' || size === own[at]);
}

/** Values of a shape, row-major. Throws SlipwayError `invalid` where rows differ in length. */
export function flattened(values: Nested, shape: readonly number[], name: string): Exclude<Nested, Nested[]>[] {
  const flat: Exclude<Nested, Nested[]>[] = [];
  const walk = (each: Nested, depth: number, path: string): void => {
    if (!Array.isArray(each)) {
      if (depth < shape.length) throw ragged(name, path, 'a single value', shape[depth] as number);
      flat.push(each);
      return;
    }
    if (depth >= shape.length) throw ragged(name, path, `${each.length} values`, 1);
    if (each.length !== shape[depth]) throw ragged(name, path, `${each.length} values`, shape[depth] as number);
    for (const [at, inner] of each.entries()) walk(inner, depth + 1, `${path}[${at}]`);
  };
  walk(values, 0, '');
  return flat;
}

function ragged(name: string, path: string, found: string, expected: number): SlipwayError {
  return new SlipwayError(
    'invalid',
    `The input ${name}${path} has ${found} where the rows before it have ${expected}.`,
  );
}
