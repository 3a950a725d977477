// What stands around the rows of the Runs view (numbers, messages) and what menus and welcomes are told of them.
import { l10n, type TreeView } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { countText, directionArrow } from '../../protocol/wording';
import { ContextKey } from '../context-key';
import type { RunsListing } from '../filter/runs-listing';
import type { EngineSessions } from '../session/engine-sessions';
import { isWorkspaceState } from '../session/engine-state';
import { ViewMessage } from '../trees/view-message';
import { emptinessOf, messageFor, warningOf } from './emptiness';
import type { FolderRuns } from './folder-runs';
import type { RunsNode } from './run-node';

/** What the view's message and welcome are made from. */
export interface ViewStateOptions {
  tree: TreeView<RunsNode>;
  sessions: EngineSessions;
  listing: RunsListing;
  runs: () => readonly FolderRuns[];
}

/** Keeps title, message, badge and context keys of the Runs view up to date. */
export class ViewState implements Disposable {
  readonly message: ViewMessage<RunsNode>;
  readonly #options: ViewStateOptions;
  readonly #store = new DisposableStore();
  readonly #emptiness = new ContextKey<string>('slipway.runsEmptiness');
  readonly #recorded = new ContextKey<boolean>('slipway.recordedRunning');
  readonly #initialized = new ContextKey<boolean>('slipway.initialized');
  readonly #running = new ContextKey<boolean>('slipway.engineRunning');
  readonly #filtered = new ContextKey<boolean>('slipway.runsFiltered');
  #elsewhere = '';

  constructor(options: ViewStateOptions) {
    this.#options = options;
    this.message = this.#store.add(new ViewMessage(options.tree));
  }

  /** Says what is so now. */
  show(): void {
    const { tree, sessions, listing } = this.#options;
    const runs = this.#options.runs();
    this.#emptiness.set(emptinessOf(sessions.all, runs));
    this.#recorded.set(runs.some(({ recordedRunning }) => recordedRunning.length > 0));
    this.#initialized.set(sessions.all.some(({ state }) => isWorkspaceState(state)));
    this.#running.set(sessions.running.length > 0);
    this.#filtered.set(listing.text !== '');
    // VS Code shows no welcome, and so no button that leads on, below a message.
    const hasRows = runs.some(({ roots }) => roots.length > 0);
    const warning = warningOf(sessions.all);
    // The line is always there, so that the rows stay where they are when it has something to say. That a database was set
    // aside is more than how a first run is made.
    const words = hasRows
      ? (messageFor(sessions.all) ?? warning ?? this.#remark(runs) ?? this.#countWords(runs))
      : warning;
    if (!hasRows) this.message.hush();
    this.message.stay(words);
    // A welcome has fixed words; the numbers stand beside the title.
    const description = hasRows || listing.text !== '' ? this.#description(runs) : this.#elsewhere;
    if ((tree.description ?? '') !== description) tree.description = description;
    const running = sum(runs, ({ runningCount }) => runningCount);
    if ((tree.badge?.value ?? 0) !== running) {
      tree.badge = running === 0 ? undefined : { value: running, tooltip: l10n.t('{0} running', running) };
    }
  }

  /** What other tools keep in the folder, in words; it is told while there is no row. */
  tellElsewhere(words: string): void {
    this.#elsewhere = words;
    this.show();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** What the user should know of the rows although nothing is wrong with the engine. */
  #remark(runs: readonly FolderRuns[]): string | undefined {
    const { problem, text } = this.#options.listing;
    if (problem !== undefined)
      return l10n.t('All runs are shown, because the filter {0} cannot be read. {1}', text, problem);
    const isTrashOnly = runs.every((each) => each.runCount === 0 && each.archivedCount === 0 && each.isLoaded);
    const trash = sum(runs, ({ trashCount }) => trashCount);
    if (isTrashOnly && trash > 0) return l10n.t('Every run is in the trash.');
    // The title has no place for a description while the view is the only one of its container.
    const found = this.#foundWords(runs);
    const order = this.#orderWords();
    if (found === undefined) return order === undefined ? undefined : l10n.t('Sorted {0}', order);
    const filtered = l10n.t('{0} by {1}', found, text);
    return order === undefined ? filtered : l10n.t('{0}, sorted {1}', filtered, order);
  }

  #countWords(runs: readonly FolderRuns[]): string {
    return countText(
      sum(runs, ({ runCount }) => runCount),
      'run',
    );
  }

  /** "12 of 340, filtered", and the order unless it is the usual one. */
  #description(runs: readonly FolderRuns[]): string {
    return [this.#foundWords(runs), this.#orderWords()].filter((words) => words !== undefined).join(' · ');
  }

  #foundWords(runs: readonly FolderRuns[]): string | undefined {
    if (runs.every(({ foundCount }) => foundCount === undefined)) return undefined;
    const found = sum(runs, ({ foundCount }) => foundCount ?? 0).toLocaleString('en-US');
    // Archived runs are part of the whole only where the filter looks among them.
    const all = sum(runs, (each) => each.runCount + (each.countsArchived ? each.archivedCount : 0));
    return l10n.t('{0} of {1}, filtered', found, all.toLocaleString('en-US'));
  }

  #orderWords(): string | undefined {
    const { sort } = this.#options.listing;
    if (sort.by === 'start' && sort.descending) return undefined;
    const by = sort.by === 'metric' ? sort.key : sort.by;
    return l10n.t('by {0} {1}', by, directionArrow(sort.descending ? 'down' : 'up'));
  }
}

function sum(runs: readonly FolderRuns[], count: (each: FolderRuns) => number): number {
  return runs.reduce((total, each) => total + count(each), 0);
}
