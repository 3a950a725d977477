// The graph as a list of its nodes, and one of them beside it.
import { useEffect, useRef, useState } from 'react';
import { countText } from '../../../src/protocol/wording';
import { Section } from '../../kit/section';
import { NodeDetails } from './node-details';
import { NodeList } from './node-list';
import { useNodePages } from './node-pages';

/** From the last key until it is searched for. */
const restMilliseconds = 150;

interface GraphProps {
  nodes: { graph: number; all: number };
  /** Changes when the file does. */
  stamp: number;
  find: string;
  chosen: number | null;
  onFind: (text: string) => void;
  onChoose: (index: number | null) => void;
}

/** Nodes in the order of the file; those of a subgraph stand further right, below the node that holds it. */
export function Graph({ nodes, stamp, find, chosen, onFind, onChoose }: GraphProps) {
  const pages = useNodePages(find, stamp);
  const { total, error } = pages;
  const within = nodes.all - nodes.graph;
  const all =
    countText(nodes.all, 'node') +
    (within > 0 ? `, ${within.toLocaleString('en-US')} of them in subgraphs and functions` : '');
  return (
    <Section
      title="Graph"
      answer={find !== '' && total !== null ? `${total.toLocaleString('en-US')} of ${all}` : all}
      acts={<Find text={find} onFind={onFind} />}
    >
      {error !== null && <p className="note">{error.message}</p>}
      {total === 0 && (
        <p className="note">{find === '' ? 'The graph has no nodes.' : `No node has ${find} in its names.`}</p>
      )}
      {total !== null && total > 0 && (
        <div className="graph">
          <NodeList key={find} pages={pages} total={total} chosen={chosen} onChoose={onChoose} />
          {chosen === null ? (
            <p className="node-details note">Choose a node to see what it reads, writes and is set to.</p>
          ) : (
            <NodeDetails index={chosen} stamp={stamp} onValue={onFind} />
          )}
        </div>
      )}
    </Section>
  );
}

function Find({ text, onFind }: { text: string; onFind: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const tell = useRef(onFind);
  tell.current = onFind;
  // A value that is followed from a node stands in the field too.
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    const rest = setTimeout(() => tell.current(typed), restMilliseconds);
    return () => clearTimeout(rest);
  }, [typed]);
  return (
    <input
      className="field search"
      placeholder="Find a node or value"
      aria-label="Find a node or value"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped('');
      }}
    />
  );
}
