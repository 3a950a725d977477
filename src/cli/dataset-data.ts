// slipway dataset add|refresh|restore|track: what reads or writes data.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { type DatasetDefinition, datasetDefinition } from '../protocol/datasets/dataset';
import type { RefreshResult, RestoreResult, TrackResult } from '../protocol/datasets/dataset-api';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { common, named, referenceOf, sizeText } from './dataset-arguments';
import { printRead, registerRefreshCommand } from './dataset-refresh';
import { runJob } from './job';
import { jsonKeys } from './json-keys';

interface AddOptions extends CommonOptions {
  query?: string;
  url?: string;
  command?: string;
  format?: string;
  sqlite?: string;
  schedule?: string;
  select?: string;
  contract?: string;
  key?: string[];
  time?: string;
  label?: string;
  owner?: string;
  description?: string;
  tag?: string[];
}

/** Adds them to `slipway dataset`. */
export function registerDatasetDataCommands(datasets: Command, context: CliContext): void {
  registerAdd(datasets, context);
  registerRefreshCommand(datasets, context);
  common(datasets.command('restore <version> <path>'), 'write the files of NAME@VERSION to a path, whole or not at all')
    .option('--force', 'write over files of the same names; others stay')
    .action((wanted: string, path: string, options: CommonOptions & { force?: boolean }) =>
      restore(context, { wanted, path }, options),
    );
  common(
    datasets.command('track <dataset>'),
    'hand it to DVC: the .dvc file, its cache and .gitignore, as dvc add would',
  ).action(async (dataset: string, options: CommonOptions) => {
    const result = await runJob<TrackResult>(context, options, { job: 'dataset-track', dataset: named(dataset) });
    context.print(options, jsonKeys(result), `${result.dvcFile} asks for ${result.id}. Commit it.`);
  });
}

function registerAdd(datasets: Command, context: CliContext): void {
  const names = (text: string, all: string[] = []): string[] => [
    ...all,
    ...text.split(',').filter((name) => name !== ''),
  ];
  common(
    datasets.command('add <name> [paths...]'),
    'register files, a folder, a pattern, a query or a source as a dataset',
  )
    .option('--query <sql>', 'a SELECT over other datasets by their names')
    .option('--url <address>', 'fetched from there when asked')
    .option('--command <command>', 'made by a command that writes the table to its standard output')
    .addOption(
      new Option('--format <format>', 'what the command writes').choices(['csv', 'tsv', 'json', 'jsonl', 'parquet']),
    )
    .option('--sqlite <file>', 'read from a SQLite file, with --select')
    .option('--select <sql>', 'the SELECT over the SQLite file')
    .option(
      '--schedule <when>',
      'when a source is fetched by itself, such as "daily 06:00" or "every 6h"; see `dataset schedule`',
    )
    .option('--contract <file>', 'its checks: an .odcs.yaml file')
    .option('--key <columns>', 'the columns that name a row, with commas between them', names)
    .option('--time <column>', 'the column that says when')
    .option('--label <column>', 'the column to be predicted')
    .option('--owner <name>', 'whom to ask')
    .option('--description <text>', 'what it is')
    .option('--tag <tag>', 'may be given again', names)
    .action((name: string, paths: string[], options: AddOptions) => add(context, { name, paths }, options));
}

async function add(
  context: CliContext,
  { name, paths }: { name: string; paths: readonly string[] },
  options: AddOptions,
): Promise<void> {
  const definition = definitionOf(context, paths, options);
  const result = await runJob<RefreshResult>(context, options, {
    job: 'dataset-register',
    dataset: named(name),
    definition,
  });
  printRead(context, options, result, `${name} is registered in slipway.yaml.\n`);
}

function definitionOf(context: CliContext, paths: readonly string[], options: AddOptions): DatasetDefinition {
  const { root } = context.layout(options);
  const fromRoot = (path: string): string => pathFromRoot(root, path);
  const [first, ...more] = paths.map(fromRoot);
  const path = first === undefined ? undefined : more.length === 0 ? first : [first, ...more];
  const { query, schedule, contract, key, time, label, owner, description, tag } = options;
  const given = {
    path,
    query,
    source: sourceOf(options, fromRoot),
    schedule,
    contract: contract === undefined ? undefined : fromRoot(contract),
    key,
    time,
    label,
    owner,
    description,
    tags: tag,
  };
  const read = datasetDefinition.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new SlipwayError(
    'invalid',
    `${place === '' ? '' : `${place}: `}${issue?.message}. \`slipway dataset add --help\` says what it takes.`,
  );
}

function sourceOf(options: AddOptions, fromRoot: (path: string) => string): unknown {
  const { url, command, format, sqlite, select } = options;
  if (url !== undefined) return { url };
  if (command !== undefined) {
    if (format === undefined) throw new SlipwayError('invalid', 'Say with --format what the command writes.');
    return { command, format };
  }
  if (sqlite === undefined) return undefined;
  if (select === undefined) throw new SlipwayError('invalid', 'Say with --select which rows of the SQLite file.');
  return { sqlite: fromRoot(sqlite), query: select };
}

/** As slipway.yaml says it: from its folder, with forward slashes; a path outside of it as it is. */
function pathFromRoot(root: string, path: string): string {
  const place = resolve(path);
  const inside = relative(root, place);
  const isInside = inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..';
  return (isInside ? inside : place).split(sep).join('/') + (path.endsWith('/') && isInside ? '/' : '');
}

async function restore(
  context: CliContext,
  { wanted, path }: { wanted: string; path: string },
  options: CommonOptions & { force?: boolean },
): Promise<void> {
  const request = { ...referenceOf(wanted), to: resolve(path), force: options.force ?? false };
  const result = await runJob<RestoreResult>(context, options, { job: 'dataset-restore', ...request });
  const others = result.others === 0 ? '' : ` ${countText(result.others, 'other file')} there stayed as they were.`;
  const text = `${result.dataset}@${result.version.slice(0, 12)} is written to ${result.to} (${sizeText(result)}).${others}`;
  context.print(options, jsonKeys(result), text);
}
