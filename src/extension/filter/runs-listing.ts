// Which runs the Runs view lists and in which order: the user's choice, kept with the window's folder.
import { EventEmitter, type Memento } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { isPlainFilter, parseRunFilter, type RunFilter } from '../../protocol/runs/run-filter';
import { type RunSort, runSort, usualRunSort } from '../../protocol/runs/run-sort';

const filterKey = 'slipway.runFilter';
const sortKey = 'slipway.runSort';

/** The filter and the order of the Runs view. */
export class RunsListing implements Disposable {
  readonly #memory: Memento;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** Fires after either changed. */
  readonly onChanged = this.#changed.event;
  #text: string;
  #filter: RunFilter = {};
  #problem: string | undefined;
  #sort: RunSort;

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#text = memory.get<string>(filterKey, '');
    this.#sort = runSort.safeParse(memory.get(sortKey)).data ?? usualRunSort;
    this.#read();
  }

  /** The filter as the user wrote it; empty when there is none. */
  get text(): string {
    return this.#text;
  }

  get filter(): RunFilter {
    return this.#filter;
  }

  get sort(): RunSort {
    return this.#sort;
  }

  /** What is wrong with the text, in one sentence; all runs are listed then. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get isFiltered(): boolean {
    return !isPlainFilter(this.#filter);
  }

  /** Lists what the text asks for; an empty one clears the filter. */
  filterBy(text: string): void {
    this.#text = text.trim();
    this.#read();
    void this.#memory.update(filterKey, this.#text === '' ? undefined : this.#text);
    this.#changed.fire();
  }

  sortBy(sort: RunSort): void {
    this.#sort = sort;
    void this.#memory.update(sortKey, sort);
    this.#changed.fire();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #read(): void {
    const read = parseRunFilter(this.#text);
    this.#filter = 'filter' in read ? read.filter : {};
    this.#problem = 'problem' in read ? read.problem : undefined;
  }
}
