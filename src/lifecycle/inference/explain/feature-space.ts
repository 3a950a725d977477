// The features of a model as numbers: values of number inputs as they are, texts as the number of the text.

import { SlipwayError } from '../../../base/errors';
import type { OnnxData, OnnxElement, OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { FeatureValue } from '../../../protocol/inference/explain/explanation';
import type { ModelValue } from '../../../protocol/inference/outline';
import { halfToNumber, numberToHalf } from '../tensor/half';
import { emptyData } from '../tensor/tensor-form';

type Tensors = Readonly<Record<string, OnnxTensor>>;

/** More features than this are pixels or words, which single effects say nothing of. */
const mostFeatures = 512;

interface Slot {
  input: string;
  element: OnnxElement;
  /** Values a row; `isFlat` where the tensor has one dimension. */
  width: number;
  isFlat: boolean;
}

interface Feature {
  name: string;
  kind: 'number' | 'category';
}

/** What a model takes, row by row. Texts get their numbers when they are first seen. */
export class FeatureSpace {
  readonly features: readonly Feature[];
  readonly #slots: readonly Slot[];
  readonly #texts: string[] = [];
  readonly #codes = new Map<string, number>();

  /** `tensors` shows the sizes; `names` are those of the columns of each input. Throws SlipwayError `invalid`. */
  constructor(inputs: readonly ModelValue[], tensors: Tensors, names: ReadonlyMap<string, readonly string[]>) {
    this.#slots = inputs.map((input) => slotOf(input, tensors[input.name] as OnnxTensor));
    this.features = this.#slots.flatMap(({ input, element, width }) => {
      const kind = element === 'string' || element === 'bool' ? 'category' : 'number';
      const own = names.get(input);
      return Array.from({ length: width }, (_, at): Feature => {
        const place = width === 1 ? input : `${input}[${at}]`;
        return { name: own?.length === width ? (own[at] as string) : place, kind };
      });
    });
    if (this.features.length > mostFeatures) {
      throw new SlipwayError(
        'invalid',
        `The model takes ${this.features.length} values a row. Up to ${mostFeatures} can be explained one by one.`,
      );
    }
  }

  get width(): number {
    return this.features.length;
  }

  /** Row-major, `width` numbers a row; a missing number is NaN. Throws SlipwayError `invalid` for sizes that differ. */
  encoded(tensors: Tensors): Float64Array {
    const rows = tensors[this.#slots[0]?.input ?? '']?.shape[0] ?? 0;
    const found = new Float64Array(rows * this.width);
    let first = 0;
    for (const { input, width } of this.#slots) {
      const { type, data } = tensors[input] as OnnxTensor;
      if (data.length !== rows * width) {
        throw new SlipwayError(
          'invalid',
          `The input ${input} has ${data.length / rows} values a row, and not ${width}.`,
        );
      }
      for (let at = 0; at < data.length; at += 1) {
        found[Math.floor(at / width) * this.width + first + (at % width)] = this.#code(type, data[at], input);
      }
      first += width;
    }
    return found;
  }

  /** Tensors for `count` rows of such numbers. */
  tensors(rows: Float64Array, count: number): Record<string, OnnxTensor> {
    const found: Record<string, OnnxTensor> = {};
    let first = 0;
    for (const { input, element, width, isFlat } of this.#slots) {
      const data = emptyData(element, count * width) as { [at: number]: unknown };
      const write = this.#writer(element);
      for (let row = 0; row < count; row += 1) {
        for (let at = 0; at < width; at += 1) {
          data[row * width + at] = write(rows[row * this.width + first + at] as number);
        }
      }
      found[input] = { type: element, shape: isFlat ? [count] : [count, width], data: data as unknown as OnnxData };
      first += width;
    }
    return found;
  }

  /** The value behind a number of a feature. */
  value(feature: number, code: number): FeatureValue {
    const element = this.#elementOf(feature);
    if (element === 'string') return this.#texts[code] as string;
    if (element === 'bool') return code !== 0;
    return Number.isNaN(code) ? null : Number.isFinite(code) ? code : String(code);
  }

  /** The nearest number that the model can be given. */
  nearest(feature: number, number: number): number {
    const element = this.#elementOf(feature);
    if (element === 'float64') return number;
    if (element === 'float32') return Math.fround(number);
    return element === 'float16' ? halfToNumber(numberToHalf(number)) : Math.round(number);
  }

  #elementOf(feature: number): OnnxElement | undefined {
    let last = 0;
    return this.#slots.find(({ width }) => {
      last += width;
      return feature < last;
    })?.element;
  }

  #code(type: OnnxElement, value: unknown, input: string): number {
    if (type === 'string') return this.#textCode(value as string);
    if (type === 'float16') return halfToNumber(value as number);
    const number = Number(value);
    if (typeof value !== 'bigint' || Number.isSafeInteger(number)) return number;
    throw new SlipwayError(
      'invalid',
      `${value} of ${input} is beyond 2^53: such numbers are names, and cannot be explained.`,
    );
  }

  #textCode(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  #writer(element: OnnxElement): (code: number) => unknown {
    if (element === 'string') return (code) => this.#texts[code];
    if (element === 'float16') return numberToHalf;
    return element === 'int64' || element === 'uint64' ? (code) => BigInt(Math.round(code)) : (code) => code;
  }
}

function slotOf({ name, type }: ModelValue, { type: element, shape }: OnnxTensor): Slot {
  const rows = type.kind === 'tensor' ? type.shape?.[0] : null;
  if (typeof rows === 'number') {
    throw new SlipwayError(
      'invalid',
      `The input ${name} takes ${rows === 1 ? 'one row' : `${rows} rows`} at a time. To explain it, export the model with an open number of rows.`,
    );
  }
  if (shape.length === 0 || shape.length > 2) {
    throw new SlipwayError(
      'invalid',
      `The input ${name} has ${shape.length} dimensions. Models that take rows of values can be explained.`,
    );
  }
  return { input: name, element, width: shape[1] ?? 1, isFlat: shape.length === 1 };
}
