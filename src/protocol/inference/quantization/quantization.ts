// A model whose weights are written in 8 bits: what is asked for, what was done, and what it costs.
import * as z from 'zod';
import type { ComparedMetric, Flips, Verdict } from '../../comparison/comparison';
import type { TakenRows } from '../explain/explanation';

/** `dynamic`: ranges of activations are taken of each input while the model runs. `static`: of rows that are run before. */
export const quantizationMethods = ['dynamic', 'static'] as const;
export type QuantizationMethod = (typeof quantizationMethods)[number];

export const eightBitTypes = ['int8', 'uint8'] as const;
export type EightBitType = (typeof eightBitTypes)[number];

/** How static quantization finds ranges in the rows that were run. */
export const rangeFinders = ['minmax', 'entropy', 'percentile'] as const;
export type RangeFinder = (typeof rangeFinders)[number];

/** What onnxruntime's tools are told. `operators`: kinds to quantize, all that can be where empty. */
export interface QuantizationTerms {
  method: QuantizationMethod;
  weights: EightBitType;
  activations: EightBitType;
  perChannel: boolean;
  reduceRange: boolean;
  operators: string[];
  ranges: RangeFinder;
}

/** Nodes by kind of operator, most first. */
const counts = z
  .record(z.string(), z.number())
  .transform((all) => Object.entries(all).map(([operator, count]) => ({ operator, count })))
  .transform((all) => all.sort((one, other) => other.count - one.count));
const versions = z.object({ python: z.string(), onnx: z.string(), onnxruntime: z.string() });

/** What the Python script says: what was done, or why nothing was. `left`: what has no weights in 8 bits. */
export const quantizationReport = z.union([
  z.object({ versions, quantized: counts, left: counts, tensors: z.number(), notes: z.array(z.string()) }),
  z.object({ refused: z.enum(['missing', 'opset', 'nothing', 'failed']), sentence: z.string() }),
]);

/** What the script says of its Python. */
export const pythonVersions = z.union([
  z.object({ versions }),
  z.object({ refused: z.literal('missing'), sentence: z.string() }),
]);

export type QuantizationAnswer = z.output<typeof quantizationReport>;

/** What was done. */
export type QuantizationReport = Exclude<QuantizationAnswer, { refused: string }>;

/** One number of both models. */
export interface BeforeAfter {
  before: number;
  after: number;
}

/** Times of `rows` rows at once on one thread, in milliseconds. */
export interface QuantizedLatency {
  rows: number;
  p50: BeforeAfter;
  p95: BeforeAfter;
}

/** How far the answers to one output are apart; null where a row has a number in one model only. */
export interface OutputDifference {
  output: string;
  most: number | null;
  mean: number | null;
}

/** Both models on the same rows. `same`: rows that both give the same class; null where there are no classes. */
export interface AnswerDifference {
  rows: TakenRows;
  same: number | null;
  outputs: OutputDifference[];
}

/** Both against what is true, paired by row: the effect is after less before. */
export interface QuantizedAccuracy {
  verdict: Verdict;
  rows: number;
  metrics: ComparedMetric[];
  flips: Flips | null;
  notes: string[];
}

/** A model that was quantized, and measured beside the one it was made of. Bytes hold the weights beside a file too. */
export interface Quantization {
  model: string;
  output: string;
  terms: QuantizationTerms;
  calibration: TakenRows | null;
  done: QuantizationReport;
  bytes: BeforeAfter;
  loadMilliseconds: BeforeAfter;
  /** What the times are of. */
  input: string;
  latency: QuantizedLatency[];
  answers: AnswerDifference | null;
  accuracy: QuantizedAccuracy | null;
  notes: string[];
}
