// The rows of the table on this page: which there are, which have come, and what went wrong.
import { useEffect, useReducer, useRef, useState } from 'react';
import type { GridCount } from '../../../src/protocol/datasets/table/grid';
import type { TableColumn } from '../../../src/protocol/datasets/table-shape';
import { HostError } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { askGrid } from '../grid-source';
import { pageRows, type RowChoice, RowPages } from './row-pages';

/**
 * `columns` is null before the first page; `count` null while rows are counted, undefined when that was stopped. `shown` is the
 * choice whose rows came last.
 */
export interface TableRows {
  pages: RowPages;
  shown: RowChoice | null;
  columns: TableColumn[] | null;
  notes: string[];
  count: GridCount | null | undefined;
  failure: HostError | null;
  /** Rows to scroll over: as many as there are, or more than have come. */
  rows: number;
  stopCounting(): void;
}

/** The rows of a choice; `version` is another when the file is. */
export function useTableRows(choice: RowChoice, version: number): TableRows {
  const host = useHost();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [shown, setShown] = useState<RowChoice | null>(null);
  const [shape, setShape] = useState<{ columns: TableColumn[]; notes: string[] } | null>(null);
  const [failure, setFailure] = useState<HostError | null>(null);
  const pages = useRef<RowPages | null>(null);
  const made = useRef('');
  const wanted = JSON.stringify([choice, version]);
  if (made.current !== wanted || pages.current === null) {
    pages.current?.dispose();
    made.current = wanted;
    pages.current = new RowPages(host, choice, {
      changed: ({ columns, notes }) => {
        setShape((known) => (JSON.stringify(known?.columns) === JSON.stringify(columns) ? known : { columns, notes }));
        setFailure(null);
        setShown(choice);
        redraw();
      },
      failed: (error) => setFailure(error instanceof HostError ? error : new HostError(String(error), null)),
    });
  }
  useEffect(() => {
    setFailure(null);
    pages.current?.want(0, 0);
  }, [wanted]);
  const { count, stopCounting } = useCount(choice, version);
  const { known, isEndKnown } = pages.current;
  const rows = isEndKnown ? known : count ? Math.max(known, count.matching) : known === 0 ? 0 : known + pageRows;
  return {
    pages: pages.current,
    shown,
    columns: shape?.columns ?? null,
    notes: shape?.notes ?? [],
    count,
    failure,
    rows,
    stopCounting,
  };
}

function useCount(
  { filters }: RowChoice,
  version: number,
): { count: GridCount | null | undefined; stopCounting: () => void } {
  const host = useHost();
  const [count, setCount] = useState<GridCount | null | undefined>(null);
  const stop = useRef<AbortController | null>(null);
  const asked = JSON.stringify([filters, version]);
  useEffect(() => {
    const abort = new AbortController();
    stop.current = abort;
    setCount(null);
    const [wanted] = JSON.parse(asked) as [RowChoice['filters']];
    // What comes of an older question says nothing of this one.
    let isWanted = true;
    const counted = (found: GridCount | undefined): void => {
      if (isWanted) setCount(found);
    };
    askGrid(host, 'gridCount', { filters: wanted }, abort.signal).then(counted, () => counted(undefined));
    return () => {
      isWanted = false;
      abort.abort();
    };
  }, [host, asked]);
  return { count, stopCounting: () => stop.current?.abort() };
}
