// Which rows a table of metrics has: names in order, below the prefix they share when there are several.
import { holdsWords } from '../word-search';

/** A row that opens and closes a group, or the row of one metric. `name` of a group ends with its slash. */
export type TableRow =
  | { kind: 'group'; name: string; count: number; isOpen: boolean }
  | { kind: 'metric'; key: string };

/** Fewer names than this are easier to read without groups. */
const groupedFrom = 9;
/** More names than this below one prefix were made by a loop (a layer, a class, a unit each). */
const madeByLoop = 50;

/** Names that hold every word of `search`, in any case. */
export function matching(names: readonly string[], search: string): string[] {
  return names.filter(holdsWords(search));
}

/** The rows for `names`; metrics without a prefix come first, those of the groups in `closed` are left out. */
export function tableRows(names: readonly string[], closed: ReadonlySet<string>): TableRow[] {
  const groups = grouped(names);
  const prefixes = [...groups.keys()].filter((prefix) => prefix !== '');
  const isFlat = names.length < groupedFrom || prefixes.length === 0 || groups.size === 1;
  if (isFlat) return names.map((key) => ({ kind: 'metric', key }));
  const rowsOf = (name: string): TableRow[] => (groups.get(name) ?? []).map((key) => ({ kind: 'metric', key }));
  return [
    ...rowsOf(''),
    ...prefixes.flatMap((name): TableRow[] => {
      const isOpen = !closed.has(name);
      const head: TableRow = { kind: 'group', name, count: groups.get(name)?.length ?? 0, isOpen };
      return isOpen ? [head, ...rowsOf(name)] : [head];
    }),
  ];
}

/** Of very many names those that a person gave: without a prefix, or below one that few share. */
export function handGiven(names: readonly string[]): string[] {
  return [...grouped(names)].flatMap(([prefix, group]) => (prefix === '' || group.length <= madeByLoop ? group : []));
}

function grouped(names: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const prefix = prefixOf(name);
    const group = groups.get(prefix);
    if (group === undefined) groups.set(prefix, [name]);
    else group.push(name);
  }
  return groups;
}

function prefixOf(name: string): string {
  return name.slice(0, name.indexOf('/') + 1);
}
