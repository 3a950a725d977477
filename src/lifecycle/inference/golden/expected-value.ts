// What a golden case expects of an output, in the form in which the output comes.
import { SlipwayError } from '../../../base/errors';
import type { OutputValue } from '../../../protocol/inference/prediction';
import { type FlatTensor, isList } from '../../../protocol/inference/tensor';
import { type Nested, nestedShape } from '../input/given';
import { toItem } from '../input/item';
import { flattened } from '../input/shape';

/** Rows as written, or tensors that know their type. */
export type ExpectedValue = { rows: Nested } | { value: OutputValue };

/** Pairs of what is expected and what came, one for each tensor of a list. Throws SlipwayError `invalid` where they cannot be paired. */
export function pairs(expected: ExpectedValue, actual: OutputValue, name: string): [FlatTensor, FlatTensor][] {
  if (!isList(actual)) {
    if ('rows' in expected) return [[tensorOfRows(expected.rows, actual, name), actual]];
    if (isList(expected.value)) throw new SlipwayError('invalid', `A list is expected of ${name}, which is a tensor.`);
    return [[expected.value, actual]];
  }
  const wanted = 'rows' in expected ? expected.rows : expected.value;
  if (!Array.isArray(wanted))
    throw new SlipwayError('invalid', `A single value is expected of ${name}, which is a list.`);
  if (wanted.length !== actual.length) {
    throw new SlipwayError(
      'invalid',
      `A list of ${wanted.length} is expected of ${name}, and it has ${actual.length}.`,
    );
  }
  return actual.map((item, at) => {
    const each = wanted[at] as Nested | FlatTensor;
    return 'rows' in expected
      ? [tensorOfRows(each as Nested, item, `${name}[${at}]`), item]
      : [each as FlatTensor, item];
  });
}

/** Where nothing is expected, only that there is nothing counts: rows without values do not say how wide they are. */
function tensorOfRows(rows: Nested, { type, shape }: FlatTensor, name: string): FlatTensor {
  const own = nestedShape(rows);
  const flat = flattened(rows, own, name);
  const data = flat.map((value, at) => toItem(value, type, `${name}, expected value ${at + 1}`));
  const isEmpty = data.length === 0 && shape.includes(0);
  return { type, shape: isEmpty ? shape : own, data };
}
