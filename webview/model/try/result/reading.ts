// What a prediction says of one row: a class with the scores of all, a number, a text, or values.
import type { ClassLabels, ModelOutline } from '../../../../src/protocol/inference/outline';
import type { OutputValue, Prediction } from '../../../../src/protocol/inference/prediction';
import { type FlatTensor, isList, type TensorItem } from '../../../../src/protocol/inference/tensor';
import { rowOf } from '../rows/given-rows';

/** Scores of classes, in the order of the columns. */
export interface Scores {
  output: string;
  names: string[];
  values: number[];
  /** Whether they are shares that add up to 1. */
  areShares: boolean;
}

/** `text` is the sentence; `answer` what two readings are compared by. */
export interface Reading {
  text: string;
  answer: string;
  scores: Scores | null;
  /** The single number that was predicted, if it was one. */
  value: number | null;
}

/** Reads one row of a prediction. `row` counts from 0. */
export function readingOf(prediction: Prediction, labels: readonly ClassLabels[], row: number): Reading {
  const own = rowTensors(prediction, row);
  const scores = scoresOf(own, prediction, labels);
  const [label] = own.filter(({ name, tensor }) => name !== scores?.output && isLabel(tensor));
  if (scores !== null) return classReading(scores, label?.tensor.data[0]);
  if (label !== undefined && labels.length > 0) return wordReading(String(label.tensor.data[0]));
  const [first] = own;
  if (first === undefined) return wordReading('No value');
  const { name, tensor } = first;
  const [item] = tensor.data;
  if (tensor.data.length === 1 && item !== undefined) return singleReading(item);
  if (tensor.data.length <= 6 && tensor.data.length > 0) return wordReading(tensor.data.map(itemText).join(', '));
  return wordReading(`${tensor.data.length.toLocaleString('en-US')} values in ${name}`);
}

/** An output of one row. */
export interface NamedTensor {
  name: string;
  tensor: FlatTensor;
}

/** The outputs of one row, from 0; those that have none for it are left out. */
export function rowTensors({ outputs, taken }: Prediction, row: number): NamedTensor[] {
  return Object.entries(outputs).flatMap(([name, value]) => {
    const tensor = rowTensor(value, row, taken.rows);
    return tensor === null ? [] : [{ name, tensor }];
  });
}

function rowTensor(value: OutputValue, row: number, rows: number): FlatTensor | null {
  const tensor = isList(value) ? (value[row] ?? null) : value;
  return tensor === null ? null : rowOf(tensor, row, rows);
}

function isLabel({ type, data }: FlatTensor): boolean {
  return data.length === 1 && (type === 'string' || type.startsWith('int') || type === 'bool');
}

function scoresOf(own: readonly NamedTensor[], { labels }: Prediction, said: readonly ClassLabels[]): Scores | null {
  for (const { name, tensor } of own) {
    if (!tensor.type.includes('float') || tensor.data.length < 2) continue;
    const classes = labels[name] ?? said.find(({ output }) => output === name)?.classes;
    const values = tensor.data.map(Number);
    const areShares = addUp(values);
    if (classes?.length !== values.length && !areShares) continue;
    const names = classes?.length === values.length ? classes.map(String) : values.map((_, at) => String(at));
    return { output: name, names, values, areShares };
  }
  return splitScores(own, said);
}

/** A score for each class as an output of its own. */
function splitScores(own: readonly NamedTensor[], said: readonly ClassLabels[]): Scores | null {
  const singles = own.filter(({ tensor }) => tensor.type.includes('float') && tensor.data.length === 1);
  const classes = said[0]?.classes.map(String);
  if (classes === undefined || classes.length < 2 || singles.length !== classes.length) return null;
  const values = singles.map(({ tensor }) => Number(tensor.data[0]));
  return { output: singles.map(({ name }) => name).join(', '), names: classes, values, areShares: addUp(values) };
}

function addUp(values: readonly number[]): boolean {
  return values.every((value) => value >= 0 && value <= 1) && Math.abs(values.reduce((a, b) => a + b, 0) - 1) < 1e-3;
}

function classReading(scores: Scores, label: TensorItem | undefined): Reading {
  const best = scores.values.reduce((most, value, at) => (value > (scores.values[most] ?? value) ? at : most), 0);
  const said = label === undefined ? -1 : scores.names.indexOf(String(label));
  const chosen = said < 0 ? best : said;
  // What the model itself says is the answer, whatever the scores are called.
  const answer = label === undefined ? (scores.names[chosen] ?? '') : String(label);
  const subject = /^-?\d+$/.test(answer) ? `Class ${answer}` : answer;
  return { text: `${subject}, ${scoreText(scores.values[chosen] ?? 0)}`, answer, scores, value: null };
}

function wordReading(text: string): Reading {
  return { text, answer: text, scores: null, value: null };
}

function singleReading(item: TensorItem): Reading {
  const text = item === '' ? 'An empty text' : itemText(item);
  return { text, answer: text, scores: null, value: typeof item === 'number' ? item : null };
}

/** Scores have three decimals. */
export function scoreText(value: number): string {
  return (Math.abs(value) >= 1000 ? value.toPrecision(6) : value.toFixed(3)).replace('-', '−');
}

/** A value as a person reads it; NaN is written NaN. */
export function itemText(item: TensorItem): string {
  // Written as other negative numbers are.
  if (item === '-Infinity') return '−Infinity';
  if (typeof item !== 'number') return item === '' ? '“”' : String(item);
  return Number(item.toPrecision(7)).toLocaleString('en-US', { maximumFractionDigits: 8 }).replace('-', '−');
}

/** A prediction of a model whose inputs have no open number of rows: what it answers is of one thing, however long. */
export function ofOneRow<P extends Prediction>(prediction: P, { inputs }: Pick<ModelOutline, 'inputs'>): P {
  const isFixed = ({ type }: ModelOutline['inputs'][number]): boolean =>
    type.kind === 'tensor' && type.shape !== null && (type.shape.length === 0 || typeof type.shape[0] === 'number');
  return inputs.every(isFixed) ? { ...prediction, taken: { ...prediction.taken, rows: 1 } } : prediction;
}

/** The same prediction with one output alone. */
export function onlyOutput(prediction: Prediction, name: string): Prediction {
  const value = prediction.outputs[name];
  return { ...prediction, outputs: value === undefined ? {} : { [name]: value } };
}
