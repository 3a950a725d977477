// slipway compare RUN… | --files BASELINE CANDIDATE
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { SlipwayError } from '../base/errors';
import { compareFilesInProcess } from '../client/comparison/comparison-process';
import type { Comparison, Verdict } from '../protocol/comparison/comparison';
import { mostComparedRuns } from '../protocol/comparison/comparison-request';
import { comparisonHtml } from '../protocol/comparison/report/comparison-html';
import { comparisonMarkdown } from '../protocol/comparison/report/comparison-markdown';
import type { JobProgress } from '../protocol/jobs/job';
import { comparisonJson } from './comparison-json';
import type { CliContext, CommonOptions } from './context';
import { ProgressLine } from './progress-line';
import { chooseRun } from './run-choice';

interface CompareOptions extends CommonOptions {
  files?: boolean;
  baseline?: string;
  metric?: string[];
  cluster?: string;
  format?: 'md' | 'html' | 'json';
}

/** Milliseconds between two words on how far it is. */
const tellEvery = 1000;

const exitCodes: Readonly<Record<Verdict, number>> = { better: 0, worse: 1, 'cannot tell': 2 };

/** Adds `compare`, which says whether one run, or file of predictions, is better than another. */
export function registerCompareCommand(program: Command, context: CliContext): void {
  program
    .command('compare [runs...]')
    .description('is one run better than another, by how much, and is it noise: exit 0 better, 1 worse, 2 cannot tell')
    .option('--files', 'compare two files of predictions instead: BASELINE CANDIDATE, each .csv, .jsonl or .parquet')
    .option('--baseline <run>', 'the run that the others are compared with (default: the first)')
    .option('--metric <name>', 'judge by this metric; may be given again', (name: string, all: string[] = []) => [
      ...all,
      name,
    ])
    .option('--cluster <column>', 'rows of one value of this column belong together and are resampled together')
    .addOption(new Option('--format <form>', 'how to print it (default: md)').choices(['md', 'html', 'json']))
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((names: string[], options: CompareOptions) => compare(context, names, options));
}

async function compare(context: CliContext, names: readonly string[], options: CompareOptions): Promise<void> {
  if (options.json && (options.format ?? 'json') !== 'json') {
    throw new SlipwayError('invalid', `--json and --format ${options.format} cannot go together. Give one of them.`);
  }
  const comparison = options.files
    ? await compareFiles(context, names, options)
    : await compareRuns(context, names, options);
  const format = options.json ? 'json' : (options.format ?? 'md');
  if (format === 'json') context.print({ json: true }, comparisonJson(comparison), '');
  else context.print({}, undefined, format === 'html' ? comparisonHtml(comparison) : comparisonMarkdown(comparison));
  process.exitCode = exitCodes[comparison.verdict];
}

async function compareFiles(
  context: CliContext,
  paths: readonly string[],
  { baseline, metric = [], cluster }: CompareOptions,
): Promise<Comparison> {
  const [first, second, third] = paths;
  if (first === undefined || second === undefined || third !== undefined || baseline !== undefined) {
    throw new SlipwayError(
      'invalid',
      '--files takes two files of predictions: slipway compare --files BASELINE CANDIDATE.',
    );
  }
  const isSameName = basename(first) === basename(second);
  const file = (path: string): { path: string; name: string } => ({
    path: resolve(path),
    name: isSameName ? path : basename(path),
  });
  const request = { baseline: file(first), candidate: file(second), metrics: metric, cluster: cluster ?? null };
  const line = new ProgressLine();
  const onProgress = (progress: JobProgress): void => line.show(progress);
  try {
    return await compareFilesInProcess(request, { bundle: context.ensureOptions.bundle, onProgress });
  } finally {
    line.clear();
  }
}

async function compareRuns(
  context: CliContext,
  names: readonly string[],
  options: CompareOptions,
): Promise<Comparison> {
  const wanted = options.baseline === undefined ? names : [options.baseline, ...names];
  if (wanted.length < 2) {
    throw new SlipwayError('invalid', 'compare takes two runs or more: slipway compare BASELINE RUN…');
  }
  const client = await context.client(options);
  const chosen = new Set<string>();
  for (const name of wanted) chosen.add(await chooseRun(client, name));
  if (chosen.size < 2)
    throw new SlipwayError('invalid', 'These are one and the same run. compare takes two different runs or more.');
  if (chosen.size > mostComparedRuns) {
    const sentence = `At most ${mostComparedRuns} runs are compared at once, and these are ${chosen.size}. Name fewer.`;
    throw new SlipwayError('invalid', sentence);
  }
  const asked = { runIds: [...chosen], metrics: options.metric ?? [], cluster: options.cluster ?? null };
  const line = new ProgressLine();
  const timer = setInterval(() => {
    client.api.comparison.progress.query(asked).then(
      (progress) => progress !== null && line.show(progress),
      () => undefined,
    );
  }, tellEvery);
  try {
    return await client.api.comparison.runs.query(asked);
  } finally {
    clearInterval(timer);
    line.clear();
  }
}
