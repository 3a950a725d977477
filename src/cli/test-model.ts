// slipway test MODEL
import { relative, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { ownModelProcesses } from '../client/model/model-processes';
import type { GoldenCases } from '../protocol/inference/golden/golden-case';
import { failingFirst, type GoldenReport, type GoldenResult } from '../protocol/inference/golden/golden-result';
import type { ModelPool } from '../protocol/inference/model-pool';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { usualTime } from './duration-option';
import { goldenJunit } from './golden-junit';
import { jsonKeys } from './json-keys';
import { oneLine } from './text-table';

interface TestOptions extends CommonOptions {
  case?: string[];
  junit?: boolean;
  keep?: string;
  input?: string;
  exportOnnx?: string;
  timeout: number;
}

/** Adds `test`, which runs a model's golden cases. */
export function registerTestCommand(program: Command, context: CliContext): void {
  program
    .command('test <model>')
    .description(
      'does an .onnx model answer as its golden cases say: those of MODEL.golden.yaml beside it, and its ONNX ' +
        'test_data_set_N folders. Exit 0 yes, 1 no, 2 there are none, 3 one could not be run',
    )
    .option('--case <names...>', 'only cases of these names')
    .addOption(new Option('--junit', 'print JUnit XML').conflicts(['json']))
    .addOption(new Option('--keep <name>', 'keep what the model answers to --input as a new case instead'))
    .option('--input <file>', 'the input of the case to keep, as slipway predict takes it; - reads standard input')
    .addOption(
      new Option('--export-onnx <dir>', 'write the cases as ONNX test data sets into a folder instead').conflicts([
        'keep',
      ]),
    )
    .addOption(
      usualTime('--timeout <duration>', 'how long all of it may take, for example 90s', '5m', {
        least: '10ms',
        most: '24h',
      }),
    )
    .option('--json', 'print JSON')
    .action((model: string, options: TestOptions) => test(context, model, options));
}

async function test(context: CliContext, model: string, options: TestOptions): Promise<void> {
  const models = ownModelProcesses(() => ({ bundle: context.ensureOptions.bundle }));
  try {
    if (options.keep !== undefined) return await keep(context, models, { model, options });
    if (options.exportOnnx !== undefined) return await exportSets(context, models, { model, options });
    const query = { path: resolve(model), names: options.case ?? null };
    if (options.case !== undefined) requireCases(options.case, await models.ask('goldenCases', { path: query.path }));
    const report = await models.ask('golden', query, { deadline: options.timeout });
    requireReadable(report);
    if (options.junit) process.stdout.write(goldenJunit(model, report, shown));
    else context.print(options, jsonKeys(report), reportText(model, report));
    process.exitCode = exitCode(report);
  } finally {
    models.dispose();
  }
}

interface Asked {
  model: string;
  options: TestOptions;
}

async function keep(context: CliContext, models: ModelPool, { model, options }: Asked): Promise<void> {
  const { keep: name = '', input, timeout } = options;
  if (input === undefined) throw new SlipwayError('invalid', '--keep needs --input with what the model is given.');
  const given =
    input === '-'
      ? ({ kind: 'text', text: await textOf(process.stdin), format: null } as const)
      : ({ kind: 'file', path: resolve(input), format: null } as const);
  const kept = await models.ask('keepGolden', { path: resolve(model), name, given }, { deadline: timeout });
  context.print(options, jsonKeys(kept), `Kept ${name} in ${shown(kept.file)}:${kept.line}.`);
}

async function exportSets(context: CliContext, models: ModelPool, { model, options }: Asked): Promise<void> {
  const query = { path: resolve(model), folder: resolve(options.exportOnnx ?? '') };
  const written = await models.ask('exportGolden', query, { deadline: options.timeout });
  context.print(options, jsonKeys(written), written.folders.map((folder) => `Wrote ${shown(folder)}`).join('\n'));
}

/** Cases of a file with mistakes are not known: that none failed would say nothing. */
function requireReadable({ problems }: GoldenReport): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ file, line, column, message }) => `${shown(file)}:${line}:${column}: ${message}`);
  throw new SlipwayError('bad-request', lines.join('\n'));
}

/** A name that no case has would test nothing, and pass. */
function requireCases(names: readonly string[], { cases, problems }: GoldenCases): void {
  const strange = names.filter((name) => !cases.some((each) => each.name === name));
  if (strange.length === 0 || problems.length > 0) return;
  const known = cases.length === 0 ? 'It has none' : `It has ${cases.map(({ name }) => name).join(', ')}`;
  throw new SlipwayError('not-found', `The model has no golden case ${strange.join(', ')}. ${known}.`);
}

function exitCode({ results }: GoldenReport): number {
  if (results.length === 0) return 2;
  if (results.some(({ verdict }) => verdict === 'error')) return 3;
  return results.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
}

const signs: Readonly<Record<GoldenResult['verdict'], string>> = { pass: 'ok  ', fail: 'FAIL', error: '?   ' };

function reportText(model: string, { results }: GoldenReport): string {
  if (results.length === 0) {
    return `No golden case was found. Keep one: slipway test ${model} --keep NAME --input FILE`;
  }
  const failed = results.filter(({ verdict }) => verdict === 'fail').length;
  const errors = results.filter(({ verdict }) => verdict === 'error').length;
  const counts = [
    `${results.length - failed - errors} of ${countText(results.length, 'case')} as expected`,
    ...(failed > 0 ? [`${failed} not`] : []),
    ...(errors > 0 ? [`${errors} could not be run`] : []),
  ];
  return [...failingFirst(results).flatMap(resultLines), '', `${counts.join(', ')}.`].join('\n');
}

function resultLines({ verdict, name, file, line, message, milliseconds }: GoldenResult): string[] {
  const head = `${signs[verdict]}  ${oneLine(name, 80)}`;
  if (verdict === 'pass') return [`${head}  ${milliseconds.toFixed(2)} ms`];
  return [`${head}  ${shown(file)}:${line}`, ...message.split('\n').map((each) => `      ${oneLine(each, 300)}`)];
}

/** From where the command runs, when it lies below. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
