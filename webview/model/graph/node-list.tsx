// The list of nodes: only what is in sight exists, so that a hundred thousand of them scroll.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { NodeRow } from '../../../src/protocol/inference/file/graph-outline';
import { movedTo } from '../../kit/row-keys';
import type { NodePages } from './node-pages';

const rowPixels = 24;
const besides = 8;

interface NodeListProps {
  pages: NodePages;
  total: number;
  /** Pixels of its rows that are in sight; the others are scrolled to. */
  most: number;
  /** Index of the node that is shown beside. */
  chosen: number | null;
  onChoose: (index: number) => void;
}

/** Arrows, Page keys, Home and End move; what has the mark is shown beside the list. */
export function NodeList({ pages, total, most, chosen, onChoose }: NodeListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const height = Math.min(most, total * rowPixels);
  const from = Math.max(0, Math.floor(top / rowPixels) - besides);
  const to = Math.min(total - 1, Math.ceil((top + height) / rowPixels) + besides);
  useEffect(() => pages.want(from, to));
  const places = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  const { place, move, onKeyDown } = useMoves({ pages, total, most, onChoose }, (next) => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = inSight(element.scrollTop, next, height);
  });
  return (
    <div className="node-table">
      <div className="node-heads" aria-hidden="true">
        <span>Operator</span>
        <span>Name</span>
        <span className="node-inputs">Reads</span>
      </div>
      <div
        ref={scroller}
        className="node-list"
        role="listbox"
        aria-label="Nodes"
        aria-activedescendant={`node-${place}`}
        tabIndex={0}
        style={{ height }}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div className="node-space" style={{ height: total * rowPixels }}>
          {places.map((at) => (
            <Line key={at} place={at} total={total} row={pages.row(at)} chosen={chosen} onChoose={() => move(at)} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface Moves {
  place: number;
  move: (next: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A row far away is chosen as soon as it is loaded. */
function useMoves(
  { pages, total, most, onChoose }: Omit<NodeListProps, 'chosen'>,
  show: (place: number) => void,
): Moves {
  const [place, setPlace] = useState(0);
  const [isWanted, setWanted] = useState(false);
  const index = pages.row(place)?.index;
  useEffect(() => {
    if (!isWanted || index === undefined) return;
    setWanted(false);
    onChoose(index);
  }, [isWanted, index, onChoose]);
  const move = (next: number): void => {
    setPlace(next);
    setWanted(true);
    show(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(most / rowPixels) - 1);
    const next = movedTo(event.key, { at: place, count: total, page });
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  return { place, move, onKeyDown };
}

interface LineProps {
  place: number;
  total: number;
  row: NodeRow | undefined;
  chosen: number | null;
  onChoose: () => void;
}

function Line({ place, total, row, chosen, onChoose }: LineProps) {
  return (
    // The list has the keys: Tab reaches it once.
    <div
      id={`node-${place}`}
      className="node-line"
      role="option"
      tabIndex={-1}
      aria-selected={row !== undefined && row.index === chosen}
      aria-posinset={place + 1}
      aria-setsize={total}
      style={{ top: place * rowPixels, paddingLeft: 8 + 16 * (row?.depth ?? 0) }}
      onMouseDown={onChoose}
    >
      {row !== undefined && (
        <>
          <span className="node-operator cut">{row.operator}</span>
          <span className="node-name cut">{row.name || row.outputs.find((name) => name !== '')}</span>
          <span className="node-inputs quiet cut">{row.inputs.filter((name) => name !== '').join(', ')}</span>
        </>
      )}
    </div>
  );
}

function inSight(scrolled: number, place: number, height: number): number {
  const top = place * rowPixels;
  return Math.max(Math.min(scrolled, top), top + rowPixels - height);
}
