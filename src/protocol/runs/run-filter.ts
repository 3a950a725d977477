// Which runs to show, as data and as the text a person types: the same words in the editor and on the command line.
import * as z from 'zod';
import { runState } from '../run';
import { stateWord } from '../wording';
import { type FilterWord, filterWordsOf } from './filter-word';

/** So many characters may stand in one word of a filter. */
const longestWord = 1000;
const names = z.array(z.string().min(1).max(longestWord)).max(50);

/**
 * Every part narrows the list; several values of one part widen it. `text` matches name, id prefix, tag values and
 * param values. `tags` with a null value ask only for the key. `experiments`, `datasets` and `models` are names.
 */
export const runFilter = z.object({
  text: z.string().max(10_000).optional(),
  states: z.array(runState).optional(),
  tags: z
    .array(z.object({ key: z.string().min(1), value: z.string().nullable() }))
    .max(50)
    .optional(),
  starred: z.boolean().optional(),
  archived: z.enum(['without', 'with', 'only']).default('without'),
  experiments: names.optional(),
  datasets: names.optional(),
  models: names.optional(),
});
export type RunFilter = z.input<typeof runFilter>;

/** A filter read from text; `problem` is one sentence about the first word that means nothing. */
export type ReadRunFilter = { filter: RunFilter } | { problem: string };

/** What stands before the colon, and an example of each, for whoever offers them. */
export const runFilterWords: readonly { word: string; says: string; example: string }[] = [
  { word: 'is:starred', says: 'runs with a star', example: 'is:starred' },
  { word: 'is:archived', says: 'archived runs only', example: 'is:archived' },
  { word: 'with:archived', says: 'archived runs too', example: 'with:archived' },
  { word: 'state:', says: 'running, queued, finished, failed, stopped or unknown', example: 'state:failed' },
  { word: 'tag:', says: 'runs with a tag, or with a tag of one value', example: 'tag:team=vision' },
  { word: 'experiment:', says: 'runs of one experiment', example: 'experiment:delay' },
  { word: 'dataset:', says: 'runs that used a dataset', example: 'dataset:flights' },
  { word: 'model:', says: 'runs that logged a model', example: 'model:classifier' },
];

const stateByWord: ReadonlyMap<string, z.infer<typeof runState>> = new Map([
  ...runState.options.map((state) => [state, state] as const),
  ...runState.options.map((state) => [stateWord(state).toLowerCase(), state] as const),
]);

/** Reads `state:failed tag:team=vision "two words"`. Words without a colon are searched for as one text. */
export function parseRunFilter(text: string): ReadRunFilter {
  const filter: RunFilter = {};
  const free: string[] = [];
  for (const part of filterWordsOf(text)) {
    if (part.value.length > longestWord)
      return { problem: `A word of a filter has at most ${longestWord} characters.` };
    const problem = part.key === null ? void free.push(part.value) : addPart(filter, part.key, part);
    if (typeof problem === 'string') return { problem };
  }
  if (free.length > 0) filter.text = free.join(' ');
  return { filter };
}

/** True when nothing is filtered out but archived runs. */
export function isPlainFilter(filter: RunFilter): boolean {
  const { text, starred, archived = 'without', states, tags, experiments, datasets, models } = filter;
  const lists: (readonly unknown[] | undefined)[] = [states, tags, experiments, datasets, models];
  const hasList = lists.some((list) => list !== undefined && list.length > 0);
  return !text && starred !== true && archived === 'without' && !hasList;
}

function addPart(filter: RunFilter, word: string, { value, equals }: FilterWord): string | undefined {
  switch (word) {
    case 'is':
    case 'with':
      return addMark(filter, word, value);
    case 'state': {
      const state = stateByWord.get(value.toLowerCase());
      if (state === undefined)
        return `There is no state ${value}; the states are ${runState.options.map((each) => stateWord(each).toLowerCase()).join(', ')}.`;
      filter.states = [...(filter.states ?? []), state];
      return undefined;
    }
    case 'tag': {
      const tag =
        equals === -1 ? { key: value, value: null } : { key: value.slice(0, equals), value: value.slice(equals + 1) };
      if (tag.key === '') return 'tag: wants a key, as in tag:team or tag:team=vision.';
      filter.tags = [...(filter.tags ?? []), tag];
      return undefined;
    }
    case 'experiment':
    case 'dataset':
    case 'model': {
      if (value === '') return `${word}: wants a name.`;
      const part = `${word}s` as const;
      filter[part] = [...(filter[part] ?? []), value];
      return undefined;
    }
    default:
      return `${word}: is no filter; there are ${runFilterWords.map((each) => each.word).join(', ')}. Put text that holds a colon in quotes.`;
  }
}

function addMark(filter: RunFilter, word: 'is' | 'with', value: string): string | undefined {
  if (word === 'is' && value === 'starred') filter.starred = true;
  else if (word === 'is' && value === 'archived') filter.archived = 'only';
  else if (word === 'with' && value === 'archived') filter.archived = 'with';
  else return `${word}:${value} is no filter; there are is:starred, is:archived and with:archived.`;
  return undefined;
}
