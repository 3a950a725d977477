// Each recorded command has a terminal of its own: in one that is used again, VS Code (1.139) finds no problems in the
// output. What is left of an earlier command makes room when the next is started, as a terminal used again would.
import { type TaskExecution, tasks, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { runTaskType } from './run-definition';

/**
 * Knows the terminals of recorded commands that have ended, by their processes: runs of the same words share a name, and
 * with several folders a terminal is called otherwise than its task.
 */
export class EndedTerminals implements Disposable {
  readonly #store = new DisposableStore();
  readonly #running = new Map<TaskExecution, number>();
  readonly #ended = new Set<number>();

  constructor() {
    this.#store.add(
      tasks.onDidStartTaskProcess(({ execution, processId }) => {
        // The system gives a number again once its process is gone.
        this.#ended.delete(processId);
        if (execution.task.definition.type === runTaskType) this.#running.set(execution, processId);
      }),
    );
    this.#store.add(
      tasks.onDidEndTaskProcess(({ execution }) => {
        const processId = this.#running.get(execution);
        this.#running.delete(execution);
        if (processId !== undefined) this.#ended.add(processId);
      }),
    );
  }

  /** Closes them, each as soon as its process is known; nobody waits for that. */
  close(): void {
    const ended = new Set(this.#ended);
    this.#ended.clear();
    for (const terminal of window.terminals) {
      void terminal.processId.then((id) => {
        if (id !== undefined && ended.has(id)) terminal.dispose();
      });
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}
