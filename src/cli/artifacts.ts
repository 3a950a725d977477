// slipway artifacts list|get|put|delete|restore RUN [PATH]

import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import { withoutEnd } from '../base/text-end';
import { everyPage } from '../protocol/every-page';
import type { DeletedArtifact } from '../protocol/run';
import { bytesText, countText } from '../protocol/wording';
import { type GetOptions, getArtifacts } from './artifacts-get';
import { type PutOptions, putArtifacts } from './artifacts-put';
import type { CliContext, CommonOptions } from './context';
import { timeText } from './number-text';
import { chooseRun } from './run-choice';
import { filesBelow } from './run-files';
import { oneLine, textTable } from './text-table';

interface ListOptions extends CommonOptions {
  deleted?: boolean;
}

/** Adds the verbs about a run's files. */
export function registerArtifactsCommands(program: Command, context: CliContext): void {
  const artifacts = program.command('artifacts').description("list, get, put, delete and restore a run's files");
  const verb = (words: string, description: string): Command =>
    artifacts
      .command(words)
      .description(description)
      .option('--workspace <dir>', 'the workspace')
      .option('--json', 'print JSON');
  verb('list <run> [path]', 'list the files of a run, or of a folder in it, with their sizes')
    .option('--deleted', 'list the trash of the run')
    .action((run: string, path: string | undefined, options: ListOptions) => list(context, { run, path }, options));
  verb('get <run> [path]', 'copy a file or a folder of a run to this disk; without a path, all')
    .option('--to <dir>', 'the folder to copy into', '.')
    .option('--force', 'write over files that are there')
    .action((run: string, path: string | undefined, options: GetOptions) =>
      getArtifacts(context, { run, path: path ?? '' }, options),
    );
  verb('put <run> <file...>', 'add files or folders of this disk to a run')
    .option('--to <folder>', 'the folder of the run to put them into (default: its uppermost)')
    .action((run: string, files: string[], options: PutOptions) => putArtifacts(context, { run, files }, options));
  verb('delete <run> <path>', 'move a file or a folder of a run to the trash').action(
    (run: string, path: string, options: CommonOptions) => discard(context, { run, path }, options),
  );
  verb('restore <run> [path]', 'take files of a run back from the trash; without a path, all').action(
    (run: string, path: string | undefined, options: CommonOptions) =>
      restore(context, { run, path: path ?? '' }, options),
  );
}

async function list(
  context: CliContext,
  { run, path = '' }: { run: string; path?: string | undefined },
  options: ListOptions,
): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, run);
  if (options.deleted) {
    const items: DeletedArtifact[] = [];
    const { query } = client.api.artifacts.deleted;
    for await (const page of everyPage((next) => query({ runId, limit: 1000, page: next }))) items.push(...page.items);
    const rows = items.map((each) => [oneLine(each.path, 200), bytesText(each.size), timeText(each.deletedTime)]);
    const columns = [{ head: 'PATH' }, { head: 'SIZE', right: true }, { head: 'DELETED' }];
    const json = items.map(({ path: name, size, deletedTime }) => ({ path: name, size, deleted_time: deletedTime }));
    const text = rows.length === 0 ? 'Nothing is in the trash of this run.' : textTable(columns, rows);
    context.print(options, { items: json, next: null }, text);
    return;
  }
  const items: { path: string; size: number | null }[] = [];
  for await (const { path: name, size } of filesBelow(client, runId, path)) items.push({ path: name, size });
  if (items.length === 0 && path !== '') {
    throw new SlipwayError(
      'not-found',
      `The run has no folder ${path}. \`slipway artifacts list ${runId}\` lists its files.`,
    );
  }
  const rows = items.map((each) => [oneLine(each.path, 200), each.size === null ? '–' : bytesText(each.size)]);
  const total = items.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const text =
    rows.length === 0
      ? 'No files.'
      : `${textTable([{ head: 'PATH' }, { head: 'SIZE', right: true }], rows)}\n\n${countText(rows.length, 'file')}, ${bytesText(total)}`;
  context.print(options, { items, next: null }, text);
}

interface Place {
  run: string;
  path: string;
}

async function discard(context: CliContext, { run, path: typed }: Place, options: CommonOptions): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, run);
  const path = withoutEnd(typed, /\//);
  const { files } = await client.api.artifacts.delete.mutate({ runId, path });
  const undo = `slipway artifacts restore ${runId} ${JSON.stringify(path)}`;
  context.print(options, { deleted: files }, `${countText(files, 'file')} moved to the trash. To take back: ${undo}`);
}

async function restore(context: CliContext, { run, path }: Place, options: CommonOptions): Promise<void> {
  const client = await context.client(options);
  const runId = await chooseRun(client, run);
  const { files } = await client.api.artifacts.restore.mutate({ runId, path });
  context.print(options, { restored: files }, `${countText(files, 'file')} taken back from the trash.`);
}
