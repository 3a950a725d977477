// Gates that went on while their window was closed or reloaded: they ended with it, which the next window says.
import { commands, l10n, type Memento, window, workspace } from 'vscode';
import type { Disposable } from '../../../base/disposable';

/** A gate that was started from this window. `folder` is a URI as text. */
export interface StartedGate {
  folder: string;
  name: string;
  version: string;
}

const key = 'slipway.startedGates';

/** Says at once which gates the window before took with it. */
export class InterruptedGates implements Disposable {
  readonly #memory: Memento;
  #started: StartedGate[] = [];
  #isClosing = false;

  constructor(memory: Memento) {
    this.#memory = memory;
    const before = memory.get<StartedGate[]>(key, []);
    if (before.length > 0) void memory.update(key, undefined);
    const isHere = ({ folder }: StartedGate): boolean =>
      workspace.workspaceFolders?.some(({ uri }) => uri.toString() === folder) ?? false;
    for (const gate of before.filter(isHere)) void say(gate);
  }

  /** Remembers the gate while `work` goes on. */
  async during<T>(gate: StartedGate, work: () => Promise<T>): Promise<T> {
    this.#keep([...this.#started, gate]);
    try {
      return await work();
    } finally {
      // What ends because the window does was interrupted.
      if (!this.#isClosing) this.#keep(this.#started.filter((other) => other !== gate));
    }
  }

  dispose(): void {
    this.#isClosing = true;
  }

  #keep(started: StartedGate[]): void {
    this.#started = started;
    void this.#memory.update(key, started);
  }
}

async function say(gate: StartedGate): Promise<void> {
  const again = l10n.t('Run Again');
  const what = `${gate.name}@${gate.version}`;
  const sentence = l10n.t('The gate of {0} was interrupted when its window closed. Nothing was changed.', what);
  if ((await window.showWarningMessage(sentence, again)) === again)
    await commands.executeCommand('slipway.runGate', gate);
}
