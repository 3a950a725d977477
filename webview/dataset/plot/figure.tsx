// A small figure: its name and finding in words, the drawing or the table behind it.
import type { ReactNode } from 'react';
import { IconButton } from '../../kit/controls';
import { useTableTwin } from '../../kit/figure/figure-body';
import { Icon } from '../../kit/icon';
import { useWidth } from '../../kit/width';

/** The numbers behind a figure. */
export interface TwinTable {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

interface FigureProps {
  name: string;
  /** Beside the name. */
  caption: ReactNode;
  /** Below the caption: what the shapes stand for. */
  keys?: ReactNode;
  table: TwinTable;
  /** The drawing for a width in pixels. */
  children: (width: number) => ReactNode;
}

/** The figure takes the width of its place. */
export function Figure({ name, caption, keys, table, children }: FigureProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [isTable, onTable] = useTableTwin(name);
  return (
    <figure className="figure" aria-label={name}>
      <figcaption>
        <strong>{name}</strong>
        <span className="quiet">{caption}</span>
        <span className="figure-tools">
          <IconButton label="Show as Table" about={name} pressed={isTable} onAct={onTable}>
            <Icon name="table" />
          </IconButton>
        </span>
      </figcaption>
      {keys !== undefined && !isTable && <div className="figure-keys">{keys}</div>}
      <div ref={box}>{isTable ? <Twin name={name} table={table} /> : width > 0 && children(width)}</div>
    </figure>
  );
}

function Twin({ name, table: { heads, rows } }: { name: string; table: TwinTable }) {
  return (
    <section className="twin" aria-label={`${name} as a table`} {...reachable}>
      <table className="figures">
        <thead>
          <tr>
            {heads.map((head, place) => (
              <th key={head} scope="col" className={place === 0 ? '' : 'number'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, place) => (
                <td key={heads[place]} className={place === 0 ? '' : 'number'}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
