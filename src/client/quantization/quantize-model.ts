// One model quantized and measured: nothing is at its output until all of it is done.
import { createReadStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, SlipwayError } from '../../base/errors';
import type { ExplainedRows } from '../../protocol/inference/explain/explanation';
import type { ModelPool } from '../../protocol/inference/model-pool';
import { requirePossible, requireQuantizable } from '../../protocol/inference/quantization/quantizable';
import type {
  Quantization,
  QuantizationReport,
  QuantizationTerms,
} from '../../protocol/inference/quantization/quantization';
import type { CalibrationSets } from '../../protocol/inference/quantization/quantization-questions';
import type { JobProgress } from '../../protocol/jobs/job';
import type { EngineClient } from '../engine-client';
import { refuseRead } from '../files/kept-sources';
import { requireWritable, writeWholeFile } from '../files/whole-file';
import type { NodeChoiceOptions } from '../node-choice';
import { keepQuantization } from './kept-quantization';
import { type LabelledTable, type MeasuringTerms, measureQuantized, predictLabelled } from './quantized-measurement';
import { type MadeModel, requireTools, runQuantizing } from './quantizing-command';
import { makeScratch } from './scratch-folder';

const experiment = 'quantization';
const longestSample = 600_000;

/** Paths are absolute. `calibration` null: the golden cases; `inputs`: what was read, as `slipway run --input` takes it. */
export interface QuantizeRequest {
  model: string;
  output: string;
  isForced: boolean;
  terms: QuantizationTerms;
  python: string;
  calibration: ExplainedRows | null;
  calibrationRows: number;
  seed: number;
  /** Rows whose answers are compared; those of the calibration where null. */
  data: ExplainedRows | null;
  labelled: LabelledTable | null;
  inputs: string[];
  /** Why it may begin although data of the workspace fail their contract; null when nobody says so. */
  override: string | null;
}

/** `workspace` null: the run is not kept. */
export interface QuantizeSurroundings {
  models: ModelPool;
  node: NodeChoiceOptions;
  workspace: { root: string; client: EngineClient } | null;
  signal: AbortSignal;
  onProgress(progress: JobProgress): void;
}

/** What came of it. */
export interface QuantizedModel {
  quantization: Quantization;
  runId: string | null;
}

/**
 * Throws SlipwayError with why nothing was quantized: `invalid` and `conflict` for models and rows, `unavailable` for
 * Pythons without the tools and when it is taken back, `already-exists` for an output that is there, `read-only` for one
 * that cannot be written.
 */
export async function quantizeModel(
  request: QuantizeRequest,
  surroundings: QuantizeSurroundings,
): Promise<QuantizedModel> {
  const { model, terms, python } = request;
  const { models, node, signal } = surroundings;
  requireFree(request);
  requirePossible(terms);
  requireQuantizable(basename(model), await models.ask('outline', { path: model }, { signal }), terms.method);
  await requireWritable(request.output);
  await requireTools(python, { node, signal });
  const scratch = makeScratch();
  try {
    return await new Quantizing(request, surroundings, scratch).done();
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function requireFree({ output, isForced, inputs }: QuantizeRequest): void {
  const there = statSync(output, { throwIfNoEntry: false });
  if (there === undefined) return;
  refuseRead(output, inputs);
  if (there.isDirectory()) throw new SlipwayError('invalid', `${output} is a folder. Name a file for the output.`);
  if (isForced) return;
  const sentence = `${output} is there already. Name another file for --output, or say --force.`;
  throw new SlipwayError('already-exists', sentence);
}

/** One that may begin. */
class Quantizing {
  readonly #request: QuantizeRequest;
  readonly #surroundings: QuantizeSurroundings;
  readonly #scratch: string;
  readonly #measuring: MeasuringTerms;

  constructor(request: QuantizeRequest, surroundings: QuantizeSurroundings, scratch: string) {
    this.#request = request;
    this.#surroundings = surroundings;
    this.#scratch = scratch;
    const { models, node, signal, onProgress } = surroundings;
    this.#measuring = { models, bundle: node.bundle, scratch, signal, onProgress };
  }

  async done(): Promise<QuantizedModel> {
    const { model, labelled } = this.#request;
    const { signal, onProgress } = this.#surroundings;
    // First, because it says what does not fit in the table before anything is quantized.
    if (labelled !== null) await predictLabelled(model, 'before', labelled, this.#measuring);
    const calibration = await this.#calibration();
    onProgress({ what: 'Quantizing', done: 0, total: 0 });
    const made = join(this.#scratch, 'quantized.onnx');
    const { report, runId, end } = await this.#run(made, calibration);
    try {
      const quantization = await this.#measured(made, calibration, report);
      await this.#keep(quantization, made, runId);
      signal.throwIfAborted();
      requireFree(this.#request);
      await writeWholeFile(this.#request.output, createReadStream(made), signal);
      await end(null);
      return { quantization, runId };
    } catch (error) {
      await end(messageOf(error));
      throw error;
    }
  }

  async #calibration(): Promise<(CalibrationSets & { folder: string }) | null> {
    const { model: path, terms, calibration: rows, calibrationRows: most, seed } = this.#request;
    if (terms.method !== 'static') return null;
    const folder = join(this.#scratch, 'calibration');
    mkdirSync(folder);
    const { models, signal } = this.#surroundings;
    const query = { path, rows, most, seed, folder };
    return { folder, ...(await models.ask('calibrationSets', query, { deadline: longestSample, signal })) };
  }

  #run(output: string, calibration: (CalibrationSets & { folder: string }) | null): Promise<MadeModel> {
    const { model, terms, python, inputs, override } = this.#request;
    const { workspace, node, signal } = this.#surroundings;
    const recorded = workspace && {
      root: workspace.root,
      experiment,
      name: basename(this.#request.output),
      params: paramsOf(this.#request, calibration),
      inputs,
      override,
    };
    return runQuantizing({ python, model, output, scratch: this.#scratch, terms, calibration }, recorded, {
      node,
      signal,
    });
  }

  async #measured(
    made: string,
    calibration: CalibrationSets | null,
    report: QuantizationReport,
  ): Promise<Quantization> {
    const { model, output, terms, data, calibration: rows, labelled, seed } = this.#request;
    const asked = { before: model, after: made, rows: data ?? rows, labelled, seed };
    const measured = await measureQuantized(asked, this.#measuring);
    return {
      model: basename(model),
      output: basename(output),
      terms,
      calibration: calibration?.taken ?? null,
      done: report,
      ...measured,
      notes: [...new Set([...report.notes, ...methodNotes(terms), ...(calibration?.notes ?? []), ...measured.notes])],
    };
  }

  async #keep(quantization: Quantization, output: string, runId: string | null): Promise<void> {
    const { workspace } = this.#surroundings;
    if (workspace === null || runId === null) return;
    await keepQuantization(workspace.client, runId, { quantization, output, scratch: this.#scratch });
  }
}

function methodNotes({ method }: QuantizationTerms): string[] {
  return method === 'dynamic'
    ? ['Ranges are taken of all rows that are run together: the answer to a row depends a little on those beside it.']
    : [];
}

function paramsOf(
  { model, output, terms }: QuantizeRequest,
  calibration: CalibrationSets | null,
): Record<string, string> {
  const { method, weights, activations, perChannel, reduceRange, operators, ranges } = terms;
  return {
    model: basename(model),
    output: basename(output),
    method,
    weight_type: weights,
    per_channel: String(perChannel),
    reduce_range: String(reduceRange),
    op_types: operators.length === 0 ? 'all' : operators.join(','),
    ...(method === 'static' ? { activation_type: activations, calibration_method: ranges } : {}),
    ...(calibration === null
      ? {}
      : { calibration: calibration.taken.name, calibration_rows: String(calibration.taken.rows) }),
  };
}
