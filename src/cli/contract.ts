// slipway contract import|export: contracts from and for other tools.
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { withDataProcess } from '../client/data/data-process';
import { givenText } from '../client/files/given-text';
import { type ExportTool, exportTools } from '../protocol/datasets/contract/check-questions';
import { readContract } from '../protocol/datasets/contract/reading/contract-reading';
import type { CliContext, CommonOptions } from './context';

interface ConvertOptions extends CommonOptions {
  to?: string;
  force?: boolean;
}

interface ExportOptions extends ConvertOptions {
  tool: ExportTool;
  table?: string;
}

/** Adds `contract`. */
export function registerContractCommands(program: Command, context: CliContext): void {
  const contracts = program
    .command('contract')
    .description('contracts from other tools, and for them: exit 2 when some of it cannot be carried over');
  contracts
    .command('import <file>')
    .description('make a contract of a Great Expectations suite, a pandera schema or a Frictionless table schema')
    .option('--to <file>', 'write it there, and not to the standard output')
    .option('--force', 'write over what is there')
    .option('--json', 'print JSON')
    .action((file: string, options: ConvertOptions) => importFrom(context, file, options));
  contracts
    .command('export <file>')
    .description('write the checks of a contract for another tool')
    .addOption(new Option('--tool <name>', 'for whom').choices(exportTools).makeOptionMandatory())
    .option('--table <name>', 'which table of the contract, where it has several')
    .option('--to <file>', 'write it there, and not to the standard output')
    .option('--force', 'write over what is there')
    .option('--json', 'print JSON')
    .action((file: string, options: ExportOptions) => exportTo(context, file, options));
}

async function importFrom(context: CliContext, file: string, options: ConvertOptions): Promise<void> {
  const input = { text: textOf(file), name: basename(file) };
  const made = await withDataProcess(context.ensureOptions, (data) => data.ask('importContract', input));
  tell(context, options, { made, what: `${made.checks} checks of ${made.tool}` });
}

async function exportTo(context: CliContext, file: string, { tool, table, ...options }: ExportOptions): Promise<void> {
  const contract = textOf(file);
  const { problems } = readContract(contract);
  if (problems.length > 0) {
    const lines = problems.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`);
    throw new SlipwayError('bad-request', lines.join('\n'));
  }
  const input = { contract, path: file, table: table ?? null, tool };
  const made = await withDataProcess(context.ensureOptions, (data) => data.ask('exportContract', input));
  tell(context, options, { made, what: `The checks of ${file}` });
}

interface Told {
  made: { text: string; lost: string[] };
  what: string;
}

function tell(context: CliContext, options: ConvertOptions, { made, what }: Told): void {
  const { to } = options;
  if (to !== undefined) {
    if (existsSync(to) && !options.force)
      throw new SlipwayError('already-exists', `${to} is there already. Write over it with --force.`);
    writeFileSync(to, made.text);
  }
  const written = to === undefined ? made.text : `${what} are in ${to}.`;
  context.print(options, { ...made, to: to ?? null }, written);
  if (!options.json) for (const each of made.lost) process.stderr.write(`slipway: not carried over: ${each}.\n`);
  if (made.lost.length > 0) process.exitCode = 2;
}

function textOf(file: string): string {
  return givenText(file, `There is no file ${file}.`);
}
