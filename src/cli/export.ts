// slipway export FILE
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import { everyPage } from '../protocol/every-page';
import type { ExportResult } from '../protocol/jobs/job';
import { kindCounts } from '../protocol/jobs/job-words';
import { bytesText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { experimentOf } from './experiment-choice';
import { runJob } from './job';
import { reasonLines } from './job-text';
import { jsonKeys } from './json-keys';
import { chooseRun } from './run-choice';

interface ExportOptions extends CommonOptions {
  runs?: string[];
  experiment?: string;
  filter?: string;
  force?: boolean;
  to?: 'mlflow';
  artifacts: boolean;
}

/** Adds `export`, which writes runs, their files and models for another workspace, or for MLflow. */
export function registerExportCommand(program: Command, context: CliContext): void {
  program
    .command('export <file> [run...]')
    .description('write runs with their files, models, traces and the registry into one file; without a choice, all')
    .addOption(
      new Option(
        '--to <tool>',
        "a tracking database that MLflow's own UI opens, in place of a file for Slipway",
      ).choices(['mlflow']),
    )
    .option('--no-artifacts', 'with --to mlflow: leave out the files of runs, which else lie in FILE.artifacts')
    .option('--runs <run...>', 'only these runs; each by its id, the beginning of it, or its name')
    .option('--experiment <name>', 'only runs of this experiment (its name or id)')
    .option('--filter <text>', 'only runs that this finds, in the grammar of `slipway runs query`')
    .option('--force', 'write over a file that is there')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((file: string, named: string[], options: ExportOptions) => {
      const runs = [...named, ...(options.runs ?? [])];
      return write(context, file, runs.length === 0 ? options : { ...options, runs });
    });
}

async function write(context: CliContext, file: string, options: ExportOptions): Promise<void> {
  const to = options.to ?? 'bundle';
  if (to === 'bundle' && !options.artifacts) {
    throw new SlipwayError('invalid', '--no-artifacts goes with --to mlflow; a file for Slipway always has them.');
  }
  const runIds = await chosenRuns(await context.client(options), options);
  if (runIds?.length === 0) throw new SlipwayError('not-found', 'No run is found, so nothing was exported.');
  const request = {
    job: 'export',
    file: resolve(file),
    runIds,
    to,
    withArtifacts: options.artifacts,
    force: options.force ?? false,
  } as const;
  const result = await runJob<ExportResult>(context, options, request);
  const { objects = 0, ...things } = result.counts;
  const what = [kindCounts(things), kindCounts({ file: objects })].filter((text) => text !== '').join(', ');
  const text = [
    `${what || 'Nothing'} in ${result.file} (${bytesText(result.bytes)}).`,
    ...(result.folder === null ? [] : [`Files of runs in ${result.folder}, which the database names: keep it there.`]),
    ...(result.opensIn === null
      ? []
      : [`For ${result.opensIn}: mlflow ui --backend-store-uri 'sqlite:///${result.file}'`]),
    ...reasonLines('Left out', result.leftOut),
  ].join('\n');
  context.print(options, jsonKeys(result), text);
}

/** Null: all. */
async function chosenRuns(client: EngineClient, options: ExportOptions): Promise<string[] | null> {
  if (options.runs === undefined && options.experiment === undefined && options.filter === undefined) return null;
  if (options.runs !== undefined) {
    if (options.experiment !== undefined || options.filter !== undefined) {
      throw new SlipwayError('invalid', '--runs names the runs; leave out --experiment and --filter.');
    }
    const named = new Set<string>();
    for (const each of options.runs) named.add(await chooseRun(client, each));
    return [...named];
  }
  const experimentId = options.experiment === undefined ? null : await experimentOf(client, options.experiment);
  const found: string[] = [];
  const { query } = client.api.runs.query;
  for await (const { items } of everyPage((page) =>
    query({ filter: options.filter ?? '', experimentId, limit: 10_000, page }),
  )) {
    found.push(...items.map((run) => run.run_id));
  }
  return found;
}
