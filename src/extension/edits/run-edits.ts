// Every change that a person makes to runs goes through here: shown at once, then made, then kept for undo.
import { type LogOutputChannel, l10n } from 'vscode';
import { messageOf, SlipwayError } from '../../base/errors';
import { mostChanges, type RunChange } from '../../protocol/runs/run-change';
import { ContextKey } from '../context-key';
import type { EngineSession } from '../session/engine-session';
import type { RunsView } from '../views/runs-view';

const mostSteps = 50;

/** Changes of one folder's runs; `says` is the sentence that tells of them, for example `Starred best.` */
export interface EditStep {
  session: EngineSession;
  changes: RunChange[];
  says: string;
}

/** Makes changes, and takes them back: the last 50 steps of each folder. */
export class RunEdits {
  readonly #view: RunsView;
  readonly #log: LogOutputChannel;
  readonly #canUndo = new ContextKey<boolean>('slipway.canUndo');
  readonly #canRedo = new ContextKey<boolean>('slipway.canRedo');
  #done: EditStep[] = [];
  #undone: EditStep[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(view: RunsView, log: LogOutputChannel) {
    this.#view = view;
    this.#log = log;
  }

  /**
   * Makes an edit. Rows say it at once; when the engine refuses, they go back and its sentence stands above them.
   * Returns that sentence, or undefined when all went well.
   */
  make(edit: EditStep): Promise<string | undefined> {
    return this.#tried(async () => {
      const undo = await this.#send(edit);
      this.#keep('done', { ...edit, changes: undo });
      this.#undone = this.#undone.filter(({ session }) => session !== edit.session);
      this.#view.say(l10n.t('{0} Undo: {1}', edit.says, keyText('Z')));
    });
  }

  /** Takes the last step back. */
  undo(): Promise<string | undefined> {
    return this.#tried(async () => {
      const step = this.#done.pop();
      if (step === undefined) return;
      this.#keep('undone', { ...step, changes: await this.#send(step) });
      this.#view.say(l10n.t('Undone: {0}', lowerFirst(step.says)));
    });
  }

  /** Makes the step again that was taken back last. */
  redo(): Promise<string | undefined> {
    return this.#tried(async () => {
      const step = this.#undone.pop();
      if (step === undefined) return;
      this.#keep('done', { ...step, changes: await this.#send(step) });
      this.#view.say(l10n.t('{0} Undo: {1}', step.says, keyText('Z')));
    });
  }

  /** Sends changes to the engine and returns what leads back. */
  #send({ session, changes }: EditStep): Promise<RunChange[]> {
    if (changes.length > mostChanges) {
      const sentence = l10n.t('At most {0} runs can be changed at once; these are {1}.', mostChanges, changes.length);
      throw new SlipwayError('invalid', sentence);
    }
    const expectation = this.#view.expect(session, changes);
    // One after the other: two changes of one run must not overtake each other.
    const sent = this.#queue.then(async () => (await session.requireClient().api.runs.change.mutate({ changes })).undo);
    this.#queue = sent.catch(() => undefined);
    return sent.then(
      (undo) => {
        expectation.settle();
        return undo;
      },
      (error) => {
        expectation.revert();
        throw error;
      },
    );
  }

  async #tried(work: () => Promise<void>): Promise<string | undefined> {
    let refusal: string | undefined;
    try {
      await work();
    } catch (error) {
      refusal = messageOf(error);
      this.#log.warn(refusal);
      this.#view.say(refusal);
    }
    this.#canUndo.set(this.#done.length > 0);
    this.#canRedo.set(this.#undone.length > 0);
    return refusal;
  }

  #keep(kind: 'done' | 'undone', step: EditStep): void {
    const steps = [...(kind === 'done' ? this.#done : this.#undone), step];
    const own = steps.filter(({ session }) => session === step.session);
    const kept = own.length > mostSteps ? steps.filter((each) => each !== own[0]) : steps;
    if (kind === 'done') this.#done = kept;
    else this.#undone = kept;
  }
}

function keyText(letter: string): string {
  return process.platform === 'darwin' ? `⌘${letter}` : `Ctrl+${letter}`;
}

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
