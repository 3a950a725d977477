// Each recorded command has a terminal of its own: in one that is used again, VS Code (1.139) finds no problems in the
// output. What is left of an earlier command makes room when the next is started, as a terminal used again would.
import { type Task, tasks, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { runTaskType } from './run-definition';

/** Knows the terminals of recorded commands that have ended. */
export class EndedTerminals implements Disposable {
  readonly #store = new DisposableStore();
  readonly #ended = new Set<string>();

  constructor() {
    const isOurs = ({ definition }: Task): boolean => definition.type === runTaskType;
    this.#store.add(tasks.onDidStartTaskProcess(({ execution: { task } }) => this.#ended.delete(task.name)));
    this.#store.add(
      tasks.onDidEndTaskProcess(({ execution: { task } }) => {
        if (isOurs(task)) this.#ended.add(task.name);
      }),
    );
  }

  /** Closes them. A terminal has the name of its task; one whose name is in use again stays. */
  close(): void {
    for (const terminal of window.terminals) if (this.#ended.has(terminal.name)) terminal.dispose();
    this.#ended.clear();
  }

  dispose(): void {
    this.#store.dispose();
  }
}
