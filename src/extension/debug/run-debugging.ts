// F5 on a training script records a run; any other Python session of the folder is told where to log.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  commands,
  type DebugConfiguration,
  type DebugConfigurationProvider,
  debug,
  extensions,
  type LogOutputChannel,
  l10n,
  Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import { asSlipwayError } from '../../client/engine-client';
import { trackingEnvironment } from '../../client/tracking-environment';
import { lastRunOf } from '../lens/script-runs';
import { trainingLine } from '../lens/training-script';
import type { Notices } from '../notices';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { isWorkspaceState, noWorkspace } from '../session/engine-state';
import { pythonInterpreter } from '../tasks/python-interpreter';
import { folderNode } from '../terminals/folder-node';
import { recordsTerminals } from '../terminals/terminal-environment';
import { isRecorded, type PythonLaunch, recordedLaunch } from './recorded-launch';

/** The names of Python's debugger, the newer first. */
const debuggerTypes = ['debugpy', 'python'];
/** Marks a launch of Debug & Record: it is recorded whatever the setting says. */
const mark = 'slipwayRecord';

/** `bundle` is the folder of our own programs. */
export interface RunDebuggingOptions {
  bundle: string;
  sessions: EngineSessions;
  notices: Notices;
  log: LogOutputChannel;
}

/** Starts and completes debug sessions of Python. */
export class RunDebugging implements DebugConfigurationProvider, Disposable {
  readonly #options: RunDebuggingOptions;
  readonly #store = new DisposableStore();

  constructor(options: RunDebuggingOptions) {
    this.#options = options;
    for (const type of debuggerTypes) this.#store.add(debug.registerDebugConfigurationProvider(type, this));
  }

  /** Debugs a script as a recorded run; says so when this editor has no debugger for Python. */
  async start(session: EngineSession, script: Uri): Promise<void> {
    const type = debuggerTypes.find(isInstalled);
    if (type === undefined) {
      await offerDebugger();
      return;
    }
    await debug.startDebugging(session.folder, {
      type,
      request: 'launch',
      name: l10n.t('Record {0}', basename(script.fsPath)),
      program: script.fsPath,
      cwd: session.folder.uri.fsPath,
      console: 'integratedTerminal',
      [mark]: true,
    });
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
  ): Promise<DebugConfiguration> {
    const session = this.#sessionOf(folder, configuration);
    if (session === undefined || configuration.request !== 'launch') return configuration;
    if (!isWorkspaceState(session.state) && configuration[mark] !== true) return configuration;
    try {
      return await this.#completed(session, configuration);
    } catch (error) {
      // Nothing of ours may keep a person from debugging.
      this.#tell(configuration, asSlipwayError(error));
      return configuration;
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #completed(session: EngineSession, configuration: DebugConfiguration): Promise<DebugConfiguration> {
    const { bundle, log } = this.#options;
    const launch = configuration as DebugConfiguration & PythonLaunch;
    const cli = join(bundle, 'cli.js');
    if (isRecorded(launch, cli)) return launch;
    if (!(await isToRecord(session, launch))) return withAddress(session, launch);
    requireRecordable(session);
    const [node, python] = await Promise.all([folderNode(bundle, session.folder), pythonInterpreter(session.folder)]);
    log.info(`${configuration.name}: recorded.`);
    return recordedLaunch(launch, { node, cli, python, root: session.folder.uri.fsPath });
  }

  /** Who asked for a record waits for one; to all others it is a line in the log. */
  #tell({ name, [mark]: isAsked }: DebugConfiguration, { code, message }: SlipwayError): void {
    const sentence = l10n.t('{0} is debugged, but not recorded. {1}', name, message);
    if (isAsked === true) this.#options.notices.tell(new SlipwayError(code, sentence), { again: true });
    else this.#options.log.warn(sentence);
  }

  #sessionOf(folder: WorkspaceFolder | undefined, configuration: DebugConfiguration): EngineSession | undefined {
    const { program } = configuration as PythonLaunch;
    const { sessions } = this.#options;
    const holder = typeof program === 'string' ? sessions.holding(Uri.file(program)) : undefined;
    return holder ?? (folder === undefined ? undefined : sessions.find(folder.uri.toString()));
  }
}

/** The recorder needs a folder it can write and no engine. Throws SlipwayError when there is no such folder. */
function requireRecordable({ state }: EngineSession): void {
  if (state.kind === 'readOnly') throw new SlipwayError('read-only', state.message);
  if (!isWorkspaceState(state)) throw noWorkspace([state]);
}

async function isToRecord(session: EngineSession, launch: DebugConfiguration & PythonLaunch): Promise<boolean> {
  if (launch[mark] === true) return true;
  // The test explorer debugs tests, not trainings.
  if (Array.isArray(launch.purpose) && launch.purpose.includes('debug-test')) return false;
  const wanted = workspace.getConfiguration('slipway', session.folder.uri).get<string>('debug.record', 'training');
  if (wanted !== 'training') return wanted === 'always';
  if (typeof launch.program !== 'string') return false;
  if (trainingLine(await readFile(launch.program, 'utf8')) !== undefined) return true;
  return (await lastRunOf(session, launch.program)) !== undefined;
}

/** The internal console has no terminal's environment, so the variables stand in the configuration. */
function withAddress<T extends PythonLaunch>(session: EngineSession, launch: T): T {
  if (session.client === undefined || !recordsTerminals(session)) return launch;
  return { ...launch, env: { ...trackingEnvironment(session.client.address), ...launch.env } };
}

function isInstalled(type: string): boolean {
  return extensions.all.some(({ packageJSON }) => {
    const { contributes } = packageJSON as { contributes?: { debuggers?: { type?: string }[] } };
    return contributes?.debuggers?.some((each) => each.type === type) === true;
  });
}

async function offerDebugger(): Promise<void> {
  const find = l10n.t('Find the Extension');
  const sentence = l10n.t(
    'This editor has no debugger for Python. Install the Python Debugger extension, then try again.',
  );
  if ((await window.showErrorMessage(sentence, find)) !== find) return;
  await commands.executeCommand('workbench.extensions.search', '@id:ms-python.debugpy');
}
