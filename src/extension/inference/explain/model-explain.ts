// The host's side of explaining one model's predictions, against the rows that the user chose.
import { l10n, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { ExplainAsk, ExplainAsks } from '../../../protocol/inference/explain/explain-panel';
import type { ExplainedRows, RowQuery } from '../../../protocol/inference/explain/explanation';
import type { GivenInput } from '../../../protocol/inference/prediction';
import { columnsApart } from '../../../protocol/inference/table/columns-apart';
import { chooseTable } from '../try/choose-table';
import type { ModelTryOptions } from '../try/model-try';

type Answers = {
  [Q in ExplainAsk]: (input: ExplainAsks[Q]['input'], signal: AbortSignal) => Promise<ExplainAsks[Q]['answer']>;
};

const backgroundRows = 100;
/** Milliseconds: hundreds of thousands of rows are run for one explanation. */
const deadline = 120_000;

/** Answers the page of one model. */
export class ModelExplain {
  readonly #options: ModelTryOptions;
  #background: ExplainedRows | undefined;

  constructor(options: ModelTryOptions) {
    this.#options = options;
  }

  /** Undefined for a question that is not about explaining. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    if (!Object.hasOwn(this.#answers, name)) return undefined;
    if (!workspace.isTrusted) {
      return Promise.reject(new SlipwayError('forbidden', l10n.t('Models are run in trusted folders only.')));
    }
    // The page is ours and its input typed.
    return this.#answers[name as ExplainAsk](input as never, signal);
  }

  readonly #answers: Answers = {
    chooseBackground: (_, signal) => this.#choose(signal),
    explainRow: async ({ given }, signal) =>
      this.#options.processes.ask('explainRow', this.#query(given, null), { signal, deadline }),
    whatIf: async ({ given, feature, class: named }, signal) =>
      this.#options.processes.ask('whatIf', { ...this.#query(given, named), feature }, { signal, deadline }),
  };

  async #choose(signal: AbortSignal): Promise<string | null> {
    const chosen = await chooseTable(this.#options.sessions, l10n.t('Which table has the rows to compare with?'));
    if (chosen === undefined) return null;
    const { source, name } = chosen;
    const { data, processes, path } = this.#options;
    const first = { source, filters: [], offset: 0, limit: 1, sort: [], columns: null };
    const page = await data.ask('gridPage', first, { signal });
    const { inputs } = await processes.ask('form', { path }, { signal });
    const columns = page.columns.map((column) => column.name);
    const [only] = inputs;
    const apart = inputs.length === 1 && only?.kind === 'fields' ? columnsApart(columns, only) : [];
    this.#background = { kind: 'table', name, source, apart };
    return name;
  }

  #query(given: GivenInput, named: string | null): RowQuery {
    const background = this.#background;
    if (background === undefined) throw new SlipwayError('not-found', l10n.t('Choose the rows to compare with again.'));
    const input: ExplainedRows = { kind: 'given', name: l10n.t('the form'), given };
    const target = { output: null, class: named };
    return { path: this.#options.path, input, row: 1, background, most: backgroundRows, seed: 1, target };
  }
}
