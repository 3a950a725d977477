// One row of the tree of files.
import { bytesText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import type { FileRow } from './file-rows';

interface FileRowViewProps {
  row: FileRow;
  index: number;
  /** What the folder's name does not say. */
  note: string | undefined;
  /** The one row that Tab reaches. */
  isStop: boolean;
  /** Files lie on disk by their own names. */
  canReveal: boolean;
}

/** Clicks and keys are the tree's; what else can be done is in the native menu, which reads `data-vscode-context`. */
export function FileRowView({ row, index, note, isStop, canReveal }: FileRowViewProps) {
  const { kind, words, level, size, isOpen, path } = row;
  const isEntry = kind === 'file' || kind === 'folder';
  const context = { webviewSection: kind, path, canReveal, preventDefaultContextMenuItems: true };
  return (
    <div
      role="treeitem"
      className={`file-row ${kind}`}
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      aria-level={level}
      aria-label={[words, note, size === null ? undefined : bytesText(size)].filter(Boolean).join(', ')}
      {...(kind === 'folder' ? { 'aria-expanded': isOpen } : {})}
      {...(isEntry ? { 'data-vscode-context': JSON.stringify(context) } : {})}
      style={{ paddingLeft: (level - 1) * 16 }}
      title={isEntry ? path : undefined}
    >
      {kind === 'folder' && <Icon name={isOpen ? 'down' : 'right'} />}
      {kind === 'file' && <Icon name="file" tone="quiet" />}
      <span className="cut">{words}</span>
      {note !== undefined && <span className="quiet">{note}</span>}
      {kind === 'file' && <span className="number quiet">{size === null ? '–' : bytesText(size)}</span>}
    </div>
  );
}
