// The steps that can be taken back and made again, the latest last. A step stands here from the moment the user asks for
// it, before the engine has made it: so the key that takes back the last step never takes back the one before it.
import type { RunChange } from '../../protocol/runs/run-change';
import type { EngineSession } from '../session/engine-session';

const mostSteps = 50;

/** Changes of one folder's runs; `says` is the sentence that tells of them, for example `Starred best.` */
export interface EditStep {
  session: EngineSession;
  changes: RunChange[];
  says: string;
}

/** A step, and what leads from it: the engine's answer, on its way or there. */
export interface KeptStep extends EditStep {
  /** Rejects when the step was refused. */
  inverse: Promise<RunChange[]>;
}

/** Two stacks of steps, each with the last 50 of every folder. */
export class EditHistory {
  #done: KeptStep[] = [];
  #undone: KeptStep[] = [];

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Adds a step that the user has just made: what was undone before it cannot be made again. */
  add(step: KeptStep): void {
    this.#undone = this.#undone.filter(({ session }) => session !== step.session);
    this.#done = kept([...this.#done, step]);
  }

  /** The last step that was made. */
  get last(): KeptStep | undefined {
    return this.#done.at(-1);
  }

  /** Takes the last step off a stack. */
  take(from: 'done' | 'undone'): KeptStep | undefined {
    return from === 'done' ? this.#done.pop() : this.#undone.pop();
  }

  /** Puts a step on a stack: the inverse of one that was taken off, or that one again after it was refused. */
  put(on: 'done' | 'undone', step: KeptStep): void {
    if (on === 'done') this.#done = kept([...this.#done, step]);
    else this.#undone = kept([...this.#undone, step]);
  }

  /** Takes out the steps of all other folders: those have left the window. */
  keepOnly(open: readonly EngineSession[]): void {
    this.#done = this.#done.filter(({ session }) => open.includes(session));
    this.#undone = this.#undone.filter(({ session }) => open.includes(session));
  }

  /** Takes out a step that was never made. */
  drop(step: KeptStep): void {
    this.#done = this.#done.filter((each) => each !== step);
    this.#undone = this.#undone.filter((each) => each !== step);
  }
}

function kept(steps: KeptStep[]): KeptStep[] {
  const last = steps.at(-1);
  const own = steps.filter(({ session }) => session === last?.session);
  return own.length > mostSteps ? steps.filter((each) => each !== own[0]) : steps;
}
