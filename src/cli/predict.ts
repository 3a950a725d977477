// slipway predict MODEL
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { exactJson } from '../base/exact-json';
import { filesOf, refuseRead } from '../client/files/kept-sources';
import { writeWholeFile } from '../client/files/whole-file';
import { ownModelProcesses } from '../client/model/model-processes';
import type { BatchResult } from '../protocol/inference/batch';
import type { ModelPool } from '../protocol/inference/model-pool';
import { type GivenInput, type InputFormat, inputFormats, type Prediction } from '../protocol/inference/prediction';
import { type FlatTensor, isList, nestedItems, type TensorItem } from '../protocol/inference/tensor';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { durationOption } from './duration-option';
import { namedTable } from './named-table';
import { numberText } from './number-text';
import { ProgressLine } from './progress-line';
import { oneLine, textTable } from './text-table';

interface PredictOptions extends CommonOptions {
  input: string;
  format?: InputFormat;
  timeout?: number;
  output?: string;
  id?: string;
  label?: string;
  slices?: string[];
}

/** Rows and columns that are shown to people; `--json` has all. */
const mostRows = 20;
const mostColumns = 10;

/** Adds `predict`, which runs an ONNX model on an input. */
export function registerPredictCommand(program: Command, context: CliContext): void {
  program
    .command('predict <model>')
    .description(
      'run an .onnx model on an input: JSON (Open Inference Protocol, MLflow, TensorFlow Serving, or plain values) or CSV, ' +
        'whose columns go to inputs of their name, else in their order into the single input',
    )
    .requiredOption(
      '--input <file>',
      'the input; - reads it from standard input. With --output also a table: .parquet, .arrow, .jsonl or DATASET@VERSION',
    )
    .option(
      '--output <file>',
      'write a prediction for each row (.parquet, .csv, .jsonl), or the answer as it is (.json), over a file that is there',
    )
    .option('--label <column>', 'with --output: the column that holds what is true; metrics are told')
    .option('--id <column>', 'with --output: the column that names a row; its number where there is none')
    .option('--slices <columns>', 'with --output: columns to keep beside the predictions, by commas', listOption)
    .addOption(new Option('--format <format>', 'what the input is, where it is not found out').choices(inputFormats))
    .option(
      '--timeout <duration>',
      'how long the model may take, for example 90s; 60s where nothing is said, 24h for a table',
      durationOption({ least: '10ms', most: '24h' }),
    )
    .option('--workspace <dir>', 'the workspace, for DATASET@VERSION')
    .option('--json', 'print JSON')
    .action((model: string, options: PredictOptions) => predict(context, model, options));
}

function listOption(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

async function predict(context: CliContext, model: string, options: PredictOptions): Promise<void> {
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  try {
    const isTable = options.output !== undefined && !/\.json$/i.test(options.output);
    await (isTable
      ? predictTable(context, models, resolve(model), options)
      : predictInput(context, models, resolve(model), options));
  } finally {
    models.dispose();
  }
}

async function predictInput(
  context: CliContext,
  models: ModelPool,
  path: string,
  options: PredictOptions,
): Promise<void> {
  const output = options.output === undefined ? undefined : resolve(options.output);
  if (output !== undefined) refuseRead(output, [path, ...(options.input === '-' ? [] : [resolve(options.input)])]);
  const given = await givenBy(options);
  const found = await models.ask('predict', { path, given, outputs: null }, { deadline: options.timeout ?? usualTime });
  const json = predictionJson(found);
  if (output !== undefined) await writeWholeFile(output, Readable.from([`${exactJson(json)}\n`]));
  context.print(options, json, predictionText(found));
}

function predictionJson({ outputs, labels, milliseconds, taken }: Prediction): Record<string, unknown> {
  const nested = Object.entries(outputs).map(([name, tensor]) => [name, nestedItems(tensor)]);
  return { outputs: Object.fromEntries(nested), labels, latency_ms: milliseconds, notes: taken.notes };
}

/** A whole table: `--json` has the answer’s rows too while they are few. */
async function predictTable(
  context: CliContext,
  models: ModelPool,
  path: string,
  options: PredictOptions,
): Promise<void> {
  const { output = '', id = null, label = null, slices = [], input } = options;
  const { source, dataset } = await namedTable(context, options, input);
  refuseRead(resolve(output), [path, ...filesOf(source)]);
  const named = {
    id: id ?? (dataset?.definition.key?.length === 1 ? (dataset.definition.key[0] ?? null) : null),
    label: label ?? dataset?.definition.label ?? null,
  };
  const line = new ProgressLine();
  const query = { path, source, output: resolve(output), ...named, slices };
  const found = await models
    .ask('batch', query, { deadline: options.timeout ?? longestBatch, onProgress: (each) => line.show(each) })
    .finally(() => line.clear());
  const { rows, columns, metrics, notes, milliseconds, runMilliseconds } = found;
  const answer = found.answer ?? { outputs: {}, labels: {} };
  const outputs = Object.entries(answer.outputs).map(([name, tensor]) => [name, nestedItems(tensor)]);
  const json = {
    outputs: Object.fromEntries(outputs),
    labels: answer.labels,
    latency_ms: runMilliseconds,
    rows,
    output: found.output,
    columns,
    metrics,
    intervals: found.judged?.intervals ?? {},
    notes,
  };
  const head = `${countText(rows, 'row', 'rows')} in ${(milliseconds / 1000).toFixed(1)} s (${(runMilliseconds / 1000).toFixed(1)} s of them the model's): ${output}, ${columns.join(', ')}.`;
  context.print(options, json, [head, ...notes, ...metricLines(found)].join('\n'));
}

function metricLines({ metrics, judged }: BatchResult): string[] {
  const lines = Object.entries(metrics).map(([name, value]) => {
    const [low, high] = judged?.intervals[name] ?? [];
    const sure = low === undefined || high === undefined ? '' : `  (95 %: ${numberText(low)} to ${numberText(high)})`;
    return `  ${name}  ${numberText(value)}${sure}`;
  });
  return lines;
}

/** Milliseconds. A run over a whole table has no usual length; Ctrl-C ends it. */
const [usualTime, longestBatch] = [60_000, 24 * 3600 * 1000];

async function givenBy({ input, format: said }: PredictOptions): Promise<GivenInput> {
  const format = said ?? null;
  if (input === '-') return { kind: 'text', text: await textOf(process.stdin), format };
  return { kind: 'file', path: resolve(input), format };
}

const formatWords: Readonly<Record<Prediction['taken']['format'], string>> = {
  oip: 'a request of the Open Inference Protocol',
  mlflow: 'a request of MLflow’s',
  tensorflow: 'a request of TensorFlow Serving’s',
  plain: 'plain JSON',
  csv: 'CSV',
  tensors: 'tensors',
};

function predictionText({ outputs, labels, milliseconds, taken, changes }: Prediction): string {
  const head = `${countText(taken.rows, 'row', 'rows')} in ${milliseconds.toFixed(2)} ms; the input was taken as ${formatWords[taken.format]}.`;
  const tables = Object.entries(outputs).flatMap(([name, value]) =>
    isList(value)
      ? value.map((tensor, at) => outputText(`${name}[${at}]`, tensor))
      : outputText(name, value, labels[name]),
  );
  return [head, ...taken.notes, ...changes, ...tables].join('\n');
}

function outputText(name: string, { type, shape, data }: FlatTensor, classes?: readonly (string | number)[]): string {
  const title = `\n${name} (${type}${shape.length === 0 ? '' : ` ${shape.join(' × ')}`})`;
  const width = shape.length < 2 ? 1 : data.length / Math.max(1, shape[0] as number);
  const shownColumns = Math.min(width, mostColumns);
  const rows = shape.length === 0 ? 1 : (shape[0] as number);
  const heads = Array.from({ length: shownColumns }, (_, at) => ({ head: String(classes?.[at] ?? at), right: true }));
  const lines = Array.from({ length: Math.min(rows, mostRows) }, (_, row) => [
    String(row + 1),
    ...data.slice(row * width, row * width + shownColumns).map(itemText),
  ]);
  const rest = [
    rows > mostRows ? `… ${countText(rows - mostRows, 'more row', 'more rows')}` : '',
    width > mostColumns ? `… ${countText(width - mostColumns, 'more column', 'more columns')}` : '',
  ].filter((line) => line !== '');
  return [title, textTable([{ head: 'row', right: true }, ...heads], lines), ...rest].join('\n');
}

function itemText(item: TensorItem): string {
  return typeof item === 'number' ? numberText(item) : oneLine(String(item), 40);
}
