// The lineage as lists by kind, where there is no room to draw it.
import type { Lineage, LineageNode } from '../../../src/protocol/datasets/lineage';
import { keyOf, lineageLayout } from './lineage-layout';
import { headOfKinds } from './lineage-words';

/** In the direction in which data flow. */
export function LineageList(props: { lineage: Lineage; of: string; onOpen: (node: LineageNode) => void }) {
  const { lineage, of, onOpen } = props;
  const { columns, kinds } = lineageLayout(lineage);
  return columns.map((column, at) => {
    const head = headOfKinds(kinds[at] ?? []);
    return (
      <section key={column[0]?.key ?? ''} className="lineage-list" aria-label={head}>
        <h2 className="quiet">{head}</h2>
        <ul>
          {column.map(({ node, key }) => {
            const from = lineage.edges.filter(({ to }) => keyOf(to) === key);
            return (
              <li key={key}>
                <button type="button" className="link" aria-current={key === of} onClick={() => onOpen(node)}>
                  {node.name}
                </button>
                <span className="quiet">
                  {[node.detail, ...new Set(from.map(({ how }) => how))].filter(Boolean).join(' · ')}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
    );
  });
}
