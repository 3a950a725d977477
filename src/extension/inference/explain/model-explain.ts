// The host's side of explaining one model's predictions, against the rows that the user chose.
import { l10n, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { ExplainAsk, ExplainAsks, ExplainWork } from '../../../protocol/inference/explain/explain-panel';
import type { ExplainedRows, RowQuery } from '../../../protocol/inference/explain/explanation';
import type { ModelAnswer, ModelInput } from '../../../protocol/inference/model-questions';
import type { GivenInput } from '../../../protocol/inference/prediction';
import type { JobProgress } from '../../../protocol/jobs/job';
import { chooseTable } from '../try/choose-table';
import type { ModelTryOptions } from '../try/model-try';
import { splitColumns, toldBackground } from './background';

type Answers = {
  [Q in ExplainAsk]: (input: ExplainAsks[Q]['input'], signal: AbortSignal) => Promise<ExplainAsks[Q]['answer']>;
};

/** As `slipway explain` takes where nothing is said. */
const backgroundRows = 100;
const importanceRows = 2000;
const shuffles = 5;
/** Milliseconds: hundreds of thousands of rows are run for one explanation. */
const deadline = 120_000;

/** Answers the page of one model. */
export class ModelExplain {
  readonly #options: ModelTryOptions;
  readonly #progress = new Map<ExplainWork, JobProgress>();

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
    background: async () => {
      const kept = this.#options.trials.of(this.#options.path).background;
      return kept === undefined ? null : toldBackground(kept);
    },
    chooseBackground: (_, signal) => this.#choose(signal),
    explainRow: async ({ given }, signal) => this.#work('explainRow', this.#query(given, null), signal),
    whatIf: async ({ given, feature, class: named }, signal) =>
      this.#work('whatIf', { ...this.#query(given, named), feature }, signal),
    importance: async ({ label, metric }, signal) => {
      const { path } = this.#options;
      const terms = { most: importanceRows, seed: 1, repeats: shuffles, target: { output: null, class: null } };
      return this.#work('importance', { path, table: this.#rows(), label, metric, ...terms }, signal);
    },
    explainProgress: async ({ of }) => this.#progress.get(of) ?? null,
  };

  async #work<Q extends ExplainWork>(question: Q, query: ModelInput<Q>, signal: AbortSignal): Promise<ModelAnswer<Q>> {
    const onProgress = (progress: JobProgress): unknown => this.#progress.set(question, progress);
    try {
      return await this.#options.processes.ask(question, query, { signal, deadline, onProgress });
    } finally {
      this.#progress.delete(question);
    }
  }

  async #choose(signal: AbortSignal): Promise<ExplainAsks['chooseBackground']['answer']> {
    const chosen = await chooseTable(this.#options.sessions, l10n.t('Which table has the rows to compare with?'));
    if (chosen === undefined) return null;
    const { source, name, definition } = chosen;
    const { data, processes, path, trials } = this.#options;
    const first = { source, filters: [], offset: 0, limit: 1, sort: [], columns: null };
    const page = await data.ask('gridPage', first, { signal });
    const { inputs } = await processes.ask('form', { path }, { signal });
    const columns = page.columns.map((column) => column.name);
    const background = { name, source, ...splitColumns(columns, inputs), label: definition?.label ?? null };
    trials.keep(path, { background });
    return toldBackground(background);
  }

  #rows(): Extract<ExplainedRows, { kind: 'table' }> {
    const { background } = this.#options.trials.of(this.#options.path);
    if (background === undefined) throw new SlipwayError('not-found', l10n.t('Choose the rows to compare with again.'));
    return { kind: 'table', name: background.name, source: background.source, apart: background.apart };
  }

  #query(given: GivenInput, named: string | null): RowQuery {
    const input: ExplainedRows = { kind: 'given', name: l10n.t('the form'), given };
    const target = { output: null, class: named };
    return { path: this.#options.path, input, row: 1, background: this.#rows(), most: backgroundRows, seed: 1, target };
  }
}
