// Where in the model the drawn graph lies, and the way back.
import type { GraphStep } from '../../../src/protocol/inference/file/graph-drawing';
import { Link } from '../../kit/controls';
import { Icon } from '../../kit/icon';

/** Nothing for the model's own graph. `onOpen` is told the node that holds the graph one comes from. */
export function GraphWay(props: { way: readonly GraphStep[]; onOpen: (graph: number, holder: number | null) => void }) {
  const { way, onOpen } = props;
  if (way.length < 2) return null;
  return (
    <nav className="graph-way" aria-label="Graphs around this one">
      {way.map(({ graph, name }, at) => {
        const inner = way[at + 1];
        const text = at === 0 ? 'The Model’s Graph' : name;
        return inner === undefined ? (
          <strong key={graph}>{text}</strong>
        ) : (
          <span key={graph}>
            <Link label={text} onAct={() => onOpen(graph, inner.holder)} />
            <Icon name="right" tone="quiet" />
          </span>
        );
      })}
    </nav>
  );
}
