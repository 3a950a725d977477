// What a filter could go on with: the words of its grammar, and the values that are there to be found.
import type { EngineClient } from '../../client/engine-client';
import { runState } from '../../protocol/run';
import { lastFilterWord, quotedFilterValue } from '../../protocol/runs/filter-word';
import { runFilterWords } from '../../protocol/runs/run-filter';
import { isOwnTag } from '../../protocol/runs/run-tag';
import { stateWord } from '../../protocol/wording';

/** How many of the latest runs are looked at for values. */
const lookedAt = 30;

/** `text` is the whole word, `says` what it means; empty when it says so itself. */
export interface FilterWord {
  text: string;
  says: string;
}

/** Finds the words of one opening of the picker; values are asked for once. */
export class FilterWords {
  readonly #clients: readonly EngineClient[];
  readonly #values = new Map<string, Promise<string[]>>();

  constructor(clients: readonly EngineClient[]) {
    this.#clients = clients;
  }

  /** What the last word of a filter could become. */
  async after(text: string): Promise<FilterWord[]> {
    const last = lastFilterWord(text);
    const typed = text.slice(last?.start ?? text.length);
    if (last === undefined || last.key === null || ['is', 'with'].includes(last.key)) return grammar(typed);
    const { key, value: begun } = last;
    const values = (await this.#valuesOf(key)).filter((value) => value.toLowerCase().startsWith(begun.toLowerCase()));
    return values
      .map((value) => ({ text: `${key}:${quotedFilterValue(value)}`, says: '' }))
      .filter((each) => each.text !== typed);
  }

  #valuesOf(word: string): Promise<string[]> {
    const known = this.#values.get(word);
    if (known !== undefined) return known;
    const asked = Promise.all(this.#clients.map((client) => valuesIn(client, word)))
      .then((lists) => [...new Set(lists.flat())].sort((a, b) => a.localeCompare(b)))
      .catch(() => []);
    this.#values.set(word, asked);
    return asked;
  }
}

function grammar(begun: string): FilterWord[] {
  return runFilterWords
    .filter(({ word }) => word.startsWith(begun.toLowerCase()) && word !== begun)
    .map(({ word, says }) => ({ text: word, says }));
}

async function valuesIn(client: EngineClient, word: string): Promise<string[]> {
  if (word === 'state') return runState.options.map((state) => stateWord(state).toLowerCase());
  if (word === 'experiment') {
    return (await client.api.experiments.list.query({ limit: 100 })).items.map(({ name }) => name);
  }
  const { items } = await client.api.runs.list.query({ limit: lookedAt });
  // A search's latest runs are its trials: they name it, wherever it stands itself.
  if (word === 'parent')
    return items.flatMap(({ name, parent, childCount }) => [
      ...(childCount > 0 ? [name] : []),
      ...(parent === null ? [] : [parent.name]),
    ]);
  const details = await Promise.all(items.map(({ runId }) => client.api.runs.get.query({ runId })));
  return details.flatMap((run) => {
    if (word === 'dataset') return run.datasets.map(({ name }) => name);
    if (word === 'model') return run.models.map(({ name }) => name);
    const own = run.tags.filter(isOwnTag);
    return word === 'tag' ? own.flatMap(({ key, value }) => [key, `${key}=${value}`]) : [];
  });
}
