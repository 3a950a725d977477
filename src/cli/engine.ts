// slipway engine start|stop|status
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import { EngineClient } from '../client/engine-client';
import { ensureEngine, findEngine, stopEngine } from '../client/ensure-engine';
import { serveInForeground } from '../client/foreground-engine';
import { requireFolder } from '../client/workspace';
import type { CliContext, CommonOptions } from './context';
import { durationOption } from './duration-option';

// Without a unit in milliseconds, which is how the engine itself takes them.
const shortTime = durationOption({ least: '0s', most: '24h', bare: true });
const longTime = durationOption({ least: '0s', most: '366d', bare: true });

/** The exit code of a check that says no; 3 is left to what could not be asked. */
const notRunning = 1;

interface StartOptions extends CommonOptions {
  foreground?: boolean;
  port?: string;
  token?: string;
  db?: string;
  artifactRoot?: string;
  idleExit?: number;
  durability?: string;
  silence?: number;
}

/** Adds the three verbs that start, end and describe the engine of a folder. */
export function registerEngineCommands(program: Command, context: CliContext): void {
  const engine = program.command('engine').description('start, stop or describe the engine of a workspace');
  engine
    .command('start')
    .description('start the engine, or say where it already answers; makes .slipway in a folder that has none')
    .option('--workspace <dir>', 'the folder (default: the nearest workspace, else the current folder)')
    .option('--foreground', 'stay until interrupted, never end for idleness')
    .option('--port <n>', 'listen on this port')
    .option('--token <t>', "ask for this token instead of the workspace's own; '' asks for none")
    .option('--db <file>', 'keep the records in this file')
    .option('--artifact-root <dir>', 'keep artifacts as plain files below this folder or file:// address')
    .option('--idle-exit <time>', 'end after so long without a client: 90s, 2m', shortTime)
    .option('--durability <mode>', 'NORMAL survives a killed process, FULL also a power cut')
    .option(
      '--silence <time>',
      'call a run that is only logged over REST unknown after so long a silence: 10m',
      longTime,
    )
    .option('--json', 'print one JSON line')
    .action((options: StartOptions) => start(options, context));
  engine
    .command('stop')
    .description('ask the engine to finish')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((options: CommonOptions) => stop(options, context));
  engine
    .command('status')
    .description('say whether an engine answers (exit code 0; 1 when none does), and why it stays')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((options: CommonOptions) => status(options, context));
}

async function start(options: StartOptions, context: CliContext): Promise<void> {
  const root = workspaceToStart(options, context);
  const extra = engineArguments(options);
  const found = await findEngine(root, context.ensureOptions.version);
  if (found !== undefined && extra.length > 0) {
    const ignored = extra.map((word) => word.split('=', 1)[0]).join(', ');
    const have = extra.length > 1 ? 'have' : 'has';
    process.stderr.write(
      `slipway: An engine answers already, so ${ignored} ${have} no effect. \`slipway engine stop\` ends it.\n`,
    );
  }
  if (options.foreground) {
    if (found !== undefined) {
      context.print(
        options,
        { url: found.url, token: found.token, pid: found.pid },
        `The engine already answers at ${found.url} (pid ${found.pid}).`,
      );
      return;
    }
    await serveInForeground(['--workspace', root, '--foreground', ...extra], context.ensureOptions);
    return;
  }
  const { url, token, pid } = await ensureEngine(root, { ...context.ensureOptions, arguments: extra });
  context.print(options, { url, token, pid }, `The engine answers at ${url} (pid ${pid}).`);
}

/** `engine start` may be the first thing run in a folder, so it needs no workspace yet. */
function workspaceToStart(options: StartOptions, context: CliContext): string {
  if (options.workspace !== undefined) return requireFolder(options.workspace, false);
  try {
    return context.layout(options).root;
  } catch (error) {
    if (SlipwayError.is(error, 'no-workspace')) return requireFolder(process.cwd(), false);
    throw error;
  }
}

function engineArguments(options: StartOptions): string[] {
  const pairs: [string, string | undefined][] = [
    ['--port', options.port],
    ['--token', options.token],
    // The engine works in the workspace's folder; what was typed is meant from here.
    ['--db', options.db === undefined ? undefined : resolve(options.db)],
    [
      '--artifact-root',
      options.artifactRoot && (isAddress(options.artifactRoot) ? options.artifactRoot : resolve(options.artifactRoot)),
    ],
    ['--idle-exit', options.idleExit?.toString()],
    ['--durability', options.durability],
    ['--silence', options.silence?.toString()],
  ];
  // One word each, because an empty token is a value and not a missing one.
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

async function stop(options: CommonOptions, context: CliContext): Promise<void> {
  const found = await findEngine(context.layout(options).root, context.ensureOptions.version);
  if (found === undefined) {
    context.print(options, { stopped: false }, 'No engine answers for this folder.');
    return;
  }
  await stopEngine(found);
  context.print(options, { stopped: true, pid: found.pid }, `The engine (pid ${found.pid}) has ended.`);
}

async function status(options: CommonOptions, context: CliContext): Promise<void> {
  const found = await findEngine(context.layout(options).root, context.ensureOptions.version);
  if (found === undefined) {
    context.print(options, { running: false }, 'No engine answers for this folder. `slipway engine start` starts one.');
    process.exitCode = notRunning;
    return;
  }
  const answer = await new EngineClient(found).api.engine.status.query();
  const lines = [
    `The engine answers at ${answer.url} (pid ${answer.pid}, Slipway ${answer.version}).`,
    `Folder: ${answer.workspace}`,
    `Database: ${answer.database}, schema ${answer.schema}`,
    answer.keptAliveBy.length > 0
      ? `It stays because: ${answer.keptAliveBy.join(' ')}`
      : 'It ends a while after the last client left.',
    ...[...answer.warnings, ...answer.notes].map((warning) => `Warning: ${warning}`),
  ];
  context.print(options, { running: true, ...answer }, lines.join('\n'));
}
