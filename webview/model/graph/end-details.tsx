// An input or output of a graph: its type, and which nodes it goes to or comes from.
import type { DrawnEnd, GraphDrawing } from '../../../src/protocol/inference/file/graph-drawing';
import { valueTypeText } from '../../../src/protocol/inference/value-type';
import { Link } from '../../kit/controls';
import { endWords } from './drawing/drawn-boxes';

/** `id` is that of its box. */
export function EndDetails(props: { drawing: GraphDrawing; id: string; onNode: (index: number) => void }) {
  const { drawing, id, onNode } = props;
  const [kind, name] = [id.slice(0, id.indexOf(' ')) as 'input' | 'output' | 'outer', id.slice(id.indexOf(' ') + 1)];
  const own = [...drawing.inputs, ...drawing.outputs].find((value) => value.name === name);
  const isOwn = (end: DrawnEnd): boolean => end.kind === kind && end.name === name;
  const ends = drawing.edges.flatMap(({ from, to }) => (isOwn(from) ? [to] : isOwn(to) ? [from] : []));
  return (
    <section className="node-details" aria-label="Node" aria-live="polite">
      <h3>
        <span className="quiet">{endWords[kind]}</span> <strong>{name}</strong>
      </h3>
      {own !== undefined && (
        <p>
          <code>{valueTypeText(own.type)}</code>
        </p>
      )}
      {own !== undefined && own.doc !== '' && <p className="note">{own.doc}</p>}
      {ends.length > 0 && (
        <table className="figures" aria-label="Joined to">
          <thead>
            <tr>
              <th scope="col">{kind === 'output' ? 'Written by' : 'Read by'}</th>
            </tr>
          </thead>
          <tbody>
            {ends.map((end) => (
              <tr key={JSON.stringify(end)}>
                <td>
                  <EndLink end={end} drawing={drawing} onNode={onNode} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function EndLink({ end, drawing, onNode }: { end: DrawnEnd; drawing: GraphDrawing; onNode: (index: number) => void }) {
  if (end.kind !== 'node') return <>{end.name}</>;
  const node = drawing.nodes.find(({ index }) => index === end.index);
  const text = [node?.operator, node?.name].filter(Boolean).join(' ');
  return <Link label={text} onAct={() => onNode(end.index)} />;
}
