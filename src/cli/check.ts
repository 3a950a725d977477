// slipway check FILE | DATASET
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { withDataProcess } from '../client/data/data-process';
import { givenText } from '../client/files/given-text';
import type { CheckReport, ReportVerdict } from '../protocol/datasets/contract/check';
import type { CheckedSource, OtherTables } from '../protocol/datasets/contract/check-questions';
import type { ReadContract } from '../protocol/datasets/contract/contract';
import { contractTable, otherKey, otherTables } from '../protocol/datasets/contract/contract-table';
import { readContract } from '../protocol/datasets/contract/reading/contract-reading';
import { YamlPlaces } from '../protocol/datasets/contract/reading/yaml-places';
import { formatOfName } from '../protocol/datasets/table-source';
import { badRowsText } from './check-bad-rows';
import { inferContract } from './check-infer';
import { checkJunit } from './check-junit';
import { checkSarif } from './check-sarif';
import { checkText } from './check-text';
import type { CliContext, CommonOptions } from './context';
import { referenceOf } from './dataset-arguments';
import { jsonKeys } from './json-keys';
import { chooseTable, isPath } from './table-choice';
import { wholeNumber } from './whole-number';

/** The options of `slipway check`. */
export interface CheckOptions extends CommonOptions {
  contract?: string;
  table?: string;
  junit?: boolean;
  sarif?: boolean;
  infer?: boolean;
  rows?: string;
  limit: number;
  now?: string;
}

/** Mistakes of a contract that are told at once. */
const mostProblems = 20;
const exitCodes: Readonly<Record<ReportVerdict, number>> = { pass: 0, fail: 1, warning: 2, error: 3 };

/** Adds `check`, which runs a contract's checks on a table. */
export function registerCheckCommand(program: Command, context: CliContext): void {
  program
    .command('check <table>')
    .description(
      'does a table keep its contract (*.odcs.yaml): exit 0 yes, 1 an error-level check fails, 2 only warnings, 3 the ' +
        'contract is wrong. It is a file (.csv .tsv .json .jsonl .parquet .arrow) or DATASET@VERSION',
    )
    .option('--contract <file>', 'the contract; of a file the one beside it, of a dataset the one of slipway.yaml')
    .option('--table <name>', 'which table of the contract, where it has several')
    .option('--infer', 'print a draft of a contract instead, made from what the table holds')
    .option('--rows <check>', 'print the rows that break a check instead, by its id')
    .option('--limit <number>', 'how many rows', wholeNumber(1_000_000), 20)
    .option('--now <time>', 'the time against which freshness is told, in ISO 8601 (default: now)')
    .addOption(new Option('--junit', 'print JUnit XML').conflicts(['json', 'sarif']))
    .addOption(new Option('--sarif', 'print SARIF 2.1.0').conflicts(['json']))
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((table: string, options: CheckOptions) => check(context, table, options));
}

async function check(context: CliContext, name: string, options: CheckOptions): Promise<void> {
  if (options.infer) return inferContract(context, name, options);
  const isFile = isPath(name) || formatOfName(name) !== undefined;
  if (options.rows !== undefined) {
    const page = { check: options.rows, offset: 0, limit: options.limit };
    const rows = isFile
      ? await withDataProcess(context.ensureOptions, (data) =>
          data.ask('badRows', { ...fileInput(name, options), ...page }),
        )
      : await (await context.client(options)).api.checks.badRows.query({ ...datasetInput(name, options), ...page });
    context.print(options, jsonKeys(rows), badRowsText(rows));
    return;
  }
  const report = isFile
    ? await withDataProcess(context.ensureOptions, (data) => data.ask('check', fileInput(name, options)))
    : await (await context.client(options)).api.checks.run.mutate(datasetInput(name, options));
  print(context, options, report);
  process.exitCode = exitCodes[report.verdict];
}

function print(context: CliContext, options: CheckOptions, report: CheckReport): void {
  if (options.sarif) process.stdout.write(`${checkSarif(report)}\n`);
  else if (options.junit) process.stdout.write(checkJunit(report));
  else context.print(options, jsonKeys(report), checkText(report));
}

function datasetInput(
  name: string,
  { contract, table, now }: CheckOptions,
): {
  dataset: string;
  version: string;
  contract: string | null;
  table: string | null;
  now: string | null;
} {
  const { dataset, version } = referenceOf(name);
  const time = now === undefined ? null : timeOf(now);
  if (contract !== undefined) opened(contract, table ?? dataset);
  return {
    dataset,
    version,
    contract: contract === undefined ? null : resolve(contract),
    table: table ?? null,
    now: time,
  };
}

function fileInput(name: string, { contract: named, table, now }: CheckOptions): CheckedSource {
  const source = chooseTable(name);
  const path = named ?? contractBeside(name);
  const wanted = table ?? stemOf(name);
  const { text, others } = opened(path, wanted);
  return {
    source,
    contract: text,
    path: shown(path),
    table: wanted,
    others,
    now: timeOf(now ?? new Date().toISOString()),
  };
}

/** The contract's text and the tables that it names beside. Throws SlipwayError with every problem, a line each. */
function opened(path: string, table: string): { text: string; others: OtherTables } {
  const text = givenText(path, `There is no contract ${path}.`);
  const contract = readContract(text);
  if (contract.problems.length > 0) throw new SlipwayError('bad-request', problemLines(path, text, contract));
  const others: OtherTables = {};
  for (const other of otherTables(contractTable(contract, table, shown(path)))) {
    others[otherKey(other)] =
      'dataset' in other
        ? { why: `${other.dataset} is a dataset, and a bare file is checked here.` }
        : fileBeside(path, other.file);
  }
  return { text, others };
}

/** What follows a slip of YAML comes of it: the first is told, and of other mistakes so many. */
function problemLines(path: string, text: string, { problems }: ReadContract): string {
  const most = new YamlPlaces(text).problems.length > 0 ? 1 : mostProblems;
  const lines = problems
    .slice(0, most)
    .map(({ place, message }) => `${shown(path)}:${place.line}:${place.column}: ${message}`);
  const rest = problems.length - lines.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more after it`] : [])].join('\n');
}

function fileBeside(contract: string, file: string): OtherTables[string] {
  try {
    return { source: chooseTable(resolve(dirname(contract), file)) };
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return { why: error.message };
  }
}

/** `flights.odcs.yaml` beside `flights.csv`, or where the command runs. */
function contractBeside(name: string): string {
  const file = `${stemOf(name)}.odcs.yaml`;
  const found = [join(dirname(name), file), file].find((path) => existsSync(path));
  if (found !== undefined) return found;
  const draft = `slipway check ${name} --infer > ${file}`;
  throw new SlipwayError(
    'not-found',
    `There is no ${file} beside ${basename(name)}. Name one with --contract, or draft one: ${draft}`,
  );
}

/** The name of a file without what its format adds. */
function stemOf(name: string): string {
  return basename(name).replace(/\.[a-z]+(\.(gz|zst))?$/i, '');
}

/** From where the command runs, when it lies below. */
function shown(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith('..') ? resolve(path) : short;
}

function timeOf(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new SlipwayError('invalid', `${text} is no time. Write it as 2026-11-22T12:00:00Z.`);
  return new Date(time).toISOString();
}
