// One model quantized and measured: nothing is at its output until all of it is done.
import { createReadStream, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, SlipwayError } from '../../base/errors';
import type { ExplainedRows } from '../../protocol/inference/explain/explanation';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { PictureSet, SetRows } from '../../protocol/inference/quantization/picture-set';
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
import { type PictureQuery, pictureRows } from './picture-sets';
import { type LabelledTable, type MeasuringTerms, measureQuantized, predictLabelled } from './quantized-measurement';
import { type MadeModel, requireTools, runQuantizing } from './quantizing-command';
import { makeScratch } from './scratch-folder';

const experiment = 'quantization';
const longestSample = 600_000;
/** Pictures of 150,000 numbers each lie on disk while they are measured. */
const mostPictures = 5000;

/** Paths are absolute. `calibration` null: the golden cases; `inputs`: what was read, as `slipway run --input` takes it. */
export interface QuantizeRequest {
  model: string;
  output: string;
  isForced: boolean;
  terms: QuantizationTerms;
  python: string;
  calibration: ExplainedRows | PictureSet | null;
  calibrationRows: number;
  seed: number;
  /** Rows whose answers are compared; those of the calibration where null. */
  data: ExplainedRows | PictureSet | null;
  /** `pictures`: those of `data`, whose folders say what is true. */
  labelled: LabelledTable | 'pictures' | null;
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

interface MeasuredData {
  rows: ExplainedRows | SetRows | null;
  labelled: LabelledTable | SetRows | null;
  notes: string[];
}

type Calibration = CalibrationSets & { folder: string };

function takenOf({ taken: { name, rows, of } }: CalibrationSets): CalibrationSets['taken'] {
  return { name, rows, of };
}

function setOf({ name }: PictureSet, calibration: Calibration | null): SetRows | null {
  if (calibration === null) return null;
  const { folder, taken } = calibration;
  return { kind: 'sets', name, folder, rows: taken.rows, of: taken.of };
}

/** The file for weights that a model's own file cannot hold. */
function weightsBeside(output: string): string {
  return `${output}.data`;
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
    const { model } = this.#request;
    const { signal, onProgress } = this.#surroundings;
    const data = await this.#data();
    // First, because it says what does not fit in the rows before anything is quantized.
    if (data.labelled !== null) await predictLabelled(model, 'before', data.labelled, this.#measuring);
    const calibration = await this.#calibration();
    onProgress({ what: 'Quantizing', done: 0, total: 0 });
    const made = join(this.#scratch, 'quantized.onnx');
    const { report, runId, end } = await this.#run(made, calibration);
    try {
      const quantization = await this.#measured(made, data, calibration, report);
      await this.#keep(quantization, made, runId);
      signal.throwIfAborted();
      requireFree(this.#request);
      await this.#place(made);
      await end(null);
      return { quantization, runId };
    } catch (error) {
      await end(messageOf(error));
      throw error;
    }
  }

  /** Weights that the file cannot hold come first: a model without them is none. */
  async #place(made: string): Promise<void> {
    const { output } = this.#request;
    const { signal } = this.#surroundings;
    const beside = join(this.#scratch, basename(weightsBeside(output)));
    if (existsSync(beside)) await writeWholeFile(weightsBeside(output), createReadStream(beside), signal);
    await writeWholeFile(output, createReadStream(made), signal);
  }

  /** Pictures are turned into rows once, for all that is measured with them. */
  async #data(): Promise<MeasuredData> {
    const { data, labelled } = this.#request;
    if (data?.kind !== 'pictures')
      return { rows: data, labelled: labelled === 'pictures' ? null : labelled, notes: [] };
    const query = { set: data, folder: join(this.#scratch, 'data'), most: mostPictures, isLabelled: labelled !== null };
    const { rows, notes } = await this.#pictures(query);
    return { rows, labelled: labelled === null ? null : rows, notes };
  }

  #pictures(query: Pick<PictureQuery, 'set' | 'folder' | 'most' | 'isLabelled'>): ReturnType<typeof pictureRows> {
    const { model, python, seed } = this.#request;
    return pictureRows({ model, python, seed, ...query }, this.#measuring);
  }

  async #calibration(): Promise<Calibration | null> {
    const { model: path, terms, calibration: rows, calibrationRows: most, seed } = this.#request;
    if (terms.method !== 'static') return null;
    const folder = join(this.#scratch, 'calibration');
    if (rows?.kind === 'pictures') {
      const { rows: taken, notes } = await this.#pictures({ set: rows, folder, most, isLabelled: false });
      return { folder, taken, rowsAtOnce: null, notes };
    }
    mkdirSync(folder);
    const { models, signal } = this.#surroundings;
    const query = { path, rows, most, seed, folder };
    return { folder, ...(await models.ask('calibrationSets', query, { deadline: longestSample, signal })) };
  }

  #run(output: string, calibration: Calibration | null): Promise<MadeModel> {
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
    const beside = basename(weightsBeside(this.#request.output));
    const command = { python, model, output, beside, scratch: this.#scratch, terms, calibration };
    return runQuantizing(command, recorded, {
      node,
      signal,
    });
  }

  async #measured(
    made: string,
    data: MeasuredData,
    calibration: Calibration | null,
    report: QuantizationReport,
  ): Promise<Quantization> {
    const { model, output, terms, calibration: rows, seed } = this.#request;
    const calibrated = rows?.kind === 'pictures' ? setOf(rows, calibration) : rows;
    const asked = { before: model, after: made, rows: data.rows ?? calibrated, labelled: data.labelled, seed };
    const measured = await measureQuantized(asked, this.#measuring);
    return {
      model: basename(model),
      output: basename(output),
      terms,
      calibration: calibration === null ? null : takenOf(calibration),
      done: report,
      ...measured,
      notes: [
        ...new Set([
          ...report.notes,
          ...methodNotes(terms),
          ...(calibration?.notes ?? []),
          ...data.notes,
          ...measured.notes,
        ]),
      ],
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
