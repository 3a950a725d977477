// slipway runs list|show; the verbs on runs that have files of their own are added here too.
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import { asSlipwayError, type EngineClient } from '../client/engine-client';
import { commandText } from '../protocol/recording/command-line';
import type { ArtifactCount, FileDigest, MetricSummary, Page, RunDetail, RunSummary } from '../protocol/run';
import { parseRunFilter, runFilterWords } from '../protocol/runs/run-filter';
import { isOwnTag, noteTag } from '../protocol/runs/run-tag';
import { bytesText, countText, durationText, stateWord } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { experimentOf } from './experiment-choice';
import { numberText, timeText } from './number-text';
import { chooseRun } from './run-choice';
import { resourceKeys, runJson } from './run-json';
import { registerRunsQueryCommand } from './runs-query';
import { registerRunsTrashCommands } from './runs-trash';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface ListOptions extends CommonOptions {
  experiment?: string;
  filter?: string;
  limit: number;
  page?: string;
}

const idDigits = 12;

/** Adds the verbs about runs. */
export function registerRunsCommands(program: Command, context: CliContext): void {
  const runs = program.command('runs').description('list, find, show, delete and restore runs');
  runs
    .command('list')
    .description('list runs, newest first')
    .option('--experiment <name>', 'only runs of this experiment (its name or id)')
    .option(
      '--filter <text>',
      `only runs this is true of: ${runFilterWords.map(({ example }) => example).join(' ')} TEXT`,
    )
    .option('--limit <n>', 'how many at most, up to 500', wholeNumber(500), 50)
    .option('--page <token>', 'go on where an earlier list ended')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((options: ListOptions) => list(context, options));
  runs
    .command('show <run>')
    .description('show one run by its id, the beginning of its id, or its name')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((run: string, options: CommonOptions) => show(context, run, options));
  registerRunsQueryCommand(runs, context);
  registerRunsTrashCommands(runs, context);
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const client = await context.client(options);
  const experimentId = options.experiment === undefined ? undefined : await experimentOf(client, options.experiment);
  const read = parseRunFilter(options.filter ?? '');
  if ('problem' in read) throw new SlipwayError('invalid', read.problem);
  const page = await client.api.runs.list.query({
    ...read.filter,
    limit: options.limit,
    page: options.page ?? null,
    ...(experimentId === undefined ? {} : { experimentId }),
  });
  const runIds = page.items.map((run) => run.runId);
  const items = options.json ? await client.api.runs.records.query({ runIds }) : [];
  context.print(options, { items, next: page.next }, listText(page, options.filter !== undefined));
}

function listText({ items: runs, total, next }: Page<RunSummary> & { total: number }, isFiltered: boolean): string {
  if (runs.length === 0) return total > 0 ? 'No more runs.' : isFiltered ? 'No run passes the filter.' : 'No runs yet.';
  const columns = [
    { head: 'RUN' },
    { head: 'NAME' },
    { head: 'EXPERIMENT' },
    { head: 'STATE' },
    { head: 'STARTED' },
    { head: 'TOOK', right: true },
    { head: 'METRIC' },
  ];
  const rows = runs.map((run) => [
    run.runId.slice(0, idDigits),
    oneLine(run.name, 40),
    oneLine(run.experimentName, 30),
    [stateWord(run.state), ...dataWords(run)].join(', '),
    timeText(run.startTime),
    run.endTime === null ? '–' : durationText(run.endTime - run.startTime),
    run.headline === null ? '' : `${run.headline.key} ${numberText(run.headline.value)}`,
  ]);
  const rest = next === null ? '' : `\n\n${runs.length} of ${total} runs. Go on with --page ${next}`;
  return textTable(columns, rows) + rest;
}

async function show(context: CliContext, wanted: string, options: CommonOptions): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, wanted);
  const [run, artifacts] = await Promise.all([
    client.api.runs.get.query({ runId }),
    client.api.artifacts.count.query({ runId }).catch(nothingRead),
  ]);
  if (options.json) {
    const [record] = await client.api.runs.records.query({ runIds: [runId] });
    if (record === undefined) {
      throw new SlipwayError(
        'not-found',
        `The run ${runId} was deleted meanwhile. \`slipway runs list\` shows what there is.`,
      );
    }
    const keys = Object.values(resourceKeys);
    const { items: resources } = await client.api.metrics.list.query({ runId, keys });
    context.print(options, runJson({ record, run, artifacts, resources }), '');
    return;
  }
  const metrics = await client.api.metrics.list.query({ runId, limit: 1000 });
  const parts = [facts(run, artifacts), ...sections(run, metrics.items)];
  if (run.recording !== null && run.state !== 'finished') parts.push(...(await lastOutput(client, runId)));
  context.print(options, undefined, parts.join('\n\n'));
}

/** What a run that did not end well said last: the place where most people look for the reason. */
async function lastOutput(client: EngineClient, runId: string): Promise<string[]> {
  const { text } = await client.api.output.read.query({ runId, bytes: 4000 });
  const lines = text.trimEnd().split('\n').slice(-12);
  return text.trim() === '' ? [] : [`LAST OUTPUT\n${lines.join('\n')}`];
}

/** Artifacts may lie where Slipway does not read; the run is shown all the same. */
function nothingRead(error: unknown): null {
  const known = asSlipwayError(error);
  if (SlipwayError.is(known, 'forbidden')) return null;
  throw known;
}

function facts(run: RunDetail, artifacts: ArtifactCount | null): string {
  const rows: [string, string][] = [
    ['Run', run.runId],
    ['Name', oneLine(run.name, 100)],
    ['Experiment', `${oneLine(run.experimentName, 100)} (${run.experimentId})`],
    ...(run.parent === null
      ? []
      : [['Child of', `${oneLine(run.parent.name, 100)} (${run.parent.runId})`] as [string, string]]),
    ...(run.childCount === 0 ? [] : [['Child runs', run.childCount.toLocaleString('en-US')] as [string, string]]),
    ['State', stateWord(run.state)],
    ['Started', `${timeText(run.startTime)}${run.userId === '' ? '' : ` by ${oneLine(run.userId, 40)}`}`],
  ];
  if (run.override !== null) rows.push(['Data', oneLine(`trained over failing data: ${run.override}`, 300)]);
  if (run.unchecked !== null)
    rows.push(['Data', oneLine(`trained over data that nobody checked: ${run.unchecked}`, 300)]);
  if (run.endTime !== null) rows.push(['Took', durationText(run.endTime - run.startTime)]);
  if (artifacts === null) rows.push(['Files', `at ${run.artifactUri}, where Slipway does not read`]);
  else if (artifacts.files > 0)
    rows.push(['Files', `${countText(artifacts.files, 'file')}, ${bytesText(artifacts.bytes)}`]);
  rows.push(...logged(run));
  const { recording } = run;
  if (recording !== null) {
    rows.push(['Command', oneLine(commandText(recording.command), 200)]);
    if (recording.exitCode !== null) rows.push(['Exit code', String(recording.exitCode)]);
    if (recording.signal !== null) rows.push(['Signal', recording.signal]);
    if (recording.lost !== null) rows.push(['Lost', recording.lost]);
    if (recording.git?.commit)
      rows.push(['Commit', recording.git.commit + (recording.git.dirty ? ' and changes' : '')]);
    if (recording.git?.branch) rows.push(['Branch', recording.git.branch]);
    if (recording.git?.problem) rows.push(['Code', recording.git.problem]);
    const { environment, host } = recording;
    if (environment?.version) rows.push(['Python', `${environment.version}, ${environment.packages.length} packages`]);
    rows.push(['Machine', `${host.hostname}, ${host.platform} ${host.arch}, ${host.cores} cores`]);
    rows.push(...recording.inputs.map((file): [string, string] => ['Input', fileText(file)]));
    rows.push(...recording.outputs.map((file): [string, string] => ['Output', fileText(file)]));
    rows.push(...recording.problems.map((problem): [string, string] => ['Problem', oneLine(problem, 200)]));
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** What the code said about the run besides params, metrics and tags. */
function logged(run: RunDetail): [string, string][] {
  const note = run.tags.find(({ key }) => key === noteTag)?.value ?? '';
  return [
    ...(note === '' ? [] : [['Note', oneLine(note, 200)] as [string, string]]),
    ...run.datasets.map(({ name, context }): [string, string] => [
      'Dataset',
      oneLine(context === null ? name : `${name} (${context})`, 200),
    ]),
    ...run.models.map(({ modelId, name }): [string, string] => ['Model', `${oneLine(name, 100)}  models:/${modelId}`]),
  ];
}

function fileText(file: FileDigest): string {
  if (file.sha256 === null) return file.problem ?? file.path;
  const text = `${file.path}  sha256 ${file.sha256.slice(0, 16)}`;
  return file.written === false ? `${text}  (not written by this run)` : text;
}

function sections(run: RunDetail, metrics: readonly MetricSummary[]): string[] {
  const pairs = (head: string, items: readonly { key: string; value: string }[]): string[] =>
    items.length === 0
      ? []
      : [
          textTable(
            [{ head }, { head: '' }],
            items.map((item) => [item.key, oneLine(item.value, 120)]),
          ),
        ];
  const tags = run.tags.filter(isOwnTag);
  return [...pairs('PARAM', run.params), ...metricSection(run, metrics), ...pairs('TAG', tags)];
}

function metricSection(run: RunDetail, metrics: readonly MetricSummary[]): string[] {
  if (metrics.length === 0) return [];
  const rest = run.metricCount - metrics.length;
  const columns = [
    { head: 'METRIC' },
    { head: 'LAST', right: true },
    { head: 'MIN', right: true },
    { head: 'MAX', right: true },
  ];
  const rows = metrics.map((each) => [each.key, numberText(each.last), numberText(each.min), numberText(each.max)]);
  return [textTable(columns, rows) + (rest > 0 ? `\nand ${rest} more: slipway metrics ${run.runId}` : '')];
}

function dataWords({ override, unchecked }: RunSummary): string[] {
  return [...(override === null ? [] : ['over failing data']), ...(unchecked === null ? [] : ['over unchecked data'])];
}
