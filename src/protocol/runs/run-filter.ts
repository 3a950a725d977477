// Which runs to show, as data and as the text a person types: the same words in the editor and on the command line.
import * as z from 'zod';
import { runState } from '../run';
import { stateWord } from '../wording';
import { type FilterWord, filterWordsOf } from './filter-word';

/** So many characters may stand in one word of a filter. */
const longestWord = 1000;
const mostAlternatives = 20;
const names = z.array(z.string().min(1).max(longestWord)).max(50);

/** How a value is compared; params that say a number, and metrics, as numbers. */
export const comparisons = ['>=', '<=', '!=', '>', '<', '='] as const;

/** A param, or the last value of a metric, compared with a value. */
const condition = z.object({
  of: z.enum(['param', 'metric']),
  key: z.string().min(1).max(longestWord),
  is: z.enum(comparisons),
  value: z.string().max(longestWord),
});
export type RunCondition = z.infer<typeof condition>;

/**
 * Every part narrows the list; several values of one part widen it. `text` matches name, id prefix, tag values and
 * param values. `tags` with a null value ask only for the key. `experiments`, `datasets` and `models` are names; `parents`
 * are names or ids of runs whose child runs are found.
 */
const part = z.object({
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
  parents: names.optional(),
  where: z.array(condition).max(50).optional(),
});

/** `or` lists further filters: a run that one of them finds is found, too. */
export const runFilter = part.extend({ or: z.array(part).max(20).optional() });
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
  { word: 'parent:', says: 'child runs of a run, by its name or id', example: 'parent:sweep' },
  { word: 'param:', says: 'runs with a param of a value: =, !=, >, >=, < or <=', example: 'param:lr>=0.01' },
  { word: 'metric:', says: 'runs by the last value of a metric', example: 'metric:roc_auc>0.9' },
  { word: 'OR', says: 'runs that match what stands before it or behind it', example: 'state:failed OR is:starred' },
];

const stateByWord: ReadonlyMap<string, z.infer<typeof runState>> = new Map([
  ...runState.options.map((state) => [state, state] as const),
  ...runState.options.map((state) => [stateWord(state).toLowerCase(), state] as const),
]);

/**
 * Reads `state:failed tag:team=vision "two words" OR is:starred`. Words without a colon are searched for as one text; OR
 * stands between filters of which one is enough, AND may stand between what must all be so.
 */
export function parseRunFilter(text: string): ReadRunFilter {
  const filters: RunFilter[] = [];
  for (const words of filterAlternatives(text)) {
    const read = readPart(words);
    if ('problem' in read) return read;
    filters.push(read.filter);
  }
  const [first = {}, ...or] = filters;
  if (or.length > mostAlternatives) return { problem: `A filter has at most ${mostAlternatives} times OR.` };
  return { filter: or.length === 0 ? first : { ...first, or } };
}

/** The words of a filter's text between its ORs; AND, which changes nothing, is left out. */
export function filterAlternatives(text: string): FilterWord[][] {
  const alternatives: FilterWord[][] = [[]];
  for (const word of filterWordsOf(text)) {
    const plain = word.key === null ? text.slice(word.start, word.end) : '';
    if (plain === 'OR') alternatives.push([]);
    else if (plain !== 'AND') alternatives.at(-1)?.push(word);
  }
  return alternatives.length === 1 ? alternatives : alternatives.filter((words) => words.length > 0);
}

function readPart(words: readonly FilterWord[]): ReadRunFilter {
  const filter: RunFilter = {};
  const free: string[] = [];
  for (const word of words) {
    if (word.value.length > longestWord)
      return { problem: `A word of a filter has at most ${longestWord} characters.` };
    const problem = word.key === null ? void free.push(word.value) : addPart(filter, word.key, word);
    if (typeof problem === 'string') return { problem };
  }
  const text = free.join(' ');
  const problem = ofAnotherGrammar(text);
  if (problem !== undefined) return { problem };
  if (text !== '') filter.text = text;
  return { filter };
}

/** Whoever writes MLflow's grammar here would search for it as text, find nothing, and not know why. */
function ofAnotherGrammar(text: string): string | undefined {
  const written = /^(metric|param|tag)s?\.([^\s<>=!]+)\s*(>=|<=|!=|>|<|=)\s*['"]?([^\s'"]*)/i.exec(text);
  const [, of = '', key = '', sign = '', value = ''] = written ?? [];
  if (key === '' || (of.toLowerCase() === 'tag' && sign !== '=')) return undefined;
  const here = `${of.toLowerCase()}:${key.replaceAll('`', '')}${sign}${value}`;
  return `Here this is written ${here}, without blanks. \`slipway runs query\` and MLflow's clients take MLflow's grammar.`;
}

/** True when nothing is filtered out but archived runs. */
export function isPlainFilter(filter: RunFilter): boolean {
  const {
    text,
    starred,
    archived = 'without',
    states,
    tags,
    experiments,
    datasets,
    models,
    parents,
    where,
    or,
  } = filter;
  const lists: (readonly unknown[] | undefined)[] = [
    ...[states, tags, experiments, datasets],
    ...[models, parents, where, or],
  ];
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
    case 'param':
    case 'metric':
      return addCondition(filter, word, value);
    case 'experiment':
    case 'dataset':
    case 'model':
    case 'parent': {
      if (value === '') return `${word}: wants a name.`;
      const part = `${word}s` as const;
      filter[part] = [...(filter[part] ?? []), value];
      return undefined;
    }
    default:
      return `${word}: is no filter; there are ${runFilterWords.map((each) => each.word).join(', ')}. Put text that holds a colon in quotes.`;
  }
}

function addCondition(filter: RunFilter, of: RunCondition['of'], text: string): string | undefined {
  const [, key = '', sign, value = ''] = /^([^<>=!]+)(>=|<=|!=|>|<|=)([\s\S]*)$/.exec(text) ?? [];
  const is = comparisons.find((each) => each === sign);
  if (key === '' || is === undefined || value === '')
    return `${of}: wants a name, a sign and a value, as in ${of === 'param' ? 'param:lr>=0.01' : 'metric:roc_auc>0.9'}.`;
  const isNumber = Number.isFinite(Number(value));
  if (of === 'metric' && !isNumber) return `metric:${key} is compared with a number, and ${value} is none.`;
  filter.where = [...(filter.where ?? []), { of, key, is, value }];
  return undefined;
}

function addMark(filter: RunFilter, word: 'is' | 'with', value: string): string | undefined {
  if (word === 'is' && value === 'starred') filter.starred = true;
  else if (word === 'is' && value === 'archived') filter.archived = 'only';
  else if (word === 'with' && value === 'archived') filter.archived = 'with';
  else return `${word}:${value} is no filter; there are is:starred, is:archived and with:archived.`;
  return undefined;
}
