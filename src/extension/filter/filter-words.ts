// What a filter could go on with: the words of its grammar, and the values that are there to be found.
import type { EngineClient } from '../../client/engine-client';
import { runState } from '../../protocol/run';
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
    const last = lastWord(text);
    const colon = last.indexOf(':');
    if (colon === -1 || last.startsWith('is:') || last.startsWith('with:')) return grammar(last);
    const word = last.slice(0, colon);
    const begun = last
      .slice(colon + 1)
      .replaceAll('"', '')
      .toLowerCase();
    const values = (await this.#valuesOf(word)).filter((value) => value.toLowerCase().startsWith(begun));
    return values.map((value) => ({ text: `${word}:${quoted(value)}`, says: '' })).filter((each) => each.text !== last);
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

/** Where the last word of a filter begins: after the last space outside quotes. */
export function lastWord(text: string): string {
  return text.match(/(?:[^\s"]|"[^"]*"?)*$/)?.[0] ?? '';
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
  const details = await Promise.all(items.map(({ runId }) => client.api.runs.get.query({ runId })));
  return details.flatMap((run) => {
    if (word === 'dataset') return run.datasets.map(({ name }) => name);
    if (word === 'model') return run.models.map(({ name }) => name);
    const own = run.tags.filter(isOwnTag);
    return word === 'tag' ? own.flatMap(({ key, value }) => [key, `${key}=${value}`]) : [];
  });
}

/** A value as it stands in a filter: in quotes where it would be taken apart. */
export function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}
