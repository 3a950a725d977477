// Whether a model can stand in another's place: it takes what that one takes, and tells what that one tells.
import type { ModelOutline, ModelValue } from '../../../protocol/inference/outline';
import { type Dimension, type ValueType, valueTypeText } from '../../../protocol/inference/value-type';

type Signature = Pick<ModelOutline, 'inputs' | 'defaults' | 'outputs'>;

/** What of `model` breaks those who use `other`, a sentence each; empty where nothing does. */
export function signatureBreaks(other: Signature, model: Signature): string[] {
  const known = new Map([...model.inputs, ...model.defaults].map((each) => [each.name, each]));
  const [before, optional] = [other.inputs, other.defaults].map((each) => new Set(each.map(({ name }) => name)));
  const lost = [...other.inputs, ...other.defaults].flatMap((input) => inputBreak(input, known.get(input.name)));
  const asked = model.inputs
    .filter(({ name }) => !before?.has(name))
    .map(({ name, type }) =>
      optional?.has(name)
        ? `It needs the input ${name}, which could be left out.`
        : `It needs another input, ${name} (${valueTypeText(type)}).`,
    );
  const told = new Map(model.outputs.map((each) => [each.name, each]));
  return [...lost, ...asked, ...other.outputs.flatMap((output) => outputBreak(output, told.get(output.name)))];
}

function inputBreak({ name, type }: ModelValue, found: ModelValue | undefined): string[] {
  if (found === undefined) return [`It has no input ${name}.`];
  if (takes(found.type, type)) return [];
  return [`The input ${name} takes ${valueTypeText(found.type)} instead of ${valueTypeText(type)}.`];
}

function outputBreak({ name, type }: ModelValue, found: ModelValue | undefined): string[] {
  if (found === undefined) return [`It has no output ${name}.`];
  if (takes(type, found.type)) return [];
  return [`The output ${name} is ${valueTypeText(found.type)} instead of ${valueTypeText(type)}.`];
}

/** Whether all values of the type `given` are of the type `wanted`: a size that is open takes any. */
function takes(wanted: ValueType, given: ValueType): boolean {
  if (wanted.kind !== given.kind) return false;
  if ((wanted.kind === 'tensor' || wanted.kind === 'sparse') && (given.kind === 'tensor' || given.kind === 'sparse')) {
    return wanted.element === given.element && takesShape(wanted.shape, given.shape);
  }
  if (wanted.kind === 'map' && given.kind === 'map') return wanted.key === given.key && takes(wanted.of, given.of);
  if ('of' in wanted && 'of' in given) return takes(wanted.of, given.of);
  return valueTypeText(wanted) === valueTypeText(given);
}

function takesShape(wanted: Dimension[] | null, given: Dimension[] | null): boolean {
  if (wanted === null) return true;
  if (given === null || given.length !== wanted.length) return false;
  return wanted.every((size, place) => typeof size !== 'number' || size === given[place]);
}
