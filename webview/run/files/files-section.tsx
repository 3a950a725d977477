// Everything below the run's artifact root, as a tree.
import { type KeyboardEvent, memo, type SyntheticEvent } from 'react';
import type { ArtifactCount, RunDetail } from '../../../src/protocol/run';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { FileRowView } from './file-row-view';
import type { FileRow, FolderContent } from './file-rows';
import { type FileTree, useFileTree } from './file-tree';
import { rowAfter, useTreeFocus } from './tree-focus';

const moving: ReadonlySet<string> = new Set([
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'Enter',
  ' ',
]);

interface FilesSectionProps {
  runId: string;
  /** The models that were logged: their folders are named by their ids. */
  models: RunDetail['models'];
  canReveal: boolean;
}

/** Arrows move, open and close; Enter opens; the rest is in the native menu (Shift+F10). */
export const FilesSection = memo(function FilesSection({ runId, models, canReveal }: FilesSectionProps) {
  const host = useHost();
  const tree = useFileTree(runId);
  const { rows, root } = tree;
  const all = useLive<ArtifactCount>({
    key: runId,
    rest: 2000,
    load: (from, signal) => from.query('artifacts.count', { runId }, signal),
  }).value;
  const { list, stop, onFocus, onClick, onKeyDown } = useTreeKeys(tree);
  return (
    <Section
      title="Files"
      answer={answerFor(root, all)}
      acts={rows.length > 0 && <Link label="Save All…" onAct={() => void host.command('artifact.saveAll', null)} />}
    >
      {rows.length > 0 && (
        <div ref={list} className="files" role="tree" aria-label="Files" {...{ onClick, onKeyDown, onFocus }}>
          {rows.map((row, index) => (
            <FileRowView
              key={row.id}
              row={row}
              index={index}
              note={models.find(({ modelId }) => row.path === `models/${modelId}`)?.name}
              isStop={row.id === stop}
              canReveal={canReveal}
            />
          ))}
        </div>
      )}
    </Section>
  );
});

/** The focus in the tree, and what a click or a key does to the row it meets. */
function useTreeKeys({ rows, toggle, more }: FileTree) {
  const host = useHost();
  const { list, stop, focus, rowAt, onFocus } = useTreeFocus(rows);
  const act = (row: FileRow | undefined): void => {
    if (row?.kind === 'folder') toggle(row.path);
    if (row?.kind === 'file') void host.command('artifact.open', { path: row.path });
    if (row?.kind !== 'more') return;
    // This row goes when the next page is there; the focus must not go with it.
    focus(rows[rows.indexOf(row) - 1]);
    more(row.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rowAt(event);
    if (row === undefined || !moving.has(event.key)) return;
    event.preventDefault();
    const turns = row.kind === 'folder' && event.key === (row.isOpen ? 'ArrowLeft' : 'ArrowRight');
    if (turns) toggle(row.path);
    else if (event.key === 'Enter' || event.key === ' ') act(row);
    else focus(rowAfter(rows, rows.indexOf(row), event.key));
  };
  const onClick = (event: SyntheticEvent): void => act(rowAt(event));
  return { list, stop, onFocus, onClick, onKeyDown };
}

/** How much there is in all folders together. */
function answerFor(root: FolderContent | undefined, all: ArtifactCount | undefined): string | undefined {
  if (root === undefined || all === undefined) return undefined;
  if (root.items.length === 0) return root.error === null ? 'none logged' : undefined;
  return `${countText(all.files, 'file')}, ${bytesText(all.bytes)}`;
}
