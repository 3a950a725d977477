// The folders of a run that are open, each read when it is opened, page by page, and again when the run changed.
import { useEffect, useMemo, useRef, useState } from 'react';
import { everyPage } from '../../../src/protocol/every-page';
import type { ArtifactEntry, Page } from '../../../src/protocol/run';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { Refresher } from '../../kit/host/refresher';
import { useSteady } from '../../kit/steady';
import { type FileRow, type FolderContent, rowsOf } from './file-rows';

const pageSize = 200;
const mostAtOnce = 1000;
/** Least time between two looks at a run that goes on, in milliseconds. */
const rest = 2000;

export interface FileTree {
  rows: readonly FileRow[];
  /** Undefined before the first answer. */
  root: FolderContent | undefined;
  /** Opens or closes a folder. */
  toggle: (path: string) => void;
  /** Shows the next page of a folder. */
  more: (path: string) => void;
}

/** The tree of one run's files. */
export function useFileTree(runId: string): FileTree {
  const { content, look, more } = useFolders(runId);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useSteady((path: string): void => {
    const next = new Set(open);
    if (next.delete(path) === false) {
      next.add(path);
      void look(path);
    }
    setOpen(next);
  });
  const lookAtAll = useSteady(async (signal: AbortSignal): Promise<void> => {
    await Promise.all(['', ...open].map((path) => look(path, signal)));
  });
  useEveryChange(lookAtAll);
  const rows = useMemo(() => rowsOf(content, open), [content, open]);
  return { rows, root: content.get(''), toggle, more };
}

/** What is known of the folders; `look` reads one again as far as it is shown, `more` further. */
function useFolders(runId: string) {
  const host = useHost();
  const [content, setContent] = useState<ReadonlyMap<string, FolderContent>>(new Map());
  const looks = useRef(new Map<string, { turn: number; least: number }>()).current;
  const look = useSteady(async (path: string, signal?: AbortSignal): Promise<void> => {
    const { turn: last, least } = looks.get(path) ?? { turn: 0, least: pageSize };
    const turn = last + 1;
    looks.set(path, { turn, least });
    const folder = await readFolder(host, { runId, path, least, signal });
    // One that was begun later knows more, whichever is answered first.
    const isLast = looks.get(path)?.turn === turn;
    if (folder !== undefined && isLast) setContent((old) => new Map([...old, [path, folder]]));
  });
  const more = useSteady((path: string): void => {
    const here = content.get(path);
    if (here?.next == null) return;
    looks.set(path, { turn: looks.get(path)?.turn ?? 0, least: here.items.length + pageSize });
    void look(path);
  });
  return { content, look, more };
}

/** Calls `look`, which never changes, now, when the run has changed and when the engine is back. */
function useEveryChange(look: (signal: AbortSignal) => Promise<void>): void {
  const host = useHost();
  useEffect(() => {
    const refresher = new Refresher(look, rest);
    const unlisten = host.listen((event) => {
      if (event.type === 'changed' || (event.type === 'engine' && event.state === 'running')) refresher.ask();
    });
    refresher.ask();
    return () => {
      unlisten();
      refresher.dispose();
    };
  }, [host, look]);
}

interface FolderAsk {
  runId: string;
  path: string;
  /** How many entries to read at least, where there are so many. */
  least: number;
  signal: AbortSignal | undefined;
}

async function readFolder(host: Host, ask: FolderAsk): Promise<FolderContent | undefined> {
  const { runId, path, least, signal } = ask;
  const items: ArtifactEntry[] = [];
  const pageAt = (page: string | null) =>
    readPage(host, { runId, path, limit: Math.min(mostAtOnce, least - items.length), page }, signal);
  try {
    for await (const answer of everyPage(pageAt)) {
      items.push(...answer.items);
      if (items.length >= least) return { items, next: answer.next, error: null };
    }
    return { items, next: null, error: null };
  } catch (error) {
    return signal?.aborted ? undefined : { items, next: null, error: (error as Error).message };
  }
}

function readPage(
  host: Host,
  query: { runId: string; path: string; limit: number; page: string | null },
  signal?: AbortSignal,
): Promise<Page<ArtifactEntry>> {
  return host.query('artifacts.list', query, signal);
}
