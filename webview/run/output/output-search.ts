// Searches the whole output, part by part, while its answers come in.
import { useEffect, useState } from 'react';
import { useHost } from '../../kit/host/host-context';

/** Lines that are remembered; a search that finds more says so. */
const mostRemembered = 10_000;
/** How long nobody may type before the search begins, in milliseconds. */
const pause = 150;

/** Where lines that hold the text begin, in bytes; `seen` of `size` bytes have been looked through. */
export interface OutputSearch {
  wanted: string;
  offsets: readonly number[];
  seen: number;
  size: number;
  isOver: boolean;
  error: Error | undefined;
}

const nothing: OutputSearch = { wanted: '', offsets: [], seen: 0, size: 0, isOver: true, error: undefined };

/** Begins anew when the text changes and ends when it is empty. */
export function useOutputSearch(runId: string, text: string): OutputSearch {
  const host = useHost();
  const [search, setSearch] = useState<OutputSearch>(nothing);
  useEffect(() => {
    setSearch({ ...nothing, wanted: text, isOver: text === '' });
    if (text === '') return;
    const end = new AbortController();
    const find = async (): Promise<void> => {
      const offsets: number[] = [];
      let from = 0;
      for (;;) {
        const { offsets: more, next, size } = await host.query('output.find', { runId, text, from }, end.signal);
        offsets.push(...more);
        const isOver = next >= size || next <= from || offsets.length >= mostRemembered;
        setSearch({ wanted: text, offsets: [...offsets], seen: next, size, isOver, error: undefined });
        if (isOver) return;
        from = next;
      }
    };
    const timer = setTimeout(() => {
      find().catch((error: Error) => {
        if (!end.signal.aborted) setSearch((old) => ({ ...old, isOver: true, error }));
      });
    }, pause);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [host, runId, text]);
  return search;
}

/** How far the search is, in words; `current` counts from 0, -1 before the first. */
export function searchWords(search: OutputSearch, current: number): string {
  const { offsets, isOver, seen, size, error } = search;
  if (error !== undefined) return error.message;
  const count = offsets.length.toLocaleString('en-US');
  const more = isOver && seen < size ? ' or more' : '';
  const done = isOver || size === 0 ? '' : `, ${Math.floor((100 * seen) / size)} % searched`;
  if (offsets.length === 0) return isOver ? 'no line' : `searching${done}`;
  const place = current < 0 ? '' : `${(current + 1).toLocaleString('en-US')} of `;
  return `${place}${count}${more} ${offsets.length === 1 ? 'line' : 'lines'}${done}`;
}
