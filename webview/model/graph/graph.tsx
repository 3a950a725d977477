// The graph: drawn, or as a list of its nodes, and one of them beside it.
import { useEffect, useState } from 'react';
import type { GraphDrawing } from '../../../src/protocol/inference/file/graph-drawing';
import type { ModelPanelState } from '../../../src/protocol/inference/model-panel';
import { countText } from '../../../src/protocol/wording';
import { Segments } from '../../kit/controls';
import { useKeptChoice } from '../../kit/kept/kept-choice';
import { useSize } from '../../kit/width';
import { Drawing } from './drawing/drawing';
import { nodeId } from './drawing/drawn-boxes';
import { standsFor, useDrawing } from './drawing/use-drawing';
import { EndDetails } from './end-details';
import { Find } from './find';
import { GraphWay } from './graph-way';
import { NodeDetails } from './node-details';
import { NodeList } from './node-list';
import { type NodePages, useNodePages } from './node-pages';

interface GraphProps {
  nodes: { graph: number; all: number };
  /** Changes when the file does. */
  stamp: number;
  state: Pick<ModelPanelState, 'find' | 'node' | 'graph'>;
  change: (part: Partial<ModelPanelState>) => void;
}

const shapes = [
  { value: 'drawing', label: 'Drawing' },
  { value: 'list', label: 'List' },
] as const;

/** A search lists what it finds; what is chosen there comes into sight in the drawing. */
export function Graph({ nodes, stamp, state, change }: GraphProps) {
  const { find, node, graph } = state;
  const [isListed, setListed] = useKeptChoice('graph as a list');
  const pages = useNodePages(find, stamp);
  const { drawing, error } = useDrawing({ graph, node }, stamp);
  const chosen = useChosen(drawing, node, change);
  const wishFirst = useFirstFound(pages, find, chosen.choose);
  const said = error ?? pages.error;
  return (
    <section className="section graph-part" aria-label="Graph">
      <div className="section-head">
        <h2>Graph</h2>
        <span className="answer cut">{answerText(nodes, { find, node, found: pages.total, drawing, isListed })}</span>
        <span className="acts">
          <Find text={find} onFind={(text) => change({ find: text })} onFirst={wishFirst} />
          <Shape {...{ isListed, setListed }} />
        </span>
      </div>
      {said !== null && <p className="note worse">{said.message}</p>}
      {!isListed && drawing !== null && <GraphWay way={drawing.way} onOpen={chosen.open} />}
      <div className="graph">
        <div className="graph-main">
          {(isListed || find !== '') && <Nodes {...{ pages, find, node, isListed }} onChoose={chosen.choose} />}
          {!isListed && drawing !== null && <Drawn {...{ drawing, find, chosen }} />}
        </div>
        <Details
          {...{ drawing, node, stamp, chosen, isListed }}
          onValue={(name) => change({ find: name })}
          onDraw={() => setListed(false)}
        />
      </div>
    </section>
  );
}

function Shape({ isListed, setListed }: { isListed: boolean; setListed: (isListed: boolean) => void }) {
  return (
    <Segments
      label="How the graph is shown"
      options={shapes}
      value={isListed ? 'list' : 'drawing'}
      onChoose={(shape) => setListed(shape === 'list')}
    />
  );
}

/** Chooses the first that a search finds, as soon as it has; gives the means to wish for it. */
function useFirstFound(pages: NodePages, find: string, choose: (node: number) => void): (text: string) => void {
  const [wish, setWish] = useState<string | null>(null);
  const first = pages.isCurrent && wish === find ? pages.row(0)?.index : undefined;
  useEffect(() => {
    if (first === undefined) return;
    setWish(null);
    choose(first);
  }, [first, choose]);
  return setWish;
}

/** `box`: the id of the box that is chosen; `end` the same where it is an end of the graph. */
interface Chosen {
  box: string | null;
  end: string | null;
  choose: (node: number) => void;
  chooseEnd: (id: string) => void;
  /** `holder` is chosen there. */
  open: (graph: number, holder: number | null) => void;
}

function useChosen(drawing: GraphDrawing | null, node: number | null, change: GraphProps['change']): Chosen {
  const [end, chooseEnd] = useState<string | null>(null);
  const own = node === null || drawing === null ? null : standsFor(drawing, node);
  return {
    box: end ?? (own === null ? null : nodeId(own)),
    end,
    chooseEnd,
    choose: (index) => {
      chooseEnd(null);
      change({ node: index });
    },
    open: (graph, holder) => {
      chooseEnd(null);
      change({ graph, node: holder });
    },
  };
}

function Drawn({ drawing, find, chosen }: { drawing: GraphDrawing; find: string; chosen: Chosen }) {
  return (
    <Drawing
      {...{ drawing, find }}
      chosen={chosen.box}
      onChoose={({ id, index }) => (index === null ? chosen.chooseEnd(id) : chosen.choose(index))}
      onOpen={(next) => chosen.open(next, null)}
      onLeave={() => leave(drawing, chosen.open)}
    />
  );
}

interface DetailsProps {
  drawing: GraphDrawing | null;
  node: number | null;
  stamp: number;
  chosen: Chosen;
  isListed: boolean;
  onValue: (name: string) => void;
  onDraw: () => void;
}

function Details({ drawing, node, stamp, chosen, isListed, onValue, onDraw }: DetailsProps) {
  if (chosen.end !== null && drawing !== null) {
    return <EndDetails drawing={drawing} id={chosen.end} onNode={chosen.choose} />;
  }
  if (node === null) {
    return (
      <p className="node-details note">
        Choose a node to see what it reads, writes and is set to.
        {!isListed && ' Arrows lead along the lines; + and − zoom, 0 shows all.'}
      </p>
    );
  }
  return (
    <NodeDetails
      index={node}
      stamp={stamp}
      inner={drawing?.nodes.find(({ index }) => index === node)?.graphs ?? []}
      onValue={onValue}
      onOpen={(next) => {
        onDraw();
        chosen.open(next, null);
      }}
    />
  );
}

function leave({ way }: GraphDrawing, open: (graph: number, holder: number | null) => void): void {
  const around = way.at(-2);
  if (around !== undefined) open(around.graph, way.at(-1)?.holder ?? null);
}

interface NodesProps {
  pages: NodePages;
  find: string;
  node: number | null;
  isListed: boolean;
  onChoose: (index: number) => void;
}

const foundPixels = 144;
const headPixels = 24;

/** All nodes in the order of the file, or those that a search found: those of a subgraph stand further right, below the node that holds it. */
function Nodes({ pages, find, node, isListed, onChoose }: NodesProps) {
  const [box, { height }] = useSize<HTMLDivElement>();
  const { total } = pages;
  return (
    <div className={isListed ? 'nodes all' : 'nodes'} ref={box}>
      {total === 0 && (
        <p className="note">{find === '' ? 'The graph has no nodes.' : `No node has ${find} in its names.`}</p>
      )}
      {total !== null && total > 0 && (
        <NodeList
          key={find}
          {...{ pages, total, onChoose }}
          most={isListed ? Math.max(foundPixels, height - headPixels) : foundPixels}
          chosen={node}
        />
      )}
    </div>
  );
}

interface Shown {
  find: string;
  node: number | null;
  found: number | null;
  drawing: GraphDrawing | null;
  isListed: boolean;
}

/** What is left out of the drawing is said. */
function answerText(nodes: GraphProps['nodes'], { find, node, found, drawing, isListed }: Shown): string {
  const within = nodes.all - nodes.graph;
  const all =
    countText(nodes.all, 'node') +
    (within > 0 ? `, ${within.toLocaleString('en-US')} of them in subgraphs and functions` : '');
  const counted = find !== '' && found !== null ? `${found.toLocaleString('en-US')} of ${all}` : all;
  const drawn = drawing?.nodes.length ?? 0;
  if (isListed || drawing === null || drawn === drawing.total) return counted;
  return `${counted}. The ${drawn.toLocaleString('en-US')} nearest to the ${node === null ? 'first' : 'chosen'} one are drawn.`;
}
