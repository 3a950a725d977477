// onnxruntime, in the model process and nowhere else: a run blocks its thread, cannot be stopped, and may end the process.
import type { InferenceSession, Tensor as NativeTensor } from 'onnxruntime-node';
import { SlipwayError, systemCodeOf } from '../../base/errors';
import { toldOnnxError } from './onnx-error';

// With it, onnxruntime-node 1.30 copies every float16 input wrongly (onnxruntime issue 26791); without it, it takes the bits.
Reflect.deleteProperty(globalThis, 'Float16Array');

/** Element types that onnxruntime-node takes and gives. */
export type OnnxElement =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string';

/** Numbers of a tensor, row-major; `float16` as its bits, `bool` as 0 and 1. */
export type OnnxData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | string[];

/** A tensor; the product of `shape` is the length of `data`. */
export interface OnnxTensor {
  type: OnnxElement;
  shape: number[];
  data: OnnxData;
}

/** A model by its path, or as bytes; `external` are files that the bytes name, by the name they use. */
export type OnnxSource = { path: string } | { bytes: Uint8Array; external: { path: string; data: Uint8Array }[] };

/** How it is run. `profile`: where a profile is written, as the beginning of a path. */
export interface OnnxTerms {
  threads: number;
  profile?: string | undefined;
}

type Native = typeof import('onnxruntime-node');

/** A loaded model. */
export class OnnxSession {
  readonly #native: Native;
  readonly #session: InferenceSession;

  private constructor(native: Native, session: InferenceSession) {
    this.#native = native;
    this.#session = session;
  }

  /** Throws SlipwayError `invalid` when the model cannot be run here, `unavailable` where there is no onnxruntime. */
  static async open(source: OnnxSource, { threads, profile }: OnnxTerms): Promise<OnnxSession> {
    const native = await loadNative();
    const options: InferenceSession.SessionOptions = {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
      ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
    };
    try {
      const { create } = native.InferenceSession;
      if ('path' in source) return new OnnxSession(native, await create(source.path, options));
      const { bytes, external } = source;
      return new OnnxSession(native, await create(bytes, { ...options, externalData: external }));
    } catch (error) {
      throw toldOnnxError(error);
    }
  }

  /** Gives the named outputs. Throws SlipwayError `invalid` when inputs do not fit or the model fails. */
  async run(
    feeds: Readonly<Record<string, OnnxTensor>>,
    outputs: readonly string[],
  ): Promise<Record<string, OnnxTensor>> {
    try {
      const given = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, this.#natively(tensor)]));
      const answer = await this.#session.run(given, [...outputs]);
      return Object.fromEntries(outputs.map((name) => [name, own(answer[name] as NativeTensor)]));
    } catch (error) {
      throw toldOnnxError(error);
    }
  }

  /** Writes the profile, where one was asked for, and gives back the memory that onnxruntime gives back. */
  async release(): Promise<void> {
    this.#session.endProfiling();
    await this.#session.release();
  }

  #natively({ type, shape, data }: OnnxTensor): NativeTensor {
    return new this.#native.Tensor(type as 'float32', data as Float32Array, shape);
  }
}

function own(tensor: NativeTensor): OnnxTensor {
  const { type, dims, data } = tensor;
  return { type: type as OnnxElement, shape: [...dims], data: data as OnnxData };
}

/** Throws SlipwayError `unavailable` where there is no onnxruntime. */
export async function onnxruntimeVersion(): Promise<string> {
  return (await loadNative()).env.versions.node ?? 'unknown';
}

async function loadNative(): Promise<Native> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    const isAbsent = systemCodeOf(error) === 'MODULE_NOT_FOUND';
    const place = `${process.platform}-${process.arch}`;
    const reason = isAbsent
      ? `This build of Slipway has no onnxruntime for ${place}: models can be looked at here, but not run.`
      : `onnxruntime could not be loaded on ${place} (${(error as Error).message}): models can be looked at here, but not run.`;
    throw new SlipwayError('unavailable', reason, { cause: error });
  }
}
