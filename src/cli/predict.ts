// slipway predict MODEL
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { ownModelProcesses } from '../client/model/model-processes';
import { type GivenInput, type InputFormat, inputFormats, type Prediction } from '../protocol/inference/prediction';
import { type FlatTensor, isList, nestedItems, type TensorItem } from '../protocol/inference/tensor';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { durationOption } from './duration-option';
import { numberText } from './number-text';
import { oneLine, textTable } from './text-table';

interface PredictOptions extends CommonOptions {
  input: string;
  format?: InputFormat;
  timeout: number;
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
    .requiredOption('--input <file>', 'the input; - reads it from standard input')
    .addOption(new Option('--format <format>', 'what the input is, where it is not found out').choices(inputFormats))
    .option(
      '--timeout <duration>',
      'how long the model may take, for example 90s',
      durationOption({ least: '10ms', most: '24h' }),
      60_000,
    )
    .option('--json', 'print JSON')
    .action((model: string, options: PredictOptions) => predict(context, model, options));
}

async function predict(context: CliContext, model: string, options: PredictOptions): Promise<void> {
  const given = await givenBy(options);
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  try {
    const query = { path: resolve(model), given, outputs: null };
    const found = await models.ask('predict', query, { deadline: options.timeout });
    const outputs = Object.entries(found.outputs).map(([name, tensor]) => [name, nestedItems(tensor)]);
    const json = { outputs: Object.fromEntries(outputs), labels: found.labels, latency_ms: found.milliseconds };
    context.print(options, json, predictionText(found));
  } finally {
    models.dispose();
  }
}

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
