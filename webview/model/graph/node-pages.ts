// Nodes of the graph as far as they have been in sight, page by page.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { NodeRow } from '../../../src/protocol/inference/file/graph-outline';
import { useHost } from '../../kit/host/host-context';
import { askModel } from '../model-source';

const pageRows = 200;

/** `total` is null until known. */
export interface NodePages {
  total: number | null;
  error: Error | null;
  /** Whether these are of the last search, and not of the one before. */
  isCurrent: boolean;
  row(place: number): NodeRow | undefined;
  /** Loads what is not there between two places. */
  want(from: number, to: number): void;
}

interface Loaded {
  key: string;
  pages: ReadonlyMap<number, readonly NodeRow[]>;
  total: number | null;
  error: Error | null;
}

const none = (key: string): Loaded => ({ key, pages: new Map(), total: null, error: null });

/** Those that `find` leaves; asked anew when `stamp` changes. What was there stays until the first page is. */
export function useNodePages(find: string, stamp: number): NodePages {
  const host = useHost();
  const key = `${stamp} ${find}`;
  const [loaded, setLoaded] = useState<Loaded>(() => none(key));
  const asked = useRef({ key: '', pages: new Set<number>() });
  const load = useCallback(
    async (page: number) => {
      if (asked.current.key !== key) asked.current = { key, pages: new Set() };
      const { pages } = asked.current;
      if (pages.has(page)) return;
      pages.add(page);
      const isCurrent = (): boolean => asked.current.pages === pages;
      try {
        const { rows, total } = await askModel(host, 'nodePage', { offset: page * pageRows, count: pageRows, find });
        if (!isCurrent()) return;
        setLoaded((old) => {
          const base = old.key === key ? old : none(key);
          return { key, pages: new Map([...base.pages, [page, rows]]), total, error: null };
        });
      } catch (error) {
        pages.delete(page);
        if (isCurrent()) setLoaded((old) => ({ ...old, error: error as Error }));
      }
    },
    [host, key, find],
  );
  useEffect(() => void load(0), [load]);
  return {
    total: loaded.total,
    error: loaded.error,
    isCurrent: loaded.key === key && loaded.total !== null,
    row: (place) => loaded.pages.get(Math.floor(place / pageRows))?.[place % pageRows],
    want: (from, to) => {
      for (let page = Math.floor(from / pageRows); page <= Math.floor(to / pageRows); page += 1) void load(page);
    },
  };
}
