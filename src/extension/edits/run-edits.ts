// Every change that a person makes to runs goes through here: shown at once, then made, then kept for undo.
import { isDeepStrictEqual } from 'node:util';
import { type LogOutputChannel, l10n } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf, SlipwayError } from '../../base/errors';
import { asSlipwayError } from '../../client/engine-client';
import { mostChanges, type RunChange } from '../../protocol/runs/run-change';
import { ContextKey } from '../context-key';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import type { RunsView } from '../views/runs-view';
import { EditHistory, type EditStep, type KeptStep } from './edit-history';

/** Where changes are shown, and whose folders they are of. */
interface RunEditsOptions {
  view: RunsView;
  sessions: EngineSessions;
  log: LogOutputChannel;
}

/** Makes changes, and takes them back. */
export class RunEdits implements Disposable {
  readonly #view: RunsView;
  readonly #sessions: EngineSessions;
  readonly #log: LogOutputChannel;
  readonly #canUndo = new ContextKey<boolean>('slipway.canUndo');
  readonly #canRedo = new ContextKey<boolean>('slipway.canRedo');
  readonly #history = new EditHistory();
  readonly #store = new DisposableStore();
  /** What each folder's engine was sent last: two changes of one run must not overtake each other. */
  readonly #sent = new WeakMap<EngineSession, Promise<unknown>>();
  /** One step back or forth after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ view, sessions, log }: RunEditsOptions) {
    this.#view = view;
    this.#sessions = sessions;
    this.#log = log;
    this.#store.add(sessions.onListChanged(() => this.#tell()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /**
   * Makes an edit. Rows say it at once; when the engine refuses, they go back and its sentence stands above them.
   * Returns that sentence, or undefined when all went well.
   */
  make(edit: EditStep): Promise<string | undefined> {
    return this.#tried(async () => {
      const step = this.#begin(edit);
      this.#history.add(step);
      this.#tell();
      try {
        await step.inverse;
      } catch (error) {
        this.#history.drop(step);
        throw error;
      }
      this.#view.say(l10n.t('{0} Undo: {1}', edit.says, keyText('Z')));
    });
  }

  /**
   * Keeps a step that was made elsewhere, by a panel; `undo` leads back from it. One that leads back from the last step
   * takes that off.
   */
  async adopt(step: EditStep, undo: RunChange[]): Promise<void> {
    const { last } = this.#history;
    const back = await last?.inverse.catch(() => undefined);
    if (last?.session === step.session && isDeepStrictEqual(back, step.changes)) this.#history.drop(last);
    else this.#history.add({ ...step, inverse: Promise.resolve(undo) });
    this.#tell();
  }

  /** Takes the last step back, once it is made. */
  undo(): Promise<string | undefined> {
    return this.#lead('done', 'undone', ({ says }) => l10n.t('Undone: {0}', lowerFirst(says)));
  }

  /** Makes the step again that was taken back last. */
  redo(): Promise<string | undefined> {
    return this.#lead('undone', 'done', ({ says }) => l10n.t('{0} Undo: {1}', says, keyText('Z')));
  }

  /** Makes the inverse of the last step of one stack and keeps it on the other; a refused one stays where it was. */
  #lead(from: 'done' | 'undone', to: 'done' | 'undone', says: (step: EditStep) => string): Promise<string | undefined> {
    const led = this.#turn.then(() =>
      this.#tried(async () => {
        const step = this.#history.take(from);
        if (step === undefined) return;
        // A step that was refused has said so itself, and there is nothing to lead back from.
        const changes = await step.inverse.catch(() => undefined);
        if (changes === undefined) return;
        const { session } = step;
        try {
          const inverse = this.#begin({ session, changes, says: step.says });
          await inverse.inverse;
          this.#history.put(to, inverse);
        } catch (error) {
          // What somebody else has changed since is theirs: the step is given up.
          if (!SlipwayError.is(error, 'conflict')) this.#history.put(from, step);
          throw error;
        }
        this.#view.say(says(step));
      }),
    );
    this.#turn = led;
    return led;
  }

  /** Shows changes and sends them to the engine. Throws SlipwayError `invalid` when they are too many. */
  #begin(edit: EditStep): KeptStep {
    const { session, changes } = edit;
    if (changes.length > mostChanges) {
      const sentence = l10n.t('At most {0} runs can be changed at once; these are {1}.', mostChanges, changes.length);
      throw new SlipwayError('invalid', sentence);
    }
    const expectation = this.#view.expect(session, changes);
    const before = this.#sent.get(session) ?? Promise.resolve();
    const inverse = before
      .then(async (): Promise<RunChange[]> => (await session.requireClient().api.runs.change.mutate({ changes })).undo)
      .then(
        (undo) => {
          expectation.settle();
          return undo;
        },
        (error: unknown) => {
          expectation.revert();
          throw asSlipwayError(error);
        },
      );
    this.#sent.set(
      session,
      inverse.catch(() => undefined),
    );
    return { ...edit, inverse };
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
    this.#tell();
    return refusal;
  }

  /** A step that was on its way when its folder left the window goes with the others of that folder. */
  #tell(): void {
    this.#history.keepOnly(this.#sessions.all);
    this.#canUndo.set(this.#history.canUndo);
    this.#canRedo.set(this.#history.canRedo);
  }
}

function keyText(letter: string): string {
  return process.platform === 'darwin' ? `⌘${letter}` : `Ctrl+${letter}`;
}

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
