// Boxes and lines at their places. Drawn anew only when something of it changes: moving and zooming leave it as it is.
import { memo } from 'react';
import { boxHead, boxLine, type DrawnBox, type DrawnLine } from './drawn-boxes';
import type { Layout, Point } from './layout/layout';
import { placedLabels } from './placed-labels';
import { fitting } from './text-width';

interface SceneProps {
  boxes: readonly DrawnBox[];
  lines: readonly DrawnLine[];
  layout: Layout;
  /** The id of the box that is chosen. */
  chosen: string | null;
  /** Ids of those that a search found. */
  found: ReadonlySet<string>;
}

/** The lines of the chosen box stand out. `data-box` is a box's id, `data-graph` the graph that a line of it opens. */
export const Scene = memo(function Scene({ boxes, lines, layout, chosen, found }: SceneProps) {
  const labels = placedLabels(lines, layout);
  const isOwn = ({ from, to }: DrawnLine): boolean => from === chosen || to === chosen;
  return (
    <>
      <svg aria-hidden="true" overflow="visible">
        {lines.map((line, at) => (
          <Edge
            key={`${line.from}>${line.to}`}
            line={line}
            path={layout.edges[at] ?? []}
            isFar={layout.far.has(at)}
            isOwn={isOwn(line)}
          />
        ))}
        {labels.map(({ key, text, x, y }) => (
          <text key={key} className="edge-label" x={x} y={y}>
            {text}
          </text>
        ))}
      </svg>
      {boxes.map((box) => (
        <Box
          key={box.id}
          box={box}
          place={layout.boxes.get(box.id) ?? { x: 0, y: 0 }}
          isChosen={box.id === chosen}
          isFound={found.has(box.id)}
        />
      ))}
    </>
  );
});

interface EdgeProps {
  line: DrawnLine;
  path: readonly Point[];
  isFar: boolean;
  isOwn: boolean;
}

/** Of a line from far away only the end is drawn, with the value's name, until one of its boxes is chosen. */
function Edge({ line, path, isFar, isOwn }: EdgeProps) {
  const end = path.at(-1);
  if (isFar && !isOwn && end !== undefined) {
    const name = line.names.join(', ');
    return (
      <>
        <path className="edge far" d={`M${end.x - 16},${end.y - 18}L${end.x},${end.y}`} markerEnd="url(#end)" />
        <text className="edge-label" x={end.x - 20} y={end.y - 16} textAnchor="end">
          {fitting(name, 'line', 120)}
        </text>
      </>
    );
  }
  return (
    <path
      className={isOwn ? 'edge own' : 'edge'}
      d={isFar ? bow(path) : curve(path)}
      markerEnd={isOwn ? 'url(#end-own)' : 'url(#end)'}
    >
      <title>{line.names.join(', ')}</title>
    </path>
  );
}

/** Past the boxes between, at their left. */
function bow([start, end]: readonly Point[]): string {
  if (start === undefined || end === undefined) return '';
  const aside = Math.min(start.x, end.x) - 240;
  return `M${start.x},${start.y}C${aside},${start.y + 80} ${aside},${end.y - 80} ${end.x},${end.y}`;
}

/** Straight through ranks, bent between them. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => {
      const before = points[at - 1];
      if (before === undefined) return `M${x},${y}`;
      if (Math.abs(before.x - x) < 0.5) return `L${x},${y}`;
      const middle = (before.y + y) / 2;
      return `C${before.x},${middle} ${x},${middle} ${x},${y}`;
    })
    .join('');
}

interface BoxProps {
  box: DrawnBox;
  place: Point;
  isChosen: boolean;
  isFound: boolean;
}

function Box({ box, place, isChosen, isFound }: BoxProps) {
  const { id, kind, title, lines, width, height } = box;
  const classes = ['box', kind, isChosen ? 'chosen' : '', isFound ? 'found' : ''].filter(Boolean).join(' ');
  return (
    // The drawing has the keys: Tab reaches it once.
    <g
      id={`box-${id}`}
      data-box={id}
      className={classes}
      role="option"
      aria-selected={isChosen}
      aria-label={box.said}
      tabIndex={-1}
      transform={`translate(${place.x - width / 2} ${place.y - height / 2})`}
    >
      <rect width={width} height={height} rx={kind === 'node' ? 2 : Math.min(14, height / 2)} />
      <text className="box-title" x={width / 2} y={17} textAnchor="middle">
        {fitting(title, 'head', width - 12)}
      </text>
      {lines.map(({ text, graph }, at) => (
        <text
          key={`${at} ${text}`}
          className={graph === null ? 'box-line' : 'box-line opens'}
          x={width / 2}
          y={boxHead + at * boxLine + 9}
          textAnchor="middle"
          data-graph={graph ?? undefined}
        >
          {fitting(text, 'line', width - 12)}
        </text>
      ))}
    </g>
  );
}
