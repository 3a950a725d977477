// The host's side of trying one model: runs it, and the one beside it, and reads rows of the table that the user chose.
import { basename } from 'node:path';
import { l10n, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { KeptDataProcess } from '../../../client/data/data-process';
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { ChosenTable, KeptTrial, TryAsk, TryAsks } from '../../../protocol/inference/form/try-panel';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import type { EngineSessions } from '../../session/engine-sessions';
import { chooseTable } from './choose-table';
import type { KeptTrials } from './kept-trials';
import { pickModel } from './pick-model';
import { TrainingLookup } from './training-lookup';

/** `path` is the model's. */
export interface ModelTryOptions {
  path: string;
  processes: ModelPool;
  data: KeptDataProcess;
  sessions: EngineSessions;
  trials: KeptTrials;
}

type Answers = {
  [Q in TryAsk]: (input: TryAsks[Q]['input'], signal: AbortSignal) => Promise<TryAsks[Q]['answer']>;
};

/** Answered in folders that are not trusted, too. */
const ofAnyone: ReadonlySet<TryAsk> = new Set<TryAsk>(['form', 'training', 'trust']);

/** Answers the page of one model. */
export class ModelTry {
  readonly #options: ModelTryOptions;
  readonly training: TrainingLookup;

  constructor(options: ModelTryOptions) {
    this.#options = options;
    this.training = new TrainingLookup(options);
  }

  /** Undefined for a question that is not about trying a model. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    if (!Object.hasOwn(this.#answers, name)) return undefined;
    const question = name as TryAsk;
    if (!ofAnyone.has(question) && !workspace.isTrusted) return Promise.reject(untrusted());
    // The page is ours and its input typed.
    return this.#answers[question](input as never, signal);
  }

  readonly #answers: Answers = {
    form: (_, signal) => this.#options.processes.ask('form', { path: this.#options.path }, { signal }),
    training: (_, signal) => this.training.find(signal),
    kept: (_, signal) => this.#kept(signal),
    picture: ({ of }) => this.#options.trials.picture(this.#options.path, of),
    keepPicture: async ({ of, picture }) => {
      await this.#options.trials.keepPicture(this.#options.path, of, picture);
      return null;
    },
    trust: async () => workspace.isTrusted,
    takeInput: ({ given }, signal) =>
      this.#options.processes.ask('takeInput', { path: this.#options.path, given }, { signal }),
    predict: ({ given }, signal) =>
      this.#options.processes.ask('predict', { path: this.#options.path, given, outputs: null }, { signal }),
    predictOther: async ({ given }, signal) => {
      const { processes, trials } = this.#options;
      const path = trials.of(this.#options.path).other;
      if (path === undefined) throw new SlipwayError('not-found', l10n.t('Choose the other model again.'));
      const { labels } = await processes.ask('outline', { path }, { signal });
      return { ...(await processes.ask('predict', { path, given, outputs: null }, { signal })), said: labels };
    },
    chooseModel: async () => {
      const picked = await pickModel(l10n.t('Try Against'));
      if (picked === undefined) return null;
      this.#options.trials.keep(this.#options.path, { other: picked.fsPath });
      return basename(picked.fsPath);
    },
    chooseTable: (_, signal) => this.#chooseTable(signal),
    tableRow: ({ row }, signal) => this.#tableRow(row, signal),
  };

  async #chooseTable(signal: AbortSignal): Promise<ChosenTable | null> {
    const chosen = await chooseTable(this.#options.sessions, l10n.t('Which table is the row from?'));
    if (chosen === undefined) return null;
    const { trials, path } = this.#options;
    const table = await this.#opened(chosen, signal);
    trials.keep(path, { table: { name: chosen.name, source: chosen.source } });
    return table;
  }

  async #opened({ source, name }: { source: TableSource; name: string }, signal: AbortSignal): Promise<ChosenTable> {
    const { data } = this.#options;
    const facts = await data.ask('columnFacts', { source }, { signal });
    const { rows } = facts.isWhole ? facts : await data.ask('gridCount', { source, filters: [] }, { signal });
    if (rows === 0) throw new SlipwayError('invalid', l10n.t('{0} has no row.', name));
    return { name, rows, facts };
  }

  async #kept(signal: AbortSignal): Promise<KeptTrial> {
    const { other, table } = this.#options.trials.of(this.#options.path);
    // A table that is gone is chosen no more.
    const opened = table === undefined ? null : await this.#opened(table, signal).catch(() => null);
    return { other: other === undefined ? null : basename(other), table: opened };
  }

  async #tableRow(row: number, signal: AbortSignal): Promise<Record<string, string | null>> {
    const { trials, path } = this.#options;
    const source = trials.of(path).table?.source;
    if (source === undefined) throw new SlipwayError('not-found', l10n.t('Choose the table again.'));
    const query = { source, filters: [], offset: row - 1, limit: 1, sort: [], columns: null };
    const { columns, rows } = await this.#options.data.ask('gridPage', query, { signal });
    const cells = rows[0]?.cells;
    if (cells === undefined) throw new SlipwayError('not-found', l10n.t('The table has no row {0}.', row));
    return Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null]));
  }
}

function untrusted(): SlipwayError {
  return new SlipwayError('forbidden', l10n.t('Models are run in trusted folders only.'));
}
