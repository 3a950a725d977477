// A model in words: the same in its panel and on the command line.
import { bytesText, countText } from '../../wording';
import type { ClassLabels, ModelOutline, ModelValue } from '../outline';

const regressors = new Set(['TreeEnsembleRegressor', 'LinearRegressor', 'SVMRegressor']);

/** What it is: `Classifier of 3 classes over 4 numbers`. */
export function modelSentence(outline: ModelOutline): string {
  return `${taskWords(outline)} ${inputWords(outline.inputs)}`;
}

/** Where it comes from, and how large it is: `skl2onnx 1.20.0, opset 21, 1.2 kB`. */
export function originSentence({ producer, operatorSets, bytes, weights, externalFiles }: ModelOutline): string {
  const maker = [producer.name, producer.version].filter((text) => text !== '').join(' ');
  const opset = operatorSets.find(({ domain }) => domain === 'ai.onnx');
  const beside = externalFiles.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return [
    maker === '' ? 'producer not said' : maker,
    ...(opset === undefined ? [] : [`opset ${opset.version}`]),
    bytesText(bytes) + (beside > 0 ? ` and ${bytesText(beside)} beside it` : ''),
    ...(weights.count === 0 ? [] : [`${countText(weights.count, 'weight tensor')} of ${bytesText(weights.bytes)}`]),
  ].join(', ');
}

/** Whether it runs here, as far as its file tells. */
export function runSentence({ blocks }: ModelOutline): string {
  if (blocks.length === 0) return 'Nothing in the file keeps it from running here.';
  return `Will not run here, for ${blocks.length === 1 ? 'one reason' : `${blocks.length} reasons`}.`;
}

/** Classes of one output: how many, and the first of them. */
export function classesText({ classes }: ClassLabels, most = 8): string {
  const shown = classes.slice(0, most).map(String).join(', ');
  return classes.length > most ? `${shown}, … ${classes.length.toLocaleString('en-US')} in all` : shown;
}

function taskWords({ labels, operators, outputs }: ModelOutline): string {
  const [first] = labels;
  if (first !== undefined) return `Classifier of ${countText(first.classes.length, 'class', 'classes')}`;
  const isRegressor = operators.some(({ domain, name }) => domain === 'ai.onnx.ml' && regressors.has(name));
  return isRegressor && outputs.length === 1 ? 'Regressor' : `Model with ${countText(outputs.length, 'output')}`;
}

function inputWords(inputs: readonly ModelValue[]): string {
  const [first] = inputs;
  if (first === undefined) return 'without inputs';
  if (inputs.length > 1) return `over ${inputs.length} inputs`;
  const { type } = first;
  if (type.kind !== 'tensor') return 'over one input';
  if (type.element === 'string') return 'over text';
  const picture = pictureSize(type.shape);
  if (picture !== null) return `over images of ${picture}`;
  const columns = type.shape?.length === 2 ? type.shape[1] : null;
  return typeof columns === 'number' ? `over ${countText(columns, 'number')}` : 'over one input';
}

/** Of rows × channels × height × width, or with the channels last. */
function pictureSize(shape: readonly (number | string | null)[] | null): string | null {
  if (shape?.length !== 4) return null;
  const [, a, b, c] = shape;
  const isChannels = (size: unknown): boolean => size === 1 || size === 3 || size === 4;
  const [height, width] = isChannels(a) ? [b, c] : isChannels(c) ? [a, b] : [null, null];
  if (!isChannels(a) && !isChannels(c)) return null;
  return typeof height === 'number' && typeof width === 'number' ? `${width} × ${height}` : 'any size';
}
