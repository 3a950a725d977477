// Golden cases, run on a loaded model.
import { messageOf, SlipwayError } from '../../../base/errors';
import type { GoldenCase } from '../../../protocol/inference/golden/golden-case';
import type { GoldenDifference, GoldenResult } from '../../../protocol/inference/golden/golden-result';
import type { OutputValue } from '../../../protocol/inference/prediction';
import { isList } from '../../../protocol/inference/tensor';
import { takeInput } from '../input/take-input';
import type { RunningModel } from '../running-model';
import { disagreement } from './agreement';
import { type ExpectedValue, pairs } from './expected-value';
import type { FoundCase } from './golden-cases';
import type { TestSet } from './test-set/test-set';
import { shortValue } from './value-text';

/** Runs one. What is wrong with a case is its result, and the others go on: nothing is thrown. */
export async function runCase(model: RunningModel, found: FoundCase): Promise<GoldenResult> {
  const { content, ...standing } = found;
  try {
    const { given, expected } = content(model.opened);
    requireOutputs(model, Object.keys(expected));
    const { outputs, milliseconds } = await model.predict({ given, outputs: Object.keys(expected) });
    const differences = Object.entries(expected).flatMap(([name, value]) =>
      differenceOf({ name, expected: value, actual: outputs[name] as OutputValue }, standing),
    );
    const message = differences.map(({ output, message: said }) => `${output}: ${said}`).join('\n');
    return { ...standing, verdict: differences.length === 0 ? 'pass' : 'fail', message, differences, milliseconds };
  } catch (error) {
    return { ...standing, verdict: 'error', message: messageOf(error), differences: [], milliseconds: 0 };
  }
}

function requireOutputs({ opened }: RunningModel, names: readonly string[]): void {
  const known = opened.outputs.map(({ name }) => name);
  const strange = names.find((name) => !known.includes(name));
  if (strange === undefined) return;
  throw new SlipwayError('invalid', `The model has no output ${strange}. It has ${known.join(', ')}.`);
}

interface Held {
  name: string;
  expected: ExpectedValue;
  actual: OutputValue;
}

function differenceOf({ name, expected, actual }: Held, { terms }: GoldenCase): GoldenDifference[] {
  const told = (message: string, wanted: string): GoldenDifference => {
    return { output: name, message, expected: wanted, actual: shortValue(actual) };
  };
  const wanted = 'rows' in expected ? shortValue({ rows: expected.rows }) : shortValue(expected.value);
  try {
    for (const [at, [a, b]] of pairs(expected, actual, name).entries()) {
      const found = disagreement(a, b, terms);
      if (found !== null) return [told(isList(actual) ? `item ${at}: ${found}` : found, wanted)];
    }
    return [];
  } catch (error) {
    if (!SlipwayError.is(error, 'invalid')) throw error;
    return [told(error.message, wanted)];
  }
}

/** What a case gives the model and what it expects, as tensors for a test data set. Throws SlipwayError. */
export async function asTestSet(model: RunningModel, found: FoundCase): Promise<TestSet> {
  const { given, expected } = found.content(model.opened);
  requireOutputs(model, Object.keys(expected));
  const { feeds } = await takeInput(given, model.opened.inputs);
  const { outputs } = await model.predict({ given: { kind: 'tensors', feeds }, outputs: Object.keys(expected) });
  const values = Object.entries(expected).map(([name, value]): [string, OutputValue] => {
    if ('value' in value) return [name, value.value];
    const actual = outputs[name] as OutputValue;
    const wanted = pairs(value, actual, name).map(([each]) => each);
    return [name, isList(actual) ? wanted : (wanted[0] as OutputValue)];
  });
  return { feeds, expected: Object.fromEntries(values) };
}
