// slipway dataset list|show|versions|label|remove|undelete|declare|lineage; those that read data are in dataset-data.ts.
import type { Command } from 'commander';
import type { EngineClient } from '../client/engine-client';
import { behindText, type DatasetSummary, type DatasetVersion } from '../protocol/datasets/dataset';
import type { Page } from '../protocol/run';
import { bytesText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { common, referenceOf } from './dataset-arguments';
import { registerDatasetDataCommands } from './dataset-data';
import { registerHistoryCommands } from './dataset-history';
import { lineageText } from './dataset-lineage';
import { registerScheduleCommand } from './dataset-schedule';
import { datasetFacts, stateText, versionText } from './dataset-text';
import { jsonKeys } from './json-keys';
import { numberText, timeText } from './number-text';
import { oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface ListOptions extends CommonOptions {
  text?: string;
  trash?: boolean;
  limit: number;
  page?: string;
}

/** Adds the verbs about datasets. */
export function registerDatasetCommands(program: Command, context: CliContext): void {
  const datasets = program.command('dataset').description('register data, list its versions, label and restore them');
  registerDatasetDataCommands(datasets, context);
  registerScheduleCommand(datasets, context);
  listed(datasets.command('list'), 'list datasets, by name')
    .option('--text <text>', 'only those whose name, owner, description or tags hold it')
    .action((options: ListOptions) => list(context, options));
  common(datasets.command('show <dataset>'), 'show a dataset, or with NAME@VERSION a version')
    .option('--files', "list the version's files, too")
    .action((named: string, options: CommonOptions & { files?: boolean }) => show(context, named, options));
  listed(datasets.command('versions <dataset>'), 'list the versions of a dataset, the newest first').action(
    (named: string, options: ListOptions) => versions(context, named, options),
  );
  registerChanges(datasets, context);
  registerHistoryCommands(datasets, context);
}

function registerChanges(datasets: Command, context: CliContext): void {
  common(datasets.command('label <version> <label>'), 'put a label on NAME@VERSION, such as train or 2013-04')
    .option('--remove', 'take the label away')
    .action((named: string, label: string, options: CommonOptions & { remove?: boolean }) =>
      putLabel(context, { named, label }, options),
    );
  common(
    datasets.command('remove <dataset>'),
    'move a dataset, or NAME@VERSION, to the trash; no file is touched',
  ).action((named: string, options: CommonOptions) => move(context, named, { options, deleted: true }));
  common(datasets.command('undelete <dataset>'), 'take a dataset, or NAME@VERSION, back from the trash').action(
    (named: string, options: CommonOptions) => move(context, named, { options, deleted: false }),
  );
  common(
    datasets.command('declare <dataset>'),
    'write what is known of a dataset, such as one that came with a bundle, to slipway.yaml',
  ).action((dataset: string, options: CommonOptions) => declare(context, dataset, options));
  common(datasets.command('lineage <dataset>'), 'where a version came from and what was made of it').action(
    async (named: string, options: CommonOptions) => {
      const client = await context.client(options);
      const version = await client.api.datasets.version.query(referenceOf(named));
      const id = `${version.dataset}@${version.id}`;
      const lineage = await client.api.workspace.lineage.query({ kind: 'version', id });
      context.print(options, jsonKeys(lineage), lineageText(lineage, { kind: 'version', id }));
    },
  );
}

async function declare(context: CliContext, dataset: string, options: CommonOptions): Promise<void> {
  const { datasets } = (await context.client(options)).api;
  const { declared, name } = await datasets.get.query({ dataset });
  if (!declared) await datasets.describe.mutate({ dataset: name });
  const said = await datasets.get.query({ dataset: name });
  context.print(
    options,
    jsonKeys(said),
    `slipway.yaml ${declared ? 'named' : 'names'} ${oneLine(name, 100)}${declared ? ' already' : ' now'}.`,
  );
}

function listed(command: Command, description: string): Command {
  return common(command, description)
    .option('--trash', 'what lies in the trash')
    .option('--limit <n>', 'how many at most, up to 500', wholeNumber(500), 50)
    .option('--page <token>', 'go on where an earlier list ended');
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const client = await context.client(options);
  const page = await client.api.datasets.list.query({
    text: options.text ?? '',
    deleted: options.trash ?? false,
    limit: options.limit,
    page: options.page ?? null,
  });
  await tellMistakes(client);
  context.print(options, jsonKeys(page), listText(page, options));
}

/** An entry with a mistake is left out of every list: who looks for its dataset is told why. */
async function tellMistakes({ api }: EngineClient): Promise<void> {
  const { warnings } = await api.engine.status.query();
  for (const warning of warnings.filter((each) => each.startsWith('slipway.yaml')))
    process.stderr.write(`slipway: ${warning}\n`);
}

function listText({ items, next }: Page<DatasetSummary>, options: ListOptions): string {
  if (items.length === 0) {
    if (options.trash) return 'No dataset is in the trash.';
    return options.text === undefined
      ? 'No datasets yet. `slipway dataset add NAME PATH` registers one.'
      : 'No dataset holds that.';
  }
  const columns = [
    { head: 'DATASET' },
    { head: 'VERSIONS', right: true },
    { head: 'LATEST' },
    { head: 'ROWS', right: true },
    { head: 'SIZE', right: true },
    { head: 'CHECKS' },
    { head: 'DRIFT' },
    { head: 'OWNER' },
  ];
  const rows = items.map(({ name, versions: count, latest, definition, declared, deletedTime, behind }) => [
    oneLine(declared || deletedTime !== null ? name : `${name} (not in slipway.yaml)`, 50),
    String(count),
    latest === null ? 'not read yet' : versionText(latest) + (behind.length > 0 ? ' (behind)' : ''),
    latest === null ? '' : numberText(latest.rows),
    latest === null ? '' : ownSize(latest),
    latest === null ? '' : stateText(latest, 'check'),
    latest === null ? '' : stateText(latest, 'drift'),
    oneLine(definition.owner ?? '', 24),
  ]);
  const behind = items.flatMap((each) => (each.behind.length > 0 ? [`${each.name}: ${behindText(each.behind)}.`] : []));
  const notes = behind.length > 0 ? `\n\n${behind.join('\n')}` : '';
  return textTable(columns, rows) + notes + (next === null ? '' : `\n\nGo on with --page ${next}`);
}

async function show(context: CliContext, named: string, options: CommonOptions & { files?: boolean }): Promise<void> {
  const client = await context.client(options);
  const reference = referenceOf(named);
  await tellMistakes(client);
  const dataset = await client.api.datasets.get.query({ dataset: reference.dataset });
  const version = dataset.latest === null ? null : await client.api.datasets.version.query(reference);
  const disk = await client.api.datasets.diskUse.query({ dataset: reference.dataset });
  const files =
    options.files && version !== null
      ? await client.api.datasets.files.query({ dataset: reference.dataset, version: version.id, limit: 10_000 })
      : null;
  const value = { ...dataset, version, diskUse: disk[0] ?? null, ...(files === null ? {} : { files }) };
  const rows = files?.items.map(({ path, bytes, sha256 }) => [
    path === '' ? '(the file)' : oneLine(path, 100),
    bytesText(bytes),
    sha256.slice(0, 16),
  ]);
  const table =
    rows === undefined
      ? ''
      : `\n\n${textTable([{ head: 'FILE' }, { head: 'SIZE', right: true }, { head: 'SHA256' }], rows)}`;
  context.print(options, jsonKeys(value), datasetFacts(dataset, version, disk[0]) + table);
}

async function versions(context: CliContext, named: string, options: ListOptions): Promise<void> {
  const client = await context.client(options);
  const { dataset } = referenceOf(named);
  const page = await client.api.datasets.versions.query({
    dataset,
    deleted: options.trash ?? false,
    limit: options.limit,
    page: options.page ?? null,
  });
  context.print(options, jsonKeys(page), versionsText(page, dataset));
}

/** A query has no bytes of its own. */
function ownSize({ isQuery, bytes }: DatasetVersion): string {
  return isQuery ? '–' : bytesText(bytes);
}

function versionsText({ items, next }: Page<DatasetVersion>, dataset: string): string {
  if (items.length === 0) return `No versions of ${dataset}. \`slipway dataset refresh ${dataset}\` reads it.`;
  const columns = [
    { head: 'VERSION' },
    { head: 'LABELS' },
    { head: 'FIRST SEEN' },
    { head: 'ROWS', right: true },
    { head: 'FILES', right: true },
    { head: 'SIZE', right: true },
    { head: 'KEPT' },
    { head: 'CHECKS' },
    { head: 'DRIFT' },
  ];
  const rows = items.map((version) => [
    version.id.slice(0, 12),
    oneLine(version.labels.join(' '), 40),
    timeText(version.created),
    numberText(version.rows),
    version.isQuery ? '–' : String(version.files),
    ownSize(version),
    version.storage.kind === 'kept' ? 'yes' : 'hashes only',
    stateText(version, 'check'),
    stateText(version, 'drift'),
  ]);
  return textTable(columns, rows) + (next === null ? '' : `\n\nGo on with --page ${next}`);
}

async function putLabel(
  context: CliContext,
  { named, label }: { named: string; label: string },
  options: CommonOptions & { remove?: boolean },
): Promise<void> {
  const client = await context.client(options);
  const { dataset, version } = referenceOf(named);
  const undo = await client.api.datasets.label.mutate({ dataset, label, version: options.remove ? null : version });
  const before = undo.version === null ? '' : ` It was on ${undo.version.slice(0, 12)}.`;
  const text = options.remove
    ? `${label} is taken away.${before}`
    : `${dataset}@${version} is labelled ${label} now.${before}`;
  context.print(
    options,
    jsonKeys({ dataset, label, version: options.remove ? null : version, before: undo.version }),
    text,
  );
}

async function move(
  context: CliContext,
  named: string,
  { options, deleted }: { options: CommonOptions; deleted: boolean },
): Promise<void> {
  const client = await context.client(options);
  const { dataset, version } = referenceOf(named);
  const what = { dataset, version: named.includes('@') ? version : null };
  if (deleted) await client.api.datasets.delete.mutate(what);
  else await client.api.datasets.undelete.mutate(what);
  const text = deleted
    ? `${named} moved to the trash. To take back: slipway dataset undelete ${named}`
    : `${named} taken back from the trash.`;
  context.print(options, { [deleted ? 'deleted' : 'restored']: what }, text);
}
