// One span as a row: its name where it stands in the tree, its kind, how long it took and when.
import type { CSSProperties, KeyboardEvent } from 'react';
import type { SpanSummary } from '../../../src/protocol/runs/trace';
import { Icon } from '../../kit/icon';
import type { SpanRow } from './span-rows';
import { spanTimeText, typeWord } from './trace-words';

interface SpanRowViewProps {
  row: SpanRow;
  index: number;
  top: number;
  isStop: boolean;
  isChosen: boolean;
  /** Milliseconds that the waterfall is wide. */
  length: number;
  toggle: (spanId: string) => void;
  onPress: (spanId: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Clicks choose, or turn what has spans below; keys are the tree's. */
export function SpanRowView({
  row,
  index,
  top,
  isStop,
  isChosen,
  length,
  toggle,
  onPress,
  onKeyDown,
}: SpanRowViewProps) {
  const { span, level, hasChildren, isOpen } = row;
  const isFailed = span.status === 'ERROR';
  const took = spanTimeText(span.duration);
  return (
    <div
      role="treeitem"
      className={isChosen ? 'span-row chosen' : 'span-row'}
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      aria-level={level}
      aria-selected={isChosen}
      aria-label={`${span.name}, ${span.type}, ${took}${isFailed ? ', error' : ''}`}
      {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
      style={{ top }}
      onClick={({ target }) => (isTwist(target) ? toggle : onPress)(span.spanId)}
      onKeyDown={onKeyDown}
    >
      <Name row={row} />
      <span className="cut quiet wide">{typeWord(span.type)}</span>
      <span className="number">{took}</span>
      <span className="span-lane">
        <span className={isFailed ? 'span-bar failed' : 'span-bar'} style={barOf(span, length)} />
      </span>
    </div>
  );
}

function Name({ row: { span, level, hasChildren, isOpen } }: { row: SpanRow }) {
  return (
    <span className="span-name" style={{ paddingLeft: Math.min(level - 1, 24) * 12 }} title={span.name}>
      {hasChildren ? (
        <span className="twist">
          <Icon name={isOpen ? 'down' : 'right'} />
        </span>
      ) : (
        <span className="icon" />
      )}
      <span className="cut">{span.name}</span>
      {span.status === 'ERROR' && <Icon name="failed" tone="worse" />}
    </span>
  );
}

function isTwist(target: EventTarget): boolean {
  return target instanceof Element && target.closest('.twist') !== null;
}

function barOf({ start, duration }: SpanSummary, length: number): CSSProperties {
  const left = Math.min(100, (start / length) * 100);
  const width = duration === null ? 100 - left : (duration / length) * 100;
  return { left: `${left}%`, width: `max(2px, ${Math.min(width, 100 - left)}%)` };
}
