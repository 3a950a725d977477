// The graph, drawn: moved by the mouse, walked along by keys.
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { GraphDrawing } from '../../../../src/protocol/inference/file/graph-drawing';
import { IconButton } from '../../../kit/controls';
import { Icon } from '../../../kit/icon';
import { useSize } from '../../../kit/width';
import { type Camera, firstSight, moved, type Size, wholeInSight, withInSight, zoomed } from './camera';
import { type DrawnBox, type DrawnLine, drawnBoxes, nodeId } from './drawn-boxes';
import { type Layout, layout } from './layout/layout';
import { Scene } from './scene';
import { type MovedCamera, useCamera } from './use-camera';
import { walked } from './walk';

interface DrawingProps {
  drawing: GraphDrawing;
  /** The id of the box that is chosen. */
  chosen: string | null;
  /** What is searched for; what has it in its names stands out. */
  find: string;
  onChoose: (box: Pick<DrawnBox, 'id' | 'index'>) => void;
  onOpen: (graph: number) => void;
  /** Back to the graph around. */
  onLeave: () => void;
}

interface Picture {
  boxes: DrawnBox[];
  lines: DrawnLine[];
  layout: Layout;
}

/** Below this, texts are too small to be read and are left out. */
const smallest = 0.35;

/** Arrows lead along lines, + and − zoom, 0 shows all, Enter opens a graph within a node, Esc goes back. */
export function Drawing(props: DrawingProps) {
  const { drawing, chosen, find } = props;
  const picture = useMemo((): Picture => {
    const { boxes, lines } = drawnBoxes(drawing);
    return { boxes, lines, layout: layout(boxes, lines) };
  }, [drawing]);
  const found = useMemo(() => foundBoxes(picture, drawing, find), [picture, drawing, find]);
  const [box, sight] = useSize<HTMLDivElement>();
  const movedCamera = useCamera(box);
  useSight(movedCamera, { picture, graph: drawing.graph, chosen, sight });
  const { camera, move, grip } = movedCamera;
  const middle = { x: sight.width / 2, y: sight.height / 2 };
  const zoom = (times: number): void => move((old) => zoomed(old, times, middle));
  const showAll = (): void => move(() => wholeInSight(picture.layout, sight));
  return (
    <div className="drawing" ref={box}>
      <div
        role="listbox"
        aria-label="Drawing of the graph"
        aria-activedescendant={chosen === null ? undefined : `box-${chosen}`}
        tabIndex={0}
        className={camera.scale < smallest ? 'sheet far' : 'sheet'}
        {...grip}
        onClick={({ target }) => onPress(target as Element, props, picture)}
        onKeyDown={(event) => onKey(event, props, { picture, zoom, showAll })}
      >
        <svg role="presentation">
          <Marks />
          <g transform={`translate(${camera.x} ${camera.y}) scale(${camera.scale})`}>
            <Scene {...picture} chosen={chosen} found={found} />
          </g>
        </svg>
      </div>
      <Tools zoom={zoom} showAll={showAll} />
    </div>
  );
}

function onPress(target: Element, { onChoose, onOpen }: DrawingProps, { boxes }: Picture): void {
  const pressed = target.closest('[data-box]')?.getAttribute('data-box');
  const graph = target.getAttribute('data-graph');
  const own = boxes.find(({ id }) => id === pressed);
  if (graph !== null) onOpen(Number(graph));
  else if (own !== undefined) onChoose(own);
}

/** The heads of lines. */
function Marks() {
  return (
    <defs>
      {['end', 'end-own'].map((id) => (
        <marker key={id} id={id} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={7} markerHeight={7} orient="auto">
          <path d="M0,0.500 L8,4 L0,7.500z" />
        </marker>
      ))}
    </defs>
  );
}

function Tools({ zoom, showAll }: { zoom: (times: number) => void; showAll: () => void }) {
  return (
    <div className="drawing-tools">
      <IconButton label="Zoom In (+)" onAct={() => zoom(step)}>
        <Icon name="plus" />
      </IconButton>
      <IconButton label="Zoom Out (−)" onAct={() => zoom(1 / step)}>
        <Icon name="minus" />
      </IconButton>
      <IconButton label="Show All (0)" onAct={showAll}>
        <Icon name="fit" />
      </IconButton>
    </div>
  );
}

const step = 1.25;

interface KeyActs {
  picture: Picture;
  zoom: (times: number) => void;
  showAll: () => void;
}

function onKey(event: KeyboardEvent, props: DrawingProps, { picture, zoom, showAll }: KeyActs): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { drawing, chosen, onChoose, onOpen, onLeave } = props;
  const { key } = event;
  const own = drawing.nodes.find(({ index }) => nodeId(index) === chosen);
  const [inner] = own?.graphs ?? [];
  const next = picture.boxes.find(({ id }) => id === walked(key, chosen, picture));
  const beyond = key === 'ArrowDown' ? own?.after[0] : key === 'ArrowUp' ? own?.before[0] : undefined;
  if (key === '+' || key === '=') zoom(step);
  else if (key === '-') zoom(1 / step);
  else if (key === '0') showAll();
  else if (key === 'Enter' && inner !== undefined) onOpen(inner.graph);
  else if (key === 'Escape' || key === 'Backspace') onLeave();
  else if (next !== undefined) onChoose(next);
  else if (beyond !== undefined) onChoose({ id: nodeId(beyond), index: beyond });
  else if (!key.startsWith('Arrow')) return;
  event.preventDefault();
}

interface Sight {
  picture: Picture;
  graph: number;
  chosen: string | null;
  sight: Size;
}

/**
 * Another graph is shown from its beginning, and again as long as nobody moved it. Otherwise what is chosen stays where it
 * is, or comes into sight.
 */
function useSight({ move }: MovedCamera, { picture, graph, chosen, sight }: Sight): void {
  const before = useRef<{ graph: number; layout: Layout; camera: Camera } | null>(null);
  const { layout: own } = picture;
  const { width, height } = sight;
  useEffect(() => {
    if (width === 0) return;
    const place = chosen === null ? undefined : own.boxes.get(chosen);
    const box = picture.boxes.find(({ id }) => id === chosen) ?? { width: 0, height: 0 };
    move((camera) => {
      const old = before.current;
      const isFirst = old?.graph !== graph || (old.camera === camera && old.layout === own);
      const was = isFirst || old.layout === own || chosen === null ? undefined : old.layout.boxes.get(chosen);
      const first = isFirst ? firstSight(own, { width, height }) : camera;
      const kept = was === undefined || place === undefined ? first : moved(first, place, was);
      const next = place === undefined ? kept : withInSight(kept, place, { box, sight: { width, height } });
      before.current = { graph, layout: own, camera: isFirst ? next : (old?.camera ?? next) };
      return next;
    });
  }, [picture, own, graph, chosen, width, height, move]);
}

function foundBoxes({ boxes, lines }: Picture, { nodes }: GraphDrawing, find: string): ReadonlySet<string> {
  const wanted = find.trim().toLowerCase();
  if (wanted === '') return new Set();
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  const found = boxes.filter(({ title }) => has(title)).map(({ id }) => id);
  const named = nodes.filter(({ name, constants }) => has(name) || constants.some((each) => has(each.name)));
  const carried = lines.filter(({ names }) => names.some(has)).flatMap(({ from, to }) => [from, to]);
  return new Set([...found, ...named.map(({ index }) => nodeId(index)), ...carried]);
}
