// What can be done with the selected runs, and the key for it; else what was done last.
import { Button, IconButton } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { RunMark } from '../../kit/run-mark';
import type { Marks } from '../selection';
import type { TableEdits } from '../table-edits';

export interface SelectionBarProps {
  marks: Marks;
  edits: TableEdits;
  onCompare: () => void;
  onBaseline: () => void;
  /** The run that is pinned above all others; null for none. */
  baseline: string | null;
  onTag: () => void;
  onStar: () => void;
  onArchive: () => void;
  onCopy: () => void;
  onExport: () => void;
  onClear: () => void;
}

/** So many marks are drawn; the number says the rest. */
const shownMarks = 8;

/** What can be done with the selected runs, below the table while some are. */
export function SelectionBar(props: SelectionBarProps) {
  const { marks, edits } = props;
  return (
    <div className="foot">
      {edits.notice !== null && (
        <div className="notice" role="status">
          <span className="cut">{edits.notice.words}</span>
          {edits.notice.canUndo && <Button label="Undo" onAct={() => edits.undo(true)} />}
          <IconButton label="Close" onAct={() => edits.tell(null)}>
            <Icon name="close" />
          </IconButton>
        </div>
      )}
      <div className="bar" role="toolbar" aria-label="Selection">
        {marks.size === 0 ? <Hints {...props} /> : <Acts {...props} />}
      </div>
    </div>
  );
}

function Hints({ baseline, onBaseline }: SelectionBarProps) {
  return (
    <>
      <span className="quiet cut">
        Nothing selected.
        <span className="wide">
          {' '}
          <kbd>Space</kbd> selects, <kbd>Enter</kbd> opens, <kbd>F2</kbd> renames.
        </span>
      </span>
      <span className="grow" />
      {baseline !== null && <Button label="Unpin Baseline" onAct={onBaseline} />}
    </>
  );
}

function Acts(props: SelectionBarProps) {
  const { marks, baseline } = props;
  const isOne = marks.size === 1;
  const isBaseline = isOne && baseline !== null && marks.has(baseline);
  const withBaseline = isOne && baseline !== null && !isBaseline;
  return (
    <>
      <span className="marks">
        {[...marks.values()].slice(0, shownMarks).map((mark) => (
          <RunMark key={mark} mark={mark} />
        ))}
      </span>
      <span className="selected-count" role="status">
        <strong>{marks.size.toLocaleString('en-US')}</strong> selected
      </span>
      {(!isOne || withBaseline) && (
        <button type="button" className="button primary" onClick={props.onCompare}>
          {withBaseline ? 'Compare with Baseline' : 'Compare'} <kbd className="wide">Enter</kbd>
        </button>
      )}
      {isOne && <Button label={isBaseline ? 'Unpin Baseline' : 'Pin as Baseline'} onAct={props.onBaseline} />}
      <Button label="Tag…" onAct={props.onTag} />
      <span className="wide row-of">
        <Button label="Star" onAct={props.onStar}>
          <Icon name="star" />
        </Button>
        <Button label="Archive" onAct={props.onArchive} />
        <Button label="Copy" onAct={props.onCopy} />
        <Button label="Export…" onAct={props.onExport} />
      </span>
      <span className="grow" />
      <button type="button" className="button" onClick={props.onClear}>
        Clear <kbd className="wide">Esc</kbd>
      </button>
    </>
  );
}
