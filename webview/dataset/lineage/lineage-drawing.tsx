// The lineage from left to right; arrows of the keyboard follow the lines, Enter opens.
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Lineage, LineageEdge, LineageKind } from '../../../src/protocol/datasets/lineage';
import { Icon, type IconName } from '../../kit/icon';
import { keyOf, type LineageLayout, lineageLayout, type PlacedNode, type Spot } from './lineage-layout';
import { headOfKinds, lineageHeads } from './lineage-words';

const icons: Readonly<Record<LineageKind, IconName>> = {
  source: 'file',
  stage: 'gear',
  version: 'data',
  run: 'play',
  model: 'model',
};
const rowHeight = 52;
const nodeHeight = 40;

interface LineageDrawingProps {
  lineage: Lineage;
  width: number;
  /** The thing whose lineage this is. */
  of: string;
  onOpen: (node: PlacedNode['node']) => void;
}

/** One button a thing, lines between them. */
export function LineageDrawing({ lineage, width, of, onOpen }: LineageDrawingProps) {
  const layout = useMemo(() => lineageLayout(lineage), [lineage]);
  const [chosen, setChosen] = useState(of);
  const box = useRef<HTMLDivElement>(null);
  const place = placer(layout, width);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = nextOf(layout, lineage.edges, chosen, event.key);
    if (next === undefined) return;
    event.preventDefault();
    box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <>
      <Heads layout={layout} />
      <div
        ref={box}
        className="lineage"
        role="application"
        aria-label="Lineage: arrow keys follow the lines"
        style={{ height: layout.rows * rowHeight }}
        onKeyDown={onKeyDown}
      >
        <Lines {...{ lineage, layout, place, chosen, width }} />
        {layout.columns.flat().map((each) => (
          <Node
            key={each.key}
            each={each}
            place={place}
            isSubject={each.key === of}
            isChosen={each.key === chosen}
            words={connectionWords(each, lineage.edges, layout)}
            onFocus={() => setChosen(each.key)}
            onOpen={() => onOpen(each.node)}
          />
        ))}
      </div>
    </>
  );
}

function Heads({ layout }: { layout: LineageLayout }) {
  return (
    <div className="lineage-heads" style={{ gridTemplateColumns: `repeat(${layout.kinds.length}, 1fr)` }}>
      {layout.kinds.map((kinds, column) => (
        <span key={layout.columns[column]?.[0]?.key ?? ''} className="quiet">
          {headOfKinds(kinds)}
        </span>
      ))}
    </div>
  );
}

/** Pixels from the drawing's corner, and the width of a node. */
type Place = (spot: Spot) => { x: number; y: number; width: number };

function placer(layout: LineageLayout, width: number): Place {
  const step = width / Math.max(1, layout.kinds.length);
  const size = Math.max(80, Math.min(240, step - 40));
  return ({ column, row }) => {
    const own = layout.sizes[column] ?? 1;
    // Short columns stand in the middle of the longest.
    const top = ((layout.rows - own) * rowHeight) / 2;
    return { x: column * step, y: top + row * rowHeight + (rowHeight - nodeHeight) / 2, width: size };
  };
}

function Lines(props: { lineage: Lineage; layout: LineageLayout; place: Place; chosen: string; width: number }) {
  const { lineage, layout, place, chosen, width } = props;
  return (
    <svg className="lineage-lines" width={width} height={layout.rows * rowHeight} aria-hidden="true">
      {lineage.edges.map((edge) => (
        <Line key={JSON.stringify(edge)} edge={edge} layout={layout} place={place} chosen={chosen} />
      ))}
    </svg>
  );
}

function Line(props: { edge: LineageEdge; layout: LineageLayout; place: Place; chosen: string }) {
  const { edge, layout, place, chosen } = props;
  const [from, to] = [layout.byKey.get(keyOf(edge.from)), layout.byKey.get(keyOf(edge.to))];
  if (from === undefined || to === undefined) return null;
  const [x2, y2] = [place(to).x, middleOf(place(to))];
  const isNear = chosen === from.key || chosen === to.key;
  return (
    <g className={`line ${edge.by} ${isNear ? 'near' : ''}`}>
      <path d={lineOf([from, ...layout.bends(edge), to].map(place))} />
      <path className="head" d={`M${x2 - 6} ${y2 - 4}l6 4-6 4`} />
    </g>
  );
}

type Placed = ReturnType<Place>;

function middleOf({ y }: Placed): number {
  return y + nodeHeight / 2;
}

/** From the right edge of the first to the left edge of the last, level across what it passes. */
function lineOf(places: readonly Placed[]): string {
  return places
    .slice(1)
    .map((next, at) => {
      const last = places[at] as Placed;
      const isEnd = at === places.length - 2;
      const [x1, y1] = [last.x + last.width, middleOf(last)];
      const [x2, y2] = [isEnd ? next.x - 5 : next.x, middleOf(next)];
      const bend = Math.max(16, (next.x - x1) / 2);
      const begin = at === 0 ? `M${x1} ${y1}` : `H${x1}`;
      return `${begin}C${x1 + bend} ${y1} ${next.x - bend} ${y2} ${x2} ${y2}`;
    })
    .join('');
}

interface NodeProps {
  each: PlacedNode;
  place: Place;
  isSubject: boolean;
  isChosen: boolean;
  words: string;
  onFocus: () => void;
  onOpen: () => void;
}

function Node({ each, place, isSubject, isChosen, words, onFocus, onOpen }: NodeProps) {
  const { node, key } = each;
  const { x, y, width } = place(each);
  const classes = ['lineage-node', isSubject ? 'subject' : '', node.isHere ? '' : 'away'].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      className={classes}
      data-key={key}
      tabIndex={isChosen ? 0 : -1}
      style={{ left: x, top: y, width, height: nodeHeight }}
      title={words}
      aria-label={words}
      aria-current={isSubject}
      onFocus={onFocus}
      onClick={onOpen}
    >
      <Icon name={icons[node.kind]} tone="quiet" />
      <span className="lineage-words">
        <span className="cut">{node.name}</span>
        <span className="cut quiet">
          {node.isHere ? node.detail : `not here${node.detail === '' ? '' : `, ${node.detail}`}`}
        </span>
      </span>
    </button>
  );
}

/** A thing with what leads to it and from it, for who cannot see the lines. */
function connectionWords({ node, key }: PlacedNode, edges: readonly LineageEdge[], layout: LineageLayout): string {
  const name = (end: LineageEdge['from']): string => layout.byKey.get(keyOf(end))?.node.name ?? end.id;
  const before = edges.filter(({ to }) => keyOf(to) === key).map((edge) => `${name(edge.from)} (${edge.how})`);
  const after = edges.filter(({ from }) => keyOf(from) === key).map((edge) => `${name(edge.to)} (${edge.how})`);
  const detail = node.detail === '' ? '' : `, ${node.detail}`;
  const from = before.length === 0 ? '' : `. From ${before.join(', ')}`;
  const to = after.length === 0 ? '' : `. To ${after.join(', ')}`;
  return `${lineageHeads[node.kind].replace(/s$/, '')} ${node.name}${detail}${from}${to}`;
}

/** Left and right follow the lines, up and down stay in the column. */
function nextOf(
  { columns, byKey }: LineageLayout,
  edges: readonly LineageEdge[],
  chosen: string,
  key: string,
): string | undefined {
  const at = byKey.get(chosen);
  if (at === undefined) return columns[0]?.[0]?.key;
  const column = columns[at.column] ?? [];
  const own = column.indexOf(at);
  if (key === 'ArrowDown') return column[own + 1]?.key;
  if (key === 'ArrowUp') return column[own - 1]?.key;
  if (key === 'ArrowRight') return ends(edges, chosen, 'from', 'to').find((end) => byKey.has(end));
  if (key === 'ArrowLeft') return ends(edges, chosen, 'to', 'from').find((end) => byKey.has(end));
  return undefined;
}

function ends(edges: readonly LineageEdge[], key: string, own: 'from' | 'to', other: 'from' | 'to'): string[] {
  return edges.filter((edge) => keyOf(edge[own]) === key).map((edge) => keyOf(edge[other]));
}
