// Whether a tensor is what a golden case expects.
import type { GoldenTerms } from '../../../protocol/inference/golden/golden-case';
import type { FlatTensor, TensorItem } from '../../../protocol/inference/tensor';
import { halfToNumber, numberToHalf } from '../tensor/half';
import { shortItem } from './value-text';

const fractions: ReadonlySet<string> = new Set(['float32', 'float64', 'float16', 'bfloat16']);

/**
 * Null when they agree, else a sentence. `close`: |actual − expected| ≤ atol + rtol·|expected| for each value, NaN equal to
 * NaN, as numpy's allclose with equal_nan; whole numbers, texts and truth values are equal or not. The other modes look at
 * rows of the last axis: the same highest column (`argmax`, the first of equals), the same set of `top` highest (`top-k`),
 * a cosine of at least `cosine`; a row with NaN is neither. Vectors of whole numbers, such as labels, are equal or not in every mode.
 */
export function disagreement(expected: FlatTensor, actual: FlatTensor, terms: GoldenTerms): string | null {
  if (expected.shape.join() !== actual.shape.join()) {
    return `expected ${shapeText(expected)}, got ${shapeText(actual)}`;
  }
  const isFraction = fractions.has(actual.type);
  const hasRows = isFraction ? actual.shape.length > 0 : actual.shape.length > 1 && /int/.test(actual.type);
  if (terms.mode !== 'close' && hasRows) return rowDisagreement(expected, actual, terms);
  const agrees = isFraction ? closeness(actual.type, terms) : equality;
  const wrong: number[] = [];
  for (let at = 0; at < actual.data.length; at += 1) {
    if (!agrees(expected.data[at] as TensorItem, actual.data[at] as TensorItem)) wrong.push(at);
  }
  return wrong.length === 0 ? null : valuesSentence(expected, actual, wrong);
}

type Agreement = (expected: TensorItem, actual: TensorItem) => boolean;

const equality: Agreement = (expected, actual) => String(expected) === String(actual);

/** An expected decimal stands for the nearest value that the output can have. */
function closeness(type: FlatTensor['type'], { rtol, atol }: GoldenTerms): Agreement {
  const nearest = type === 'float32' ? Math.fround : type === 'float16' ? asHalf : Number;
  return (expected, actual) => {
    const [a, b] = [Number(actual), nearest(Number(expected))];
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
    return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b);
  };
}

function asHalf(value: number): number {
  return halfToNumber(numberToHalf(value));
}

function valuesSentence(expected: FlatTensor, actual: FlatTensor, wrong: readonly number[]): string {
  const isFraction = fractions.has(actual.type);
  const distance = (at: number): number => {
    const found = Math.abs(Number(actual.data[at]) - Number(expected.data[at]));
    return Number.isNaN(found) ? Number.POSITIVE_INFINITY : found;
  };
  const worst = isFraction
    ? wrong.reduce((most, at) => (distance(at) > distance(most) ? at : most), wrong[0] as number)
    : (wrong[0] as number);
  const place = placeText(actual.shape, worst);
  const found = actual.data[worst] as TensorItem;
  const got = actual.type === 'float32' ? shortItem(found) : found;
  const pair = `expected ${String(expected.data[worst])}, got ${String(got)}`;
  const count = `${wrong.length} of ${actual.data.length} ${actual.data.length === 1 ? 'value differs' : 'values differ'}`;
  const off = isFraction && Number.isFinite(distance(worst)) ? ` (off by ${distance(worst).toPrecision(3)})` : '';
  return `${count}; ${isFraction ? 'the worst' : 'the first'}${place}: ${pair}${off}`;
}

function placeText(shape: readonly number[], at: number): string {
  const indices: number[] = [];
  let rest = at;
  for (const size of [...shape].reverse()) {
    indices.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return shape.length === 0 ? '' : ` at [${indices.join(', ')}]`;
}

function shapeText({ shape }: FlatTensor): string {
  return shape.length === 0 ? 'a single value' : `the shape ${shape.join(' × ')}`;
}

function rowDisagreement(expected: FlatTensor, actual: FlatTensor, terms: GoldenTerms): string | null {
  const width = actual.shape.at(-1) as number;
  if (terms.mode !== 'cosine' && width < (terms.mode === 'argmax' ? 2 : terms.top + 1)) {
    return `${terms.mode} has nothing to choose among ${width} ${width === 1 ? 'column' : 'columns'}; use the mode close`;
  }
  const rows = width === 0 ? 0 : actual.data.length / width;
  const row = ({ data }: FlatTensor, at: number): number[] => data.slice(at * width, (at + 1) * width).map(Number);
  const judge = judges[terms.mode as keyof typeof judges];
  const wrong: string[] = [];
  for (let at = 0; at < rows; at += 1) {
    const found = missing(row(actual, at)) ?? judge(row(expected, at), row(actual, at), terms);
    if (found !== null) wrong.push(`row ${at}: ${found}`);
  }
  return wrong.length === 0 ? null : `${wrong.length} of ${rows} ${rows === 1 ? 'row' : 'rows'}; ${wrong[0]}`;
}

/** NaN has no place in an order and no direction: a case of these modes would pass whatever else the row holds. */
function missing(actual: readonly number[]): string | null {
  const at = actual.findIndex(Number.isNaN);
  return at < 0 ? null : `column ${at} is NaN`;
}

type RowJudge = (expected: readonly number[], actual: readonly number[], terms: GoldenTerms) => string | null;

const judges: Readonly<Record<'argmax' | 'top-k' | 'cosine', RowJudge>> = {
  argmax: (expected, actual) => {
    const [wanted, got] = [highest(expected, 1)[0], highest(actual, 1)[0]];
    return wanted === got ? null : `expected column ${wanted} to be the highest, got ${got}`;
  },
  'top-k': (expected, actual, { top }) => {
    const [wanted, got] = [highest(expected, top), highest(actual, top)];
    const isSame = wanted.every((column) => got.includes(column));
    return isSame ? null : `expected columns ${wanted.join(', ')} to be the highest, got ${got.join(', ')}`;
  },
  cosine: (expected, actual, terms) => {
    const found = cosineOf(expected, actual);
    return found >= terms.cosine ? null : `the cosine is ${found.toPrecision(6)}, expected at least ${terms.cosine}`;
  },
};

/** The columns of the highest values, the first of equals first; NaN is the highest, as numpy has it. */
function highest(row: readonly number[], count: number): number[] {
  const rank = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);
  const order = row.map((value, column) => ({ value: rank(value), isNan: Number.isNaN(value), column }));
  order.sort((a, b) =>
    a.isNan === b.isNan ? (a.value === b.value ? a.column - b.column : b.value - a.value) : a.isNan ? -1 : 1,
  );
  return order.slice(0, count).map(({ column }) => column);
}

/** Two rows of zeros are alike; one alone is like nothing. */
function cosineOf(a: readonly number[], b: readonly number[]): number {
  const scaled = (row: readonly number[]): number[] => {
    const most = Math.max(...row.map(Math.abs));
    return most === 0 ? [...row] : row.map((value) => value / most);
  };
  const [x, y] = [scaled(a), scaled(b)];
  const dot = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, at) => sum + value * (q[at] as number), 0);
  const [xx, yy] = [dot(x, x), dot(y, y)];
  if (xx === 0 || yy === 0) return xx === yy ? 1 : 0;
  return Math.min(1, dot(x, y) / Math.sqrt(xx * yy));
}
