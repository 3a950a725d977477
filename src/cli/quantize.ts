// slipway quantize MODEL
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { ownModelProcesses } from '../client/model/model-processes';
import { holdsPictures } from '../client/quantization/picture-sets';
import { choosePython } from '../client/quantization/python-choice';
import { type QuantizeRequest, quantizeModel } from '../client/quantization/quantize-model';
import type { LabelledTable } from '../client/quantization/quantized-measurement';
import type { ExplainedRows } from '../protocol/inference/explain/explanation';
import type { ModelPool } from '../protocol/inference/model-pool';
import {
  isArrayFile,
  type PictureSet,
  type PictureTerms,
  pictureFits,
  pictureOrders,
  pictureScales,
} from '../protocol/inference/quantization/picture-set';
import { usualWeights } from '../protocol/inference/quantization/quantizable';
import {
  type EightBitType,
  eightBitTypes,
  type Quantization,
  type QuantizationMethod,
  type QuantizationTerms,
  quantizationMethods,
  type RangeFinder,
  rangeFinders,
} from '../protocol/inference/quantization/quantization';
import { beforeAfterLines, costSentences } from '../protocol/inference/quantization/quantization-words';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { jsonKeys } from './json-keys';
import { namedTable } from './named-table';
import { ProgressLine } from './progress-line';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface QuantizeOptions extends CommonOptions {
  method: QuantizationMethod;
  calibration?: string;
  calibrationRows: number;
  data?: string;
  label?: string;
  leaveOut?: string[];
  output?: string;
  force?: boolean;
  weights?: EightBitType;
  activations: EightBitType;
  perChannel?: boolean;
  reduceRange?: boolean;
  operators?: string[];
  ranges: RangeFinder;
  python?: string;
  seed: number;
  record: boolean;
  override?: string;
  pixels?: PictureTerms['scale'];
  fit: PictureTerms['fit'];
  channels: PictureTerms['order'];
}

/** 128 and the number of SIGINT. */
const interrupted = 130;
/** Ctrl-C, kill, and a terminal that was closed. */
const wishes = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Adds `quantize`, which writes a model's weights in 8 bits and says what that brings and costs. */
export function registerQuantizeCommand(program: Command, context: CliContext): void {
  const command = program
    .command('quantize <model>')
    .description(
      "write the weights of an .onnx model in 8 bits with onnxruntime's own tools in your Python, and say what that brings " +
        'and costs: size, latency and accuracy before and after. In a workspace it is a recorded run of the experiment quantization',
    )
    .addOption(
      new Option(
        '--method <method>',
        'dynamic: ranges of activations are taken while it runs; static: of rows run before',
      )
        .choices(quantizationMethods)
        .default('dynamic'),
    )
    .option(
      '--calibration <table>',
      'static: rows like those it will see, a table, DATASET@VERSION or JSON (default: golden cases)',
    )
    .option('--calibration-rows <count>', 'static: how many of them are taken at random', wholeNumber(10_000), 512)
    .option('--data <table>', 'rows to compare both models on (default: those of the calibration)')
    .option(
      '--label <column>',
      "the column of --data that holds what is true: compares the accuracy (default: the dataset's label)",
    )
    .option('--leave-out <columns>', 'other columns of the tables that are no inputs, by commas', listOption)
    .option('--output <file>', 'where the quantized model goes (default: MODEL.int8.onnx beside it)')
    .option('--force', 'write over a file that is there');
  addPictureOptions(command);
  addTermOptions(command);
  addRunOptions(command).action((model: string, options: QuantizeOptions) => quantize(context, model, options));
}

function addRunOptions(command: Command): Command {
  return command
    .option(
      '--python <path>',
      'the Python that has onnx and onnxruntime (default: the active environment, .venv, or the PATH)',
    )
    .option('--override <reason>', 'begin although the data fail their contract; the reason is kept')
    .option('--no-record', 'keep nothing in the workspace')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON');
}

function addPictureOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--pixels <values>',
        'pictures (a folder with a folder for each class, or an .npz file): unit 0 to 1, imagenet by its mean and deviation, signed −1 to 1, bytes 0 to 255 (default: unit, bytes for a model of whole numbers)',
      ).choices(pictureScales),
    )
    .addOption(
      new Option('--fit <how>', "how pictures are put into the model's size").choices(pictureFits).default('stretch'),
    )
    .addOption(
      new Option('--channels <order>', 'the order of colours in pictures').choices(pictureOrders).default('RGB'),
    );
}

function addTermOptions(command: Command): void {
  command
    .addOption(
      new Option('--weights <type>', 'type of weights (default: int8; uint8 for dynamic convolutions)').choices(
        eightBitTypes,
      ),
    )
    .addOption(new Option('--activations <type>', 'static: type of activations').choices(eightBitTypes).default('int8'))
    .option('--per-channel', 'a scale for each channel of a weight: more exact')
    .option('--seed <number>', 'the same seed takes the same rows', wholeNumber(2 ** 31 - 1), 1)
    .option('--reduce-range', 'weights of 7 bits, for processors on which sums of 8 bits overflow')
    .option('--operators <kinds>', 'quantize these only, such as MatMul,Conv', listOption)
    .addOption(
      new Option('--ranges <how>', 'static: how ranges are found in the rows').choices(rangeFinders).default('minmax'),
    );
}

function listOption(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

async function quantize(context: CliContext, model: string, options: QuantizeOptions): Promise<void> {
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  const line = new ProgressLine();
  const wish = new AbortController();
  const stop = (): void => wish.abort();
  for (const signal of wishes) process.on(signal, stop);
  try {
    const workspace = await workspaceOf(context, options);
    const request = await requestOf(context, models, { model, options, root: workspace?.root ?? null });
    const found = await quantizeModel(request, {
      models,
      node: { bundle: context.ensureOptions.bundle },
      workspace,
      signal: wish.signal,
      onProgress: (progress) => line.show(progress),
    });
    line.clear();
    const { quantization, runId } = found;
    const run = runId === null ? {} : { runId };
    context.print(
      options,
      jsonKeys({ ...quantization, output: request.output, ...run }),
      quantizationText(quantization, { ...found, options }),
    );
  } catch (error) {
    line.clear();
    if (!wish.signal.aborted) throw error;
    process.stderr.write('slipway: cancelled; no model was written.\n');
    process.exitCode = interrupted;
  } finally {
    for (const signal of wishes) process.off(signal, stop);
    models.dispose();
  }
}

async function workspaceOf(context: CliContext, options: QuantizeOptions) {
  if (!options.record) return null;
  try {
    const { root } = context.layout(options);
    return existsSync(join(root, '.slipway')) ? { root, client: await context.client(options) } : null;
  } catch (error) {
    if (options.workspace === undefined && SlipwayError.is(error, 'no-workspace')) return null;
    throw error;
  }
}

interface Asked {
  model: string;
  options: QuantizeOptions;
  root: string | null;
}

async function requestOf(
  context: CliContext,
  models: ModelPool,
  { model, options, root }: Asked,
): Promise<QuantizeRequest> {
  const { calibration, data, label, python, calibrationRows, seed } = options;
  requireFitting(options);
  const path = resolve(model);
  const rows = async (name: string | undefined): Promise<GivenRows | null> =>
    name === undefined ? null : rowsOf(context, options, name);
  const [calibrated, compared] = [await rows(calibration), await rows(data)];
  if (label !== undefined) requireColumn(compared?.labelled ?? null, { data, label });
  const output = resolve(options.output ?? join(dirname(path), `${basename(path).replace(/\.onnx$/i, '')}.int8.onnx`));
  if (!/\.onnx$/i.test(output)) throw new SlipwayError('invalid', `${output}: name a file that ends in .onnx.`);
  return {
    model: path,
    output,
    isForced: options.force === true,
    terms: await termsOf(models, path, options),
    python: choosePython(python, [...new Set([process.cwd(), root ?? process.cwd()])]),
    calibration: calibrated?.rows ?? null,
    calibrationRows,
    seed,
    data: compared?.rows ?? null,
    labelled: compared?.labelled ?? null,
    override: options.override ?? null,
    inputs: [...new Set([path, ...(calibrated?.inputs ?? []), ...(compared?.inputs ?? [])])],
  };
}

function requireFitting({ method, calibration, label, data }: QuantizeOptions): void {
  if (method === 'dynamic' && calibration !== undefined) {
    throw new SlipwayError(
      'invalid',
      '--calibration is for --method static. The rows to compare both models on are --data.',
    );
  }
  if (label !== undefined && data === undefined) {
    throw new SlipwayError('invalid', '--label names a column of --data. Give the table too.');
  }
}

function requireColumn(
  labelled: GivenRows['labelled'],
  { data = '', label }: { data: string | undefined; label: string },
): void {
  if (labelled === 'pictures') {
    const sentence = `What is true of ${data} are the names of its folders, or its array y: --label names a column of a table.`;
    throw new SlipwayError('invalid', sentence);
  }
  if (labelled === null) throw new SlipwayError('invalid', `${data} is no table, so it has no column ${label}.`);
}

async function termsOf(models: ModelPool, path: string, options: QuantizeOptions): Promise<QuantizationTerms> {
  const { method, weights, activations, perChannel = false, reduceRange = false, operators = [], ranges } = options;
  const usual = weights ?? usualWeights(await models.ask('outline', { path }), method);
  return { method, weights: usual, activations, perChannel, reduceRange, operators, ranges };
}

interface GivenRows {
  rows: ExplainedRows | PictureSet;
  labelled: LabelledTable | 'pictures' | null;
  inputs: string[];
}

/** JSON is taken as a prediction takes it, .npz and folders of pictures as sets; all else is a table. */
async function rowsOf(context: CliContext, options: QuantizeOptions, name: string): Promise<GivenRows> {
  if (/\.json$/i.test(name)) {
    const path = resolve(name);
    if (!existsSync(path)) throw new SlipwayError('not-found', `There is no file ${name}.`);
    const given = { kind: 'file', path, format: null } as const;
    return { rows: { kind: 'given', name: basename(name), given }, labelled: null, inputs: [path] };
  }
  const set = pictureSet(name, options);
  const pictures = set && { rows: set, labelled: 'pictures' as const, inputs: [set.path] };
  const table = await namedTable(context, options, name).catch((error: unknown) => {
    if (pictures === null) throw error;
    return null;
  });
  // A dataset wins over a folder of its name, here as everywhere.
  if (table === null || (pictures !== null && table.dataset === null)) return pictures as GivenRows;
  const { source, dataset } = table;
  const label = options.label ?? dataset?.definition.label ?? null;
  const key = dataset?.definition.key ?? [];
  const left = options.leaveOut ?? [];
  const apart = [...new Set([...(label === null ? [] : [label]), ...key, ...left])];
  const id = key.length === 1 ? (key[0] ?? null) : null;
  const slices = [...new Set([...key, ...left])].filter((column) => column !== id && column !== label);
  return {
    rows: { kind: 'table', name: dataset === null ? basename(name) : name, source, apart },
    labelled: label === null ? null : { kind: 'table', source, label, id, slices },
    inputs: dataset !== null || 'query' in source ? [name] : source.files,
  };
}

/** Null for what is none: a folder of tables is a table. */
function pictureSet(name: string, { pixels = null, fit, channels }: QuantizeOptions): PictureSet | null {
  const path = resolve(name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !(found.isDirectory() ? holdsPictures(path) : isArrayFile(name))) return null;
  return { kind: 'pictures', name: basename(path), path, terms: { fit, order: channels, scale: pixels } };
}

interface Told {
  runId: string | null;
  options: QuantizeOptions;
}

function quantizationText(quantization: Quantization, { runId, options }: Told): string {
  const { model, output, terms, done, calibration, input, notes } = quantization;
  const calibrated =
    calibration === null ? '' : `, ranges of ${countText(calibration.rows, 'row')} of ${oneLine(calibration.name, 60)}`;
  const lines = beforeAfterLines(quantization).map(({ name, before, after, change }) => [name, before, after, change]);
  const kept =
    runId !== null
      ? `Kept as run ${runId} of quantization.`
      : options.record
        ? 'No run was kept: this is no workspace (slipway init makes one).'
        : '';
  return [
    `${oneLine(model, 80)} → ${oneLine(output, 80)}: ${kindsText(done.quantized)} in 8 bits (${terms.method}, ${terms.weights} weights${calibrated}).`,
    ...notes.map((note) => oneLine(note, 160)),
    '',
    textTable(
      [{ head: '' }, { head: 'before', right: true }, { head: 'after', right: true }, { head: 'change' }],
      lines,
    ),
    '',
    ...costSentences(quantization),
    `Times are of ${oneLine(input, 80)}, on one thread. onnxruntime ${done.versions.onnxruntime}, onnx ${done.versions.onnx}, Python ${done.versions.python}.`,
    ...(kept === '' ? [] : [kept]),
  ].join('\n');
}

function kindsText(kinds: readonly { operator: string; count: number }[]): string {
  return kinds.map(({ operator, count }) => `${count} ${operator}`).join(', ');
}
