// slipway explain MODEL: why it says what it says of a row, what it would say of another, which features it needs
import { basename, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { ownModelProcesses } from '../client/model/model-processes';
import {
  type ExplainedRows,
  type ImportanceMetric,
  importanceMetrics,
  type RowQuery,
} from '../protocol/inference/explain/explanation';
import type { ModelPool } from '../protocol/inference/model-pool';
import type { JobProgress } from '../protocol/jobs/job';
import type { CliContext, CommonOptions } from './context';
import { usualTime } from './duration-option';
import { importanceText, rowText, whatIfText } from './explain-text';
import { namedTable } from './named-table';
import { ProgressLine } from './progress-line';
import { wholeNumber } from './whole-number';

interface ExplainOptions extends CommonOptions {
  input?: string;
  row: number;
  background: string;
  rows?: number;
  output?: string;
  class?: string;
  whatIf?: string;
  importance?: boolean;
  repeats: number;
  metric?: ImportanceMetric;
  label?: string;
  leaveOut?: string[];
  seed: number;
  timeout: number;
}

/** Rows that are taken of a table where nothing is said: each is run for each coalition, or for each shuffle. */
const backgroundRows = 100;
const importanceRows = 2000;

/** Adds `explain`. */
export function registerExplainCommand(program: Command, context: CliContext): void {
  program
    .command('explain <model>')
    .description(
      'why an .onnx model says what it says of one row: Shapley values against the rows of a background (exact to 11 ' +
        'features, kernel SHAP above). They describe the model, not what causes what',
    )
    .option('--input <file>', 'where the row is: a table, JSON, or - for standard input')
    .option('--row <number>', 'which row of it, from 1', wholeNumber(2 ** 40), 1)
    .requiredOption('--background <file>', 'the rows that it is compared with: a table, DATASET@VERSION or JSON')
    .option(
      '--rows <count>',
      `how many rows of the background are taken at random (default: ${backgroundRows}; with --importance ${importanceRows})`,
      wholeNumber(10_000),
    )
    .option('--output <name>', 'the output that is explained (default: the scores)')
    .option('--class <label>', 'of scores the class (default: the one that the row has most of)')
    .option('--what-if <feature>', 'instead: what the model would say if this feature were another')
    .option('--importance', 'instead: how much worse the model gets when a feature of the background is shuffled')
    .option('--repeats <count>', 'with --importance: how often each feature is shuffled', wholeNumber(1000), 5)
    .addOption(
      new Option(
        '--metric <name>',
        'with --importance: what gets worse (default: accuracy, r2 of numbers; roc_auc and log_loss are of two classes)',
      ).choices(importanceMetrics),
    )
    .option('--label <column>', 'the column of the tables that holds what is true')
    .option('--leave-out <columns>', 'other columns that are no inputs, by commas', (list) =>
      list.split(',').map((name) => name.trim()),
    )
    .option('--seed <number>', 'the same seed takes the same rows and draws', wholeNumber(2 ** 31 - 1), 1)
    .addOption(
      usualTime('--timeout <duration>', 'how long it may take, for example 90s', '10m', { least: '10ms', most: '24h' }),
    )
    .option('--workspace <dir>', 'the workspace, for DATASET@VERSION')
    .option('--json', 'print JSON')
    .action((model: string, options: ExplainOptions) => explain(context, model, options));
}

async function explain(context: CliContext, model: string, options: ExplainOptions): Promise<void> {
  if (options.importance === true && options.whatIf !== undefined) {
    throw new SlipwayError('invalid', '--importance and --what-if are two questions: ask one.');
  }
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  const line = new ProgressLine();
  const asking = {
    deadline: options.timeout,
    onProgress: (each: JobProgress) => line.show(each),
  };
  try {
    const asked = options.importance ? importance : explainOne;
    const { json, words } = await asked({ context, models, path: resolve(model), options, asking });
    line.clear();
    context.print(options, json, words);
  } finally {
    line.clear();
    models.dispose();
  }
}

interface Asked {
  context: CliContext;
  models: ModelPool;
  path: string;
  options: ExplainOptions;
  asking: { deadline: number; onProgress(progress: JobProgress): void };
}

interface Told {
  json: object;
  words: string;
}

async function explainOne({ context, models, path, options, asking }: Asked): Promise<Told> {
  const { input, row, seed, whatIf } = options;
  if (input === undefined) throw new SlipwayError('invalid', 'Name the file with the row: --input FILE.');
  const query: RowQuery = {
    path,
    input: await rowsOf(context, options, input),
    row,
    background: await rowsOf(context, options, options.background),
    most: options.rows ?? backgroundRows,
    seed,
    target: targetOf(options),
  };
  if (whatIf !== undefined) {
    const curve = await models.ask('whatIf', { ...query, feature: whatIf }, asking);
    return { json: { row, ...curve }, words: whatIfText(curve, row) };
  }
  const found = await models.ask('explainRow', query, asking);
  return { json: { row, ...found }, words: rowText(found, row) };
}

async function importance({ context, models, path, options, asking }: Asked): Promise<Told> {
  const { label, repeats, seed, background, metric = null } = options;
  const table = await rowsOf(context, options, background);
  if (table.kind !== 'table') throw new SlipwayError('invalid', `${background}: --importance needs a table.`);
  if (label === undefined)
    throw new SlipwayError('invalid', 'Name the column that holds what is true: --label COLUMN.');
  const most = options.rows ?? importanceRows;
  const query = { path, table, label, metric, repeats, most, seed, target: targetOf(options) };
  const found = await models.ask('importance', query, asking);
  return { json: found, words: importanceText(found) };
}

function targetOf({ output, class: named }: ExplainOptions): RowQuery['target'] {
  return { output: output ?? null, class: named ?? null };
}

/** JSON is taken as a prediction takes it; all else is a table. */
async function rowsOf(context: CliContext, options: ExplainOptions, name: string): Promise<ExplainedRows> {
  if (name === '-') {
    const given = { kind: 'text', text: await text(process.stdin), format: null } as const;
    return { kind: 'given', name: 'standard input', given };
  }
  if (/\.json$/i.test(name)) {
    return { kind: 'given', name: basename(name), given: { kind: 'file', path: resolve(name), format: null } };
  }
  const { source, dataset } = await namedTable(context, options, name);
  const label = options.label ?? dataset?.definition.label ?? null;
  const apart = [...(label === null ? [] : [label]), ...(dataset?.definition.key ?? []), ...(options.leaveOut ?? [])];
  return { kind: 'table', name: dataset === null ? basename(name) : name, source, apart: [...new Set(apart)] };
}
