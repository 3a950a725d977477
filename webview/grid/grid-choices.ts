// What somebody has chosen in this grid: kept while the page is hidden and over reloads.
import { useState } from 'react';
import type { GridFilter, GridSort } from '../../src/protocol/datasets/table/grid';
import { useHost } from '../kit/host/host-context';

interface Kept {
  v: 1;
  sort: GridSort[];
  filters: GridFilter[];
  widths: Record<string, number>;
}

/** The choices and what changes them. */
export interface GridChoices extends Omit<Kept, 'v'> {
  /** Up, down, and not at all, in turn; `isAlso` keeps what is sorted by already. */
  sortBy(name: string, isAlso: boolean): void;
  /** Null takes the column's filter away. */
  filterBy(name: string, filter: GridFilter | null): void;
  /** Another order and other filters at once. */
  choose(choice: Pick<Kept, 'sort' | 'filters'>): void;
  setWidth(name: string, width: number): void;
}

const none: Kept = { v: 1, sort: [], filters: [], widths: {} };

/** Those of this page. */
export function useGridChoices(): GridChoices {
  const host = useHost();
  const [kept, setKept] = useState<Kept>(() => {
    const found = host.load() as Kept | undefined;
    return found?.v === 1 ? found : none;
  });
  const keep = (change: Partial<Kept>): void => {
    const next = { ...kept, ...change };
    setKept(next);
    host.save(next);
  };
  return {
    ...kept,
    sortBy: (name, isAlso) => {
      const was = kept.sort.find(({ column }) => column === name);
      const others = isAlso ? kept.sort.filter(({ column }) => column !== name) : [];
      const next = was === undefined ? [{ column: name, descending: false }] : [{ column: name, descending: true }];
      keep({ sort: was?.descending === true ? others : [...others, ...next] });
    },
    filterBy: (name, filter) => {
      const others = kept.filters.filter(({ column }) => column !== name);
      keep({ filters: filter === null ? others : [...others, filter] });
    },
    choose: ({ sort, filters }) => keep({ sort, filters }),
    setWidth: (name, width) => keep({ widths: { ...kept.widths, [name]: width } }),
  };
}
