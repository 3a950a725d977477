// Recorded commands as tasks of VS Code: a terminal of their own, rerun, tasks.json, and tracebacks among the problems.
import { join } from 'node:path';
import {
  l10n,
  ProcessExecution,
  Task,
  type TaskExecution,
  TaskPanelKind,
  type TaskProvider,
  TaskRevealKind,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import type { ZodError } from 'zod';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import { commandText } from '../../protocol/recording/command-line';
import type { Notices } from '../notices';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { isWorkspaceState } from '../session/engine-state';
import { folderNode } from '../terminals/folder-node';
import { EndedTerminals } from './ended-terminals';
import type { RecentCommands } from './recent-commands';
import { literalWords, type RunDefinition, runDefinition, runTaskType, runWords } from './run-definition';

/** Python marks the failing place with a line of its own, or does not; a matcher knows one shape. */
const matchers = ['$slipway-python-traceback', '$slipway-python-traceback-marked'];

/** `bundle` is the folder of our own programs. */
export interface RunTasksOptions {
  bundle: string;
  sessions: EngineSessions;
  recent: RecentCommands;
  notices: Notices;
}

/** Makes, offers and runs tasks of the type `slipway`. */
export class RunTasks implements TaskProvider, Disposable {
  readonly #options: RunTasksOptions;
  readonly #store = new DisposableStore();
  readonly #ended = this.#store.add(new EndedTerminals());

  constructor(options: RunTasksOptions) {
    this.#options = options;
    this.#store.add(tasks.registerTaskProvider(runTaskType, this));
  }

  /** The commands recorded last in each folder. */
  async provideTasks(): Promise<Task[]> {
    const { sessions, recent } = this.#options;
    const open = sessions.all.filter(({ state }) => isWorkspaceState(state));
    const made = open.flatMap((session) =>
      recent
        .of(session.folder.uri.toString())
        .map(({ folder: _, ...rest }) => this.#make(session.folder, { type: runTaskType, ...rest }, literalWords)),
    );
    return Promise.all(made);
  }

  /** Gives a task of tasks.json its process; undefined, with the reason told, when it is not sound. */
  async resolveTask(task: Task): Promise<Task | undefined> {
    const folder = typeof task.scope === 'object' ? task.scope : workspace.workspaceFolders?.[0];
    const read = runDefinition.safeParse(task.definition);
    if (folder === undefined) return undefined;
    if (!read.success) {
      this.#options.notices.tell(unsound(task.name, read.error), { again: true });
      return undefined;
    }
    const made = await this.#make(folder, read.data, (words) => [...words]);
    // VS Code knows the task again by the very definition it asked about. Variables in tasks.json are VS Code's.
    made.definition = task.definition;
    return made;
  }

  /** Records a command now, in a terminal, and remembers it. */
  async run(session: EngineSession, definition: RunDefinition): Promise<TaskExecution> {
    const { command, experiment, cwd } = definition;
    const folder = session.folder.uri.toString();
    const asked = { ...(experiment === undefined ? {} : { experiment }), ...(cwd ? { cwd } : {}) };
    await this.#options.recent.remember({ folder, command, ...asked });
    this.#ended.close();
    return tasks.executeTask(await this.#make(session.folder, definition, literalWords));
  }

  /** The same to its end. Returns its exit code; undefined when its terminal was closed. */
  async runToEnd(session: EngineSession, definition: RunDefinition): Promise<number | undefined> {
    const execution = await this.run(session, definition);
    return new Promise((resolve) => {
      const listener = tasks.onDidEndTaskProcess((end) => {
        if (end.execution !== execution) return;
        listener.dispose();
        resolve(end.exitCode);
      });
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** `passed`: the words as VS Code is given them. */
  async #make(
    folder: WorkspaceFolder,
    definition: RunDefinition,
    passed: (words: readonly string[]) => string[],
  ): Promise<Task> {
    const { bundle } = this.#options;
    const node = await folderNode(bundle, folder);
    const words = [join(bundle, 'cli.js'), 'run', ...passed(runWords(definition, folder.uri.fsPath))];
    const execution = new ProcessExecution(node.command, words, {
      cwd: join(folder.uri.fsPath, definition.cwd ?? ''),
      env: node.env,
    });
    const task = new Task(definition, folder, commandText(definition.command), 'slipway', execution, matchers);
    task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.New };
    if (definition.experiment !== undefined) task.detail = definition.experiment;
    return task;
  }
}

function unsound(name: string, { issues: [issue] }: ZodError): SlipwayError {
  const [field, problem] = [issue?.path.join('.') ?? '', issue?.message ?? ''];
  const sentence = l10n.t('The task {0} cannot be run. Correct its {1} in tasks.json: {2}.', name, field, problem);
  return new SlipwayError('invalid', sentence);
}
