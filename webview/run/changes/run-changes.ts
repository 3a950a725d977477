// Changes of the run in this panel: shown at once, taken back when refused, undone on request.
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { type ExpectedChange, stillExpected, withExpected } from '../../../src/protocol/runs/changes/expected-changes';
import type { RunChange } from '../../../src/protocol/runs/run-change';
import type { HostError } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import type { Live } from '../../kit/host/live';
import { useSteady } from '../../kit/steady';

/** A change of this panel's run. */
export type RunEdit = Omit<RunChange, 'runId'>;

/** How long what was done can be undone from the panel, in milliseconds. */
const undoTime = 10_000;

/** One line about what was done; `undo` is what takes it back, where something does. */
export interface Notice {
  words: string;
  undo: RunEdit | null;
}

/** What the parts of a panel need to change the run. */
export interface RunChanges {
  notice: Notice | null;
  /** `words` say what was done, as in `Tag removed.` */
  change: (edit: RunEdit, words: string) => void;
  /** The same, for what must not be lost: answers why the change was refused, or null once it is made. */
  attempt: (edit: RunEdit, words: string) => Promise<HostError | null>;
  undo: () => void;
}

interface Pending extends ExpectedChange {
  id: number;
}

/** The changes of this panel, for every component below. */
export const RunChangesContext = createContext<RunChanges | null>(null);

/** The changes of this panel. Throws outside its context, which is a mistake in the panel. */
export function useRunChanges(): RunChanges {
  const changes = useContext(RunChangesContext);
  if (changes === null) throw new Error('A part of the run panel was used without its changes.');
  return changes;
}

/** The run with what has been changed here, and the means to change it. */
export function useChangedRun(
  runId: string,
  live: Live<RunDetail>,
): { run: RunDetail | undefined; changes: RunChanges } {
  const host = useHost();
  const [pending, setPending] = usePending(live.asked);
  const [notice, setNotice] = useNotice();
  const lastId = useRef(0);
  const send = useSteady((edit: RunEdit, words: string, isUndo = false): Promise<HostError | null> => {
    lastId.current += 1;
    const id = lastId.current;
    setPending((old) => [...old, { id, change: edit, made: Date.now(), settled: Number.POSITIVE_INFINITY }]);
    return host.query('runs.change', { changes: [{ runId, ...edit }] }).then(
      ({ undo }) => {
        setPending((old) => old.map((each) => (each.id === id ? { ...each, settled: performance.now() } : each)));
        setNotice(words === '' ? null : { words, undo: isUndo ? null : editOf(undo[0]) });
        return null;
      },
      (error: HostError) => {
        setPending((old) => old.filter((each) => each.id !== id));
        setNotice({ words: error.message, undo: null });
        return error;
      },
    );
  });
  const undo = useSteady(() => {
    if (notice?.undo) void send(notice.undo, 'Undone.', true);
  });
  const run = useMemo(
    () => (live.value === undefined ? undefined : withExpected(live.value, pending)),
    [live.value, pending],
  );
  const changes = useMemo(
    () => ({ notice, undo, attempt: send, change: (edit: RunEdit, words: string) => void send(edit, words) }),
    [notice, undo, send],
  );
  useUndoKey(undo);
  return { run, changes };
}

/** Changes that the run's latest answer, which was asked for at `asked`, may not hold yet. */
function usePending(asked: number) {
  const [pending, setPending] = useState<readonly Pending[]>([]);
  useEffect(() => setPending((old) => stillExpected(old, asked)), [asked]);
  return [pending, setPending] as const;
}

function editOf(change: ({ runId: string } & RunEdit) | undefined): RunEdit | null {
  if (change === undefined) return null;
  const { runId: _runId, ...edit } = change;
  return edit;
}

function useNotice(): [Notice | null, (notice: Notice | null) => void] {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), undoTime);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}

/** Ctrl+Z or Cmd+Z, but in a field, which undoes what was typed. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      const isField = event.target instanceof Element && event.target.closest('input, textarea');
      if (isUndo && !isField) undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo]);
}
