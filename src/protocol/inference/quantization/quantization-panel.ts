// What passes between the page of a model and its host about the quantization that made it, or was made of it.
import type { Quantization } from './quantization';

/** The last one. `isOutput`: this model is the one that was made. `isStale`: a file was written since. */
export interface ShownQuantization {
  quantization: Quantization;
  isOutput: boolean;
  isStale: boolean;
  /** Epoch milliseconds. */
  time: number;
  isRecorded: boolean;
}

type Nothing = Record<string, never>;

/** `quantized`: null where the model was neither. The others throw `not-found` then. */
export interface QuantizationAsks {
  quantized: { input: Nothing; answer: ShownQuantization | null };
  openQuantizationRun: { input: Nothing; answer: null };
  /** Opens the other of the two models. */
  openQuantized: { input: Nothing; answer: null };
}
export type QuantizationAsk = keyof QuantizationAsks;
