// The host's side of predicting a whole table: it goes on without the page.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { commands, l10n, Uri, workspace } from 'vscode';
import type { Disposable } from '../../../base/disposable';
import { messageOf, SlipwayError } from '../../../base/errors';
import { fairnessInProcess } from '../../../client/comparison/comparison-process';
import { modelWork } from '../../../client/model/model-work';
import type { NodeChoiceOptions } from '../../../client/node-choice';
import type { Fairness } from '../../../protocol/comparison/fairness';
import type {
  GroupsQuery,
  TableAsk,
  TableAsks,
  TableOutcome,
  TableState,
  TableWork,
} from '../../../protocol/inference/table/table-panel';
import type { JobProgress } from '../../../protocol/jobs/job';
import type { GoingWork, WorkEnd } from '../kept-works';
import { type ModelMemory, stampOf } from '../model-memory';
import {
  agreedPlan,
  chooseOutput,
  pathText,
  plannedTable,
  planTable,
  type TableOptions,
  type TablePlan,
} from './table-plan';

/** What is kept of the last table: what the page shows, where its predictions are, and the model as it was. */
export interface KeptTable {
  outcome: Omit<TableOutcome, 'isStale' | 'file' | 'output'>;
  output: string;
  stamp: string;
  outputStamp: string;
  plan: TablePlan;
}

/** `node`: which Node runs what is started here. */
export interface ModelTableOptions extends TableOptions {
  node: () => NodeChoiceOptions;
  memory: ModelMemory<KeptTable>;
}

type Answers = {
  [Q in TableAsk]: (input: TableAsks[Q]['input'], signal: AbortSignal) => Promise<TableAsks[Q]['answer']>;
};

interface Going {
  abort: AbortController;
  began: number;
  progress: JobProgress;
  name: string;
  ended: Promise<WorkEnd>;
}

/** Answers the page of one model. */
export class ModelTable implements Disposable {
  readonly #options: ModelTableOptions;
  #plan: TablePlan | undefined;
  #going: Going | undefined;
  #ended: Exclude<TableWork, { kind: 'works' }> = { kind: 'rests' };

  constructor(options: ModelTableOptions) {
    this.#options = options;
    this.#plan = options.memory.of(options.path)?.plan;
  }

  /** Undefined for a question that is not about tables. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    if (!Object.hasOwn(this.#answers, name)) return undefined;
    if (name !== 'table' && !workspace.isTrusted) {
      return Promise.reject(new SlipwayError('forbidden', l10n.t('Models are run in trusted folders only.')));
    }
    // The page is ours and its input typed.
    return this.#answers[name as TableAsk](input as never, signal);
  }

  dispose(): void {
    this.#going?.abort.abort();
  }

  readonly #answers: Answers = {
    table: async () => this.#state,
    planTable: async (_, signal) => {
      const plan = await planTable(this.#options, signal);
      if (plan === undefined) return false;
      this.#plan = plan;
      this.#ended = { kind: 'rests' };
      return true;
    },
    assignColumns: async (roles) => {
      this.#plan = { ...this.#required(), roles };
      return null;
    },
    chooseOutput: async () => {
      this.#plan = await chooseOutput(this.#required());
      return null;
    },
    predictTable: async () => {
      if (this.#going !== undefined) return true;
      const plan = await agreedPlan(this.#required(), this.#options.path);
      if (plan === undefined) return false;
      this.#begin(plan);
      return true;
    },
    stopTable: async () => {
      this.#going?.abort.abort();
      return null;
    },
    openPredictions: async () => {
      const { output } = this.#kept();
      if (!existsSync(output)) throw new SlipwayError('not-found', l10n.t('{0} is gone.', pathText(output)));
      await commands.executeCommand('slipway.openAsTable', Uri.file(output));
      return null;
    },
    fairness: (query, signal) => this.#fairness(query, signal),
  };

  get #state(): TableState {
    const kept = this.#options.memory.of(this.#options.path);
    const outcome = kept && {
      ...kept.outcome,
      output: pathText(kept.output),
      isStale: kept.stamp !== stampOf(this.#options.path),
      file: fileState(kept),
    };
    return {
      planned: this.#plan === undefined ? null : plannedTable(this.#plan),
      work: this.#work,
      outcome: outcome ?? null,
    };
  }

  get #work(): TableWork {
    if (this.#going === undefined) return this.#ended;
    const { abort, began, progress } = this.#going;
    return { kind: 'works', ...progress, milliseconds: Date.now() - began, isStopping: abort.signal.aborted };
  }

  /** What goes on now, for whoever shows it in place of the page. */
  get work(): GoingWork | undefined {
    const going = this.#going;
    if (going === undefined) return undefined;
    return {
      title: l10n.t('Predicting {0}', going.name),
      get progress() {
        return going.progress;
      },
      ended: going.ended,
      stop: () => going.abort.abort(),
    };
  }

  #begin(plan: TablePlan): void {
    const going: Omit<Going, 'ended'> = {
      abort: new AbortController(),
      began: Date.now(),
      progress: { what: '', done: 0, total: plan.rows },
      name: plan.name,
    };
    this.#going = Object.assign(going, { ended: this.#predict(plan, going) });
  }

  async #predict(plan: TablePlan, going: Omit<Going, 'ended'>): Promise<WorkEnd> {
    const { path, memory, node } = this.#options;
    const stamp = stampOf(path);
    const onProgress = (progress: JobProgress): void => {
      going.progress = progress;
    };
    try {
      const query = { path, source: plan.source, output: plan.output, ...plan.roles };
      const hearing = { node: node(), signal: going.abort.signal, onProgress };
      const { answer: _, output, ...told } = await modelWork('batch', query, hearing);
      const { label, slices } = plan.roles;
      const outcome = { ...told, table: plan.name, label, slices, time: Date.now() };
      this.#plan = { ...(this.#plan ?? plan), overwrites: false };
      memory.keep(path, { outcome, output, outputStamp: stampOf(output), stamp, plan: { ...plan, overwrites: false } });
      this.#ended = { kind: 'rests' };
      return { kind: 'done' };
    } catch (error) {
      const end = going.abort.signal.aborted
        ? ({ kind: 'cancelled' } as const)
        : ({ kind: 'failed', message: messageOf(error) } as const);
      this.#ended = end;
      return end;
    } finally {
      this.#going = undefined;
    }
  }

  #fairness({ group, positive, leastRows }: GroupsQuery, signal: AbortSignal): Promise<Fairness> {
    const { output, outcome } = this.#kept();
    const file = { path: output, name: basename(output) };
    const amounts = outcome.judged?.kind === 'numbers';
    const question = { file, groups: [group], together: false, positive, amounts, leastRows };
    return fairnessInProcess(question, { ...this.#options.node(), signal });
  }

  #required(): TablePlan {
    if (this.#plan === undefined) throw new SlipwayError('not-found', l10n.t('Choose a table first.'));
    return this.#plan;
  }

  #kept(): KeptTable {
    const kept = this.#options.memory.of(this.#options.path);
    if (kept === undefined) throw new SlipwayError('not-found', l10n.t('Predict a table first.'));
    return kept;
  }
}

function fileState({ output, outputStamp }: KeptTable): TableOutcome['file'] {
  const now = stampOf(output);
  if (now === '') return 'gone';
  return now === outputStamp ? 'there' : 'changed';
}
