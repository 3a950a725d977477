// One node: what it reads, what it writes, how it is set.
import { useEffect, useState } from 'react';
import type { InnerGraph } from '../../../src/protocol/inference/file/graph-drawing';
import type { GraphNode, NodeValue } from '../../../src/protocol/inference/file/graph-outline';
import { valueTypeText } from '../../../src/protocol/inference/value-type';
import { countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { askModel } from '../model-source';

interface NodeDetailsProps {
  index: number;
  /** Changes when the file does. */
  stamp: number;
  /** Graphs that lie within it. */
  inner: readonly InnerGraph[];
  /** Asks for the nodes that read or write a value. */
  onValue: (name: string) => void;
  onOpen: (graph: number) => void;
}

/** What the file says of a node. */
export function NodeDetails({ index, stamp, inner, onValue, onOpen }: NodeDetailsProps) {
  const { node, error } = useNode(index, stamp);
  if (error !== null) return <p className="node-details quiet">{error.message}</p>;
  if (node === null) return <div className="node-details" />;
  return (
    <section className="node-details" aria-label="Node" aria-live="polite">
      <h3>
        <strong>{node.operator}</strong> <span className="quiet">{node.domain}</span>
      </h3>
      {node.name !== '' && <p className="node-whole">{node.name}</p>}
      {node.branch !== '' && <p className="note">In {node.branch} of the node above.</p>}
      {node.function !== '' && <p className="note">In the function {node.function}.</p>}
      {node.doc !== '' && <p className="note">{node.doc}</p>}
      {inner.map(({ graph, name, nodes }) => (
        <p key={graph}>
          <Link label={`Open ${name}`} onAct={() => onOpen(graph)} />{' '}
          <span className="quiet">{countText(nodes, 'node')}</span>
        </p>
      ))}
      <ValueList label="Reads" values={node.inputs} onValue={onValue} />
      <ValueList label="Writes" values={node.outputs} onValue={onValue} />
      {node.attributes.length > 0 && <Attributes attributes={node.attributes} />}
    </section>
  );
}

function Attributes({ attributes }: Pick<GraphNode, 'attributes'>) {
  return (
    <table className="figures attributes" aria-label="Attributes">
      <thead>
        <tr>
          <th scope="col">Attribute</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {attributes.map(({ name, kind, text }) => (
          <tr key={name}>
            <th scope="row" title={kind}>
              {name}
            </th>
            <td>
              <code>{text}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ValueList({
  label,
  values,
  onValue,
}: {
  label: string;
  values: NodeValue[];
  onValue: (name: string) => void;
}) {
  if (values.length === 0) return null;
  return (
    <table className="figures" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">Type</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ name, role, type, isWeight }, place) => (
          <tr key={`${place} ${name}`}>
            <th scope="row">
              {role !== '' && role !== name && <span className="value-role">{role} </span>}
              {name === '' ? (
                <span className="quiet">left out</span>
              ) : (
                <Link label={name} onAct={() => onValue(name)} />
              )}
            </th>
            <td className="quiet">
              {type === null ? '' : <code>{valueTypeText(type)}</code>}
              {isWeight && ' weight'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useNode(index: number, stamp: number): { node: GraphNode | null; error: Error | null } {
  const host = useHost();
  const [found, setFound] = useState<{ node: GraphNode | null; error: Error | null }>({ node: null, error: null });
  useEffect(() => {
    const taken = new AbortController();
    askModel(host, 'node', { index }, taken.signal).then(
      (node) => setFound({ node, error: null }),
      (error: Error) => {
        if (!taken.signal.aborted) setFound({ node: null, error });
      },
    );
    return () => taken.abort();
  }, [host, index, stamp]);
  return found;
}
