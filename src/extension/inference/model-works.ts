// Long work on one model, asked for by its page: it goes on without the page, and what came of it is kept.
import type { Memento } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { NodeChoiceOptions } from '../../client/node-choice';
import { ModelBenchmark } from './benchmark/model-benchmark';
import type { GoingWork } from './kept-works';
import { ModelMemory } from './model-memory';
import { ModelTable } from './table/model-table';
import type { TableOptions } from './table/table-plan';

/** `node`: which Node runs what is started here; `memory` is that of the workspace. */
export interface ModelWorksOptions extends TableOptions {
  node: () => NodeChoiceOptions;
  memory: Memento;
}

/** Ends what goes on when it is disposed of. */
export class ModelWorks implements Disposable {
  readonly #store = new DisposableStore();
  readonly #table: ModelTable;
  readonly #benchmark: ModelBenchmark;

  constructor({ memory, ...options }: ModelWorksOptions) {
    this.#table = this.#store.add(new ModelTable({ ...options, memory: new ModelMemory(memory, 'table') }));
    this.#benchmark = this.#store.add(new ModelBenchmark({ ...options, memory: new ModelMemory(memory, 'benchmark') }));
  }

  /** Undefined for a question that is about neither. */
  ask(name: string, input: unknown, signal: AbortSignal): Promise<unknown> | undefined {
    return this.#table.ask(name, input, signal) ?? this.#benchmark.ask(name, input);
  }

  /** What goes on now. */
  get going(): GoingWork[] {
    return [this.#table.work, this.#benchmark.work].flatMap((work) => work ?? []);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
