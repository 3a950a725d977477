// slipway dataset refresh: reads what is there now, of one dataset or of all.
import type { Command } from 'commander';
import { messageOf, SlipwayError } from '../base/errors';
import { asSlipwayError } from '../client/engine-client';
import type { DatasetSummary, DatasetVersion } from '../protocol/datasets/dataset';
import type { BatchCheck, BatchDrift, RefreshResult } from '../protocol/datasets/dataset-api';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { common, named, sizeText } from './dataset-arguments';
import { allowCommand } from './dataset-schedule';
import { runJob } from './job';
import { jsonKeys } from './json-keys';

interface RefreshOptions extends CommonOptions {
  all?: boolean;
  allowCommand?: boolean;
}

/** Adds it to `slipway dataset`. */
export function registerRefreshCommand(datasets: Command, context: CliContext): void {
  common(datasets.command('refresh [dataset]'), 'read, or fetch, what is there now; new content is a new version')
    .option('--all', 'all datasets, what is selected from others last')
    .option('--allow-command', 'let the command that makes it run on this machine, from now on')
    .action((dataset: string | undefined, options: RefreshOptions) => refresh(context, dataset, options));
}

async function refresh(context: CliContext, dataset: string | undefined, options: RefreshOptions): Promise<void> {
  if ((dataset === undefined) !== (options.all === true))
    throw new SlipwayError('invalid', 'Name one dataset, or say --all.');
  if (dataset === undefined) return refreshAll(context, options);
  if (options.allowCommand) await allowCommand(context, named(dataset), options);
  const result = await runJob<RefreshResult>(context, options, { job: 'dataset-refresh', dataset: named(dataset) });
  printRead(context, options, result);
}

/** One that cannot be read does not keep the others from being read. */
async function refreshAll(context: CliContext, options: RefreshOptions): Promise<void> {
  if (options.allowCommand)
    throw new SlipwayError('invalid', '--allow-command is for one dataset, whose command you have seen.');
  const [items, failed]: [RefreshResult[], { dataset: string; message: string }[]] = [[], []];
  for (const { name } of await declaredDatasets(context, options)) {
    try {
      items.push(await runJob<RefreshResult>(context, options, { job: 'dataset-refresh', dataset: name }));
    } catch (error) {
      failed.push({ dataset: name, message: messageOf(asSlipwayError(error)) });
    }
  }
  const texts = items.map(refreshText);
  context.print(options, jsonKeys({ items, failed }), texts.length === 0 ? 'No dataset was read.' : texts.join('\n'));
  for (const { dataset, message } of failed) process.stderr.write(`slipway: ${dataset}: ${message}\n`);
  if (items.some(isBad)) process.exitCode = 1;
  if (failed.length > 0) process.exitCode = 3;
}

/** Those that slipway.yaml names: files first, queries last. */
async function declaredDatasets(context: CliContext, options: RefreshOptions): Promise<DatasetSummary[]> {
  const { api } = await context.client(options);
  const found: DatasetSummary[] = [];
  for (let page: string | null | undefined; page !== null; ) {
    const list = await api.datasets.list.query({ limit: 500, page: page ?? null });
    found.push(...list.items.filter(({ declared }) => declared));
    page = list.next;
  }
  const rank = ({ definition: { path, query } }: DatasetSummary): number =>
    path !== undefined ? 0 : query === undefined ? 1 : 2;
  return found.sort((a, b) => rank(a) - rank(b));
}

/** Prints what was read. Exit code 1 where it fails its contract: the version is there, and no training begins with it. */
export function printRead(context: CliContext, options: CommonOptions, result: RefreshResult, before = ''): void {
  context.print(options, jsonKeys(result), before + refreshText(result));
  if (isBad(result)) process.exitCode = 1;
}

function isBad({ check }: Pick<RefreshResult, 'check'>): boolean {
  return check?.verdict === 'fail' || check?.verdict === 'error';
}

function refreshText({ dataset, version, isNew, notes, check, drift }: RefreshResult): string {
  const shape = version.rows === null ? '' : `${countText(version.rows, 'row')}, `;
  const what = isNew ? 'a new version' : 'known already';
  const lines = [
    `${dataset}@${version.id.slice(0, 12)}: ${what}, ${shape}${version.isQuery ? 'reads ' : ''}${sizeText(version)}.`,
  ];
  return [...lines, ...notes, ...checkLines(dataset, check), ...driftLines(version, drift)].join('\n');
}

function checkLines(dataset: string, check: BatchCheck | null): string[] {
  if (check === null) return [];
  const { summary, failures } = check;
  const advice = [`\`slipway check ${dataset}\` shows more. A training on it does not begin.`];
  return [`${summary}.`, ...failures.map((failure) => `  ${failure}`), ...(isBad({ check }) ? advice : [])];
}

function driftLines({ dataset, id }: DatasetVersion, drift: BatchDrift | null): string[] {
  if (drift?.verdict !== 'drift') return [];
  const { drifted, columns, reference } = drift;
  const short = (version: string): string => `${dataset}@${version.slice(0, 12)}`;
  const command = reference.startsWith('last:')
    ? `slipway drift ${short(id)} --reference ${reference}`
    : `slipway drift ${reference.split(',').map(short).join(',')} ${short(id)}`;
  return [`Drift: ${drifted} of ${countText(columns, 'column')} moved from the reference. \`${command}\` shows which.`];
}
