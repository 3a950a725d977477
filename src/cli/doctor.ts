// slipway doctor
import { accessSync, closeSync, constants, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, systemCodeOf } from '../base/errors';
import { asSlipwayError, EngineClient } from '../client/engine-client';
import { ensureEngine } from '../client/ensure-engine';
import { chooseNode } from '../client/node-choice';
import { toolVersion } from '../client/tool-version';
import type { WorkspaceLayout } from '../protocol/folder/layout';
import type { ContentsResult } from '../protocol/jobs/job';
import { bytesText, countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { repair } from './doctor-repair';
import { runJob } from './job';

/** One thing looked at. `warning`: works, but less than it could. */
interface Check {
  name: string;
  result: 'ok' | 'warning' | 'failed';
  detail: string;
}

/** Bytes: as much as the database may need for one write. */
const probeSize = 64 * 1024;

const marks = { ok: '✓', warning: '!', failed: '✗' } as const;

/** Adds `doctor`, which looks at everything Slipway needs and says what to do about what is wrong. */
export function registerDoctorCommand(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('check this workspace: Node, folder, disk, database, engine, git, Python')
    .option('--deep', 'read all that is kept of runs, models and datasets, too, and compare it with its names')
    .option('--repair', 'bring back what is left of a damaged or lost database; the damaged file is kept')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action(async (options: CommonOptions & { repair?: boolean; deep?: boolean }) => {
      if (options.repair) return repair(context, options);
      const layout = context.layout(options);
      const checks = [
        await checkNode(context),
        ...(await checkEngine(layout, context)),
        ...(options.deep ? [await checkKept(context, options)] : []),
        checkFolder(layout),
        checkDisk(layout),
        checkInbox(layout),
        await checkTool('git', ['git'], 'Runs will not know their commit. Install git.'),
        await checkTool(
          'Python',
          ['python3', 'python'],
          'Only commands in other languages can be recorded. Install Python 3.',
        ),
      ];
      const text = checks.map((check) => `${marks[check.result]} ${check.name.padEnd(10)} ${check.detail}`).join('\n');
      context.print(options, { workspace: layout.root, checks }, text);
      if (checks.some((check) => check.result === 'failed')) process.exitCode = 1;
      else if (checks.some((check) => check.result === 'warning')) process.exitCode = 2;
    });
}

async function checkNode(context: CliContext): Promise<Check> {
  try {
    const node = await chooseNode({ bundle: context.ensureOptions.bundle });
    return { name: 'Node', result: 'ok', detail: `${node.version} (${node.command})` };
  } catch (error) {
    return { name: 'Node', result: 'failed', detail: messageOf(error) };
  }
}

function checkFolder(layout: WorkspaceLayout): Check {
  try {
    accessSync(layout.root, constants.W_OK);
    accessSync(layout.home, constants.W_OK);
    return { name: 'Folder', result: 'ok', detail: layout.root };
  } catch {
    return {
      name: 'Folder',
      result: 'failed',
      detail: `${layout.home} cannot be written to. Check the folder's permissions.`,
    };
  }
}

/** A file is written to the disk itself: the engine goes on reading, and looks well, on one that takes nothing more. */
function checkDisk({ home }: WorkspaceLayout): Check {
  const probe = `${home}/doctor.${process.pid}.tmp`;
  try {
    const file = openSync(probe, 'w', 0o600);
    try {
      writeFileSync(file, Buffer.alloc(probeSize));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return { name: 'Disk', result: 'ok', detail: `takes what is written to ${home}` };
  } catch (error) {
    const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCodeOf(error) ?? '');
    const why = isFull
      ? `is full, so nothing can be saved. Free some space; what recorded runs left in ${home} is taken in then.`
      : `could not be written: ${messageOf(error)}`;
    return { name: 'Disk', result: 'failed', detail: `The disk that holds ${home} ${why}` };
  } finally {
    removeProbe(probe);
  }
}

function removeProbe(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder that cannot be written was told of above.
  }
}

async function checkEngine(layout: WorkspaceLayout, context: CliContext): Promise<Check[]> {
  try {
    const { api } = new EngineClient(await ensureEngine(layout.root, context.ensureOptions));
    const status = await api.engine.status.query();
    const { problems } = await api.engine.check.query();
    const contents = await api.engine.checkContents.query();
    const stays = status.keptAliveBy.length > 0 ? `. It stays because: ${status.keptAliveBy.join(' ')}` : '';
    return [
      { name: 'Engine', result: 'ok', detail: `${status.url}, pid ${status.pid}, Slipway ${status.version}${stays}` },
      problems.length === 0
        ? { name: 'Database', result: 'ok', detail: `${status.database}, schema ${status.schema}, every page sound` }
        : {
            name: 'Database',
            result: 'failed',
            detail: `${status.database} is damaged: ${problems.join('; ')}. \`slipway doctor --repair\` keeps it and brings back what can be read.`,
          },
      contentsCheck(contents, layout),
      ...status.notes.map((detail): Check => ({ name: 'Place', result: 'warning', detail })),
      ...status.warnings.map((detail): Check => ({ name: 'Warning', result: 'warning', detail })),
    ];
  } catch (error) {
    return [{ name: 'Engine', result: 'failed', detail: messageOf(asSlipwayError(error)) }];
  }
}

/** Every byte that is kept. Throws SlipwayError `unavailable` after Ctrl-C. */
async function checkKept(context: CliContext, options: CommonOptions): Promise<Check> {
  const name = 'Bytes';
  const result = await runJob<ContentsResult>(context, options, { job: 'check-contents' });
  const { contents, bytes, missing, damaged, examples } = result;
  const wrong = missing + damaged;
  if (wrong === 0) {
    return {
      name,
      result: 'ok',
      detail: `${countText(contents, 'content')}, ${bytesText(bytes)}, each as it was kept`,
    };
  }
  const named = examples.map((each) => `${each.name} (${each.place})`).join(', ');
  return {
    name,
    result: 'failed',
    detail: `Of ${countText(contents, 'content')}, ${damaged} are damaged and ${missing} are gone: ${named}. \`slipway dataset refresh NAME\` heals what its files still hold; copy the others from a backup.`,
  };
}

/** A database copied without its folder of contents opens well, and has not one file. */
function contentsCheck(
  { artifacts, data, missing, examples }: { artifacts: number; data: number; missing: number; examples: string[] },
  layout: WorkspaceLayout,
): Check {
  if (missing === 0) {
    const kept = [
      ...(artifacts === 0 ? [] : [`${countText(artifacts, 'file')} of runs and models`]),
      ...(data === 0 ? [] : [`${countText(data, 'file')} of datasets`]),
    ];
    const detail = kept.length === 0 ? 'no files are kept yet' : `${kept.join(' and ')}, all there`;
    return { name: 'Contents', result: 'ok', detail };
  }
  return {
    name: 'Contents',
    result: 'failed',
    detail: `${missing} of ${countText(artifacts + data, 'file')} have lost their content, such as ${examples.join(', ')}. Copy ${layout.objects} from the folder or backup that the database came from.`,
  };
}

function checkInbox(layout: WorkspaceLayout): Check {
  const waiting = countFiles(layout.inbox);
  const rejected = countFiles(layout.rejected);
  if (rejected > 0) {
    return {
      name: 'Inbox',
      result: 'warning',
      detail: `${countText(rejected, 'recorded run')} could not be taken in; ${layout.rejected} says why.`,
    };
  }
  return {
    name: 'Inbox',
    result: 'ok',
    detail:
      waiting === 0
        ? 'nothing waits to be taken in'
        : `${countText(waiting, 'recorded run is', 'recorded runs are')} running or waiting`,
  };
}

function countFiles(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length;
  } catch {
    return 0;
  }
}

async function checkTool(name: string, commands: readonly string[], without: string): Promise<Check> {
  for (const command of commands) {
    const version = await toolVersion(command);
    if (version !== undefined) return { name, result: 'ok', detail: version };
  }
  return { name, result: 'warning', detail: `not found. ${without}` };
}
