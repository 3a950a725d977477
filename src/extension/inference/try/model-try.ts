// The host's side of trying one model: runs it, and the one beside it, and reads rows of the table that the user chose.
import { basename } from 'node:path';
import { l10n, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { KeptDataProcess } from '../../../client/data/data-process';
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { ChosenTable, TableColumnFacts, TryAsk, TryAsks } from '../../../protocol/inference/form/try-panel';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import type { EngineSessions } from '../../session/engine-sessions';
import { chooseTable } from './choose-table';
import { pickModel } from './pick-model';

/** `path` is the model's. */
export interface ModelTryOptions {
  path: string;
  processes: ModelPool;
  data: KeptDataProcess;
  sessions: EngineSessions;
}

type Answers = {
  [Q in TryAsk]: (input: TryAsks[Q]['input'], signal: AbortSignal) => Promise<TryAsks[Q]['answer']>;
};

/** Columns whose values are looked at for the form. */
const mostColumns = 200;

/** Answers the page of one model. */
export class ModelTry {
  readonly #options: ModelTryOptions;
  #other: string | undefined;
  #table: TableSource | undefined;

  constructor(options: ModelTryOptions) {
    this.#options = options;
  }

  /** Undefined for a question that is not about trying a model. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    if (!Object.hasOwn(this.#answers, name)) return undefined;
    const question = name as TryAsk;
    if (question !== 'form' && question !== 'trust' && !workspace.isTrusted) return Promise.reject(untrusted());
    // The page is ours and its input typed.
    return this.#answers[question](input as never, signal);
  }

  readonly #answers: Answers = {
    form: (_, signal) => this.#options.processes.ask('form', { path: this.#options.path }, { signal }),
    trust: async () => workspace.isTrusted,
    takeInput: ({ given }, signal) =>
      this.#options.processes.ask('takeInput', { path: this.#options.path, given }, { signal }),
    predict: ({ given }, signal) =>
      this.#options.processes.ask('predict', { path: this.#options.path, given, outputs: null }, { signal }),
    predictOther: async ({ given }, signal) => {
      if (this.#other === undefined) throw new SlipwayError('not-found', l10n.t('Choose the other model again.'));
      const [path, { processes }] = [this.#other, this.#options];
      const { labels } = await processes.ask('outline', { path }, { signal });
      return { ...(await processes.ask('predict', { path, given, outputs: null }, { signal })), said: labels };
    },
    chooseModel: async () => {
      const picked = await pickModel(l10n.t('Try Against'));
      if (picked === undefined) return null;
      this.#other = picked.fsPath;
      return basename(picked.fsPath);
    },
    chooseTable: (_, signal) => this.#chooseTable(signal),
    tableRow: ({ row }, signal) => this.#tableRow(row, signal),
  };

  async #chooseTable(signal: AbortSignal): Promise<ChosenTable | null> {
    const chosen = await chooseTable(this.#options.sessions, l10n.t('Which table is the row from?'));
    if (chosen === undefined) return null;
    const { source, name } = chosen;
    const { data } = this.#options;
    const { rows } = await data.ask('gridCount', { source, filters: [] }, { signal });
    if (rows === 0) throw new SlipwayError('invalid', l10n.t('{0} has no row.', name));
    const page = await data.ask(
      'gridPage',
      { source, filters: [], offset: 0, limit: 1, sort: [], columns: null },
      { signal },
    );
    const names = page.columns.map((column) => column.name);
    const heads = await data.ask('gridHeads', { source, columns: names.slice(0, mostColumns) }, { signal });
    const columns = heads.columns.map(({ name: column, top, histogram, distinct }): TableColumnFacts => {
      const texts = top.flatMap(({ value }) => (value === null ? [] : [String(value)]));
      const [low, high] = [histogram?.edges[0] ?? null, histogram?.edges.at(-1) ?? null];
      return { name: column, choices: histogram === null && distinct <= texts.length ? texts.sort() : [], low, high };
    });
    this.#table = source;
    return { name, rows, columns };
  }

  async #tableRow(row: number, signal: AbortSignal): Promise<Record<string, string | null>> {
    const source = this.#table;
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
