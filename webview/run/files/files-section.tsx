// Everything below the run's artifact root, as a tree.
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/live';
import { Section } from '../../kit/section';
import { FileRowView } from './file-row-view';
import type { FileRow, FolderContent } from './file-rows';
import { useFileTree } from './file-tree';

/** Arrows move, open and close; Enter opens; the rest is in the native menu (Shift+F10). */
export const FilesSection = memo(function FilesSection({ runId, canReveal }: { runId: string; canReveal: boolean }) {
  const host = useHost();
  const { rows, root, toggle, more } = useFileTree(runId);
  const [current, setCurrent] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const focus = (row: FileRow | undefined): void => {
    if (row === undefined) return;
    setCurrent(row.id);
    list.current?.querySelector<HTMLElement>(`[data-index="${rows.indexOf(row)}"]`)?.focus();
  };
  const act = (row: FileRow): void => {
    setCurrent(row.id);
    if (row.kind === 'folder') toggle(row.path);
    if (row.kind === 'more') {
      // This row goes when the next page is there; the focus must not go with it.
      focus(rows[rows.indexOf(row) - 1]);
      more(row.path);
    }
    if (row.kind === 'file') void host.command('artifact.open', { path: row.path });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.findIndex(({ id }) => id === current);
    const row = rows[Math.max(0, at)];
    if (row === undefined || !movesIn(event.key)) return;
    event.preventDefault();
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(rows[at + 1]),
      ArrowUp: () => focus(rows[at - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => (row.kind === 'folder' && !row.isOpen ? toggle(row.path) : focus(childOf(rows, at))),
      ArrowLeft: () => (row.isOpen ? toggle(row.path) : focus(parentOf(rows, at))),
      Enter: () => act(row),
      ' ': () => act(row),
    };
    moves[event.key]?.();
  };
  const stop = rows.some(({ id }) => id === current) ? current : rows[0]?.id;
  return (
    <Section
      title="Files"
      answer={answerFor(root)}
      acts={rows.length > 0 && <Link label="Save all…" onAct={() => void host.command('artifact.saveAll', null)} />}
    >
      {rows.length > 0 && (
        <div ref={list} className="files" role="tree" aria-label="Files" onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <FileRowView
              key={row.id}
              row={row}
              index={index}
              isStop={row.id === stop}
              canReveal={canReveal}
              onAct={() => act(row)}
              onFocus={() => setCurrent(row.id)}
            />
          ))}
        </div>
      )}
    </Section>
  );
});

function movesIn(key: string): boolean {
  return key.startsWith('Arrow') || key === 'Home' || key === 'End' || key === 'Enter' || key === ' ';
}

function childOf(rows: readonly FileRow[], at: number): FileRow | undefined {
  const child = rows[at + 1];
  return child !== undefined && child.level > (rows[at]?.level ?? 0) ? child : undefined;
}

function parentOf(rows: readonly FileRow[], at: number): FileRow | undefined {
  const level = rows[at]?.level ?? 0;
  return rows.slice(0, at).findLast((row) => row.level < level);
}

function answerFor(root: FolderContent | undefined): string | undefined {
  if (root === undefined) return undefined;
  const { items, next, error } = root;
  if (items.length === 0) return error === null ? 'none logged' : undefined;
  const folders = items.filter(({ isDirectory }) => isDirectory).length;
  const bytes = items.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (next !== null) return `more than ${items.length.toLocaleString('en-US')}`;
  const parts = [
    folders === 0 ? '' : countText(folders, 'folder'),
    items.length === folders ? '' : `${countText(items.length - folders, 'file')}, ${bytesText(bytes)}`,
  ];
  return parts.filter(Boolean).join(', ');
}
