// Whether a model can stand in another's place.
import { expect, test } from 'vitest';
import { signatureBreaks } from '../../src/lifecycle/models/gate/signature';
import type { ValueType } from '../../src/protocol/inference/value-type';

const number: ValueType = { kind: 'tensor', element: 'float32', shape: [1] };
const text: ValueType = { kind: 'tensor', element: 'string', shape: [1] };
const value = (name: string, type = number) => ({ name, type, doc: '' });
const model = (inputs: string[], defaults: ReturnType<typeof value>[] = []) => ({
  inputs: inputs.map((name) => value(name)),
  defaults,
  outputs: [value('y')],
});

test('an optional input that is gone, takes other values or has to be given broke nobody', () => {
  const before = model(['x'], [value('threshold')]);
  expect(signatureBreaks(before, before)).toEqual([]);
  expect(signatureBreaks(before, model(['x']))).toEqual(['It has no input threshold.']);
  expect(signatureBreaks(before, model(['x'], [value('threshold', text)]))).toEqual([
    'The input threshold takes string[1] instead of float32[1].',
  ]);
  expect(signatureBreaks(before, model(['x', 'threshold']))).toEqual([
    'It needs the input threshold, which could be left out.',
  ]);
  expect(signatureBreaks(model(['x']), before)).toEqual([]);
  expect(signatureBreaks(model(['x']), model(['x', 'z']))).toEqual(['It needs another input, z (float32[1]).']);
});
