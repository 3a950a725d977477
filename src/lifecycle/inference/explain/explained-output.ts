// Which number of a model's answer is explained.
import { SlipwayError } from '../../../base/errors';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { ExplainedTarget, ToldTarget } from '../../../protocol/inference/explain/explanation';
import { toldOutputs } from '../batch/told-columns';
import { readOutline } from '../model-file/model-file';
import type { RunningModel, RunValues } from '../running-model';
import { halfToNumber } from '../tensor/half';

/** One number for each row of an answer. */
export interface ExplainedOutput extends ToldTarget {
  numbers(values: RunValues, rows: number): Float64Array;
}

/** What of the outputs can be explained: scores by class, one number, or the class that is told. */
export interface ExplainableOutputs {
  label: string | null;
  scores: string | null;
  classes: (string | number)[] | null;
}

/** Throws SlipwayError `invalid` where there is no such output, or none at all that can be explained. */
export function explainableOutputs(model: RunningModel, output: string | null): ExplainableOutputs {
  const { outputs, labels } = model.opened;
  const named = new Map<string | null, (string | number)[]>(Object.entries(labels));
  for (const each of readOutline(model.path).labels) if (!named.has(each.output)) named.set(each.output, each.classes);
  const asked = output === null ? outputs : outputs.filter(({ name }) => name === output);
  if (asked.length === 0) {
    const names = outputs.map(({ name }) => name).join(', ');
    throw new SlipwayError('invalid', `The model has no output ${output}. It has ${names}.`);
  }
  return toldOutputs(asked, named);
}

/** `values`: what the model answers to `row` alone. Throws SlipwayError `invalid` for a class that there is not. */
export function explainedOutput(
  { label, scores, classes }: ExplainableOutputs,
  { class: asked }: ExplainedTarget,
  values: RunValues,
): ExplainedOutput {
  if (scores === null) {
    const output = label as string;
    const chosen = asked ?? String(textsOf(values, output, 1)[0]);
    const numbers = (found: RunValues, rows: number): Float64Array =>
      Float64Array.from(textsOf(found, output, rows), (text) => (text === chosen ? 1 : 0));
    return { output, class: chosen, numbers };
  }
  const own = numbersOf(values, scores, 1);
  const width = own.length;
  const names = classes?.length === width ? classes.map(String) : Array.from(own, (_, at) => String(at));
  const column = asked === null ? likeliest(own) : names.indexOf(asked);
  if (column < 0 || (asked !== null && width === 1)) {
    const known = width === 1 ? 'The output has one number and no classes.' : `It has ${names.join(', ')}.`;
    throw new SlipwayError('invalid', `${scores} has no class ${asked}. ${known}`);
  }
  const numbers = (found: RunValues, rows: number): Float64Array => {
    const all = numbersOf(found, scores, rows);
    return Float64Array.from({ length: rows }, (_, row) => all[row * width + column] as number);
  };
  return { output: scores, class: width === 1 ? null : (names[column] as string), numbers };
}

/** The class of each row: as the model tells it, or the one with the highest score; undefined where there are no classes. */
export function toldClasses({ label, scores, classes }: ExplainableOutputs, values: RunValues, rows: number) {
  if (label !== null) return textsOf(values, label, rows);
  const all = numbersOf(values, scores as string, rows);
  const width = all.length / rows;
  if (width === 1) return undefined;
  const names = classes?.length === width ? classes : Array.from({ length: width }, (_, at) => at);
  return Array.from({ length: rows }, (_, row) =>
    String(names[likeliest(all.subarray(row * width, (row + 1) * width))]),
  );
}

/** Row-major. Throws SlipwayError `invalid` where the output has not as many values for each row. */
export function numbersOf(values: RunValues, output: string, rows: number): Float64Array {
  const { type, data } = tensorOf(values, output, rows);
  if (type === 'float16') return Float64Array.from(data as Uint16Array, halfToNumber);
  return Float64Array.from(data as Float64Array, Number);
}

function textsOf(values: RunValues, output: string, rows: number): string[] {
  const { data } = tensorOf(values, output, rows);
  if (data.length !== rows) throw new SlipwayError('invalid', `The output ${output} has more than one class a row.`);
  return Array.from(data as string[], String);
}

function tensorOf(values: RunValues, output: string, rows: number): OnnxTensor {
  const value = values.get(output);
  if (value !== undefined && !Array.isArray(value) && value.data.length > 0 && value.data.length % rows === 0)
    return value;
  throw new SlipwayError('invalid', `The output ${output} does not have a row for each row that was given.`);
}

function likeliest(scores: Float64Array): number {
  let best = 0;
  for (const [at, score] of scores.entries()) if (score > (scores[best] as number)) best = at;
  return best;
}
