// A small plot with its caption, its table, and what saves it.

import { type ReactNode, useRef } from 'react';
import { spreadsheetLine } from '../../../../src/protocol/export/spreadsheet-cell';
import { useChartColours } from '../../../kit/chart/colours';
import { IconButton } from '../../../kit/controls';
import { useTableTwin } from '../../../kit/figure/figure-body';
import { useHost } from '../../../kit/host/host-context';
import { Icon } from '../../../kit/icon';
import { useWidth } from '../../../kit/width';
import type { PlotContent } from './plot';
import { plotPicture } from './plot-picture';
import { PlotView } from './plot-view';

/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

/** The numbers behind a plot: what a table shows and a file in CSV holds. */
export interface PlotTable {
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

interface PlotFigureProps {
  name: string;
  caption: ReactNode;
  finding: string;
  content: PlotContent;
  table: PlotTable;
  runIds: readonly string[];
  /** Whether height and width measure the same. */
  isSquare: boolean;
}

const tallest = 240;

/** The figure; it takes the width that its place has. */
export function PlotFigure({ name, caption, finding, content, table, runIds, isSquare }: PlotFigureProps) {
  const host = useHost();
  const colours = useChartColours();
  const drawing = useRef<SVGSVGElement>(null);
  const [box, width] = useWidth<HTMLDivElement>();
  const [isTable, onTable] = useTableTwin(name);
  const height = isSquare ? Math.min(width, tallest) : 200;
  const onExport = async (): Promise<void> => {
    if (drawing.current === null) return;
    const picture = await plotPicture(drawing.current, { title: name, sides: content.sides, colours });
    await host.command('compare.exportChart', { metric: name, runIds: [...runIds], ...picture, csv: csvOf(table) });
  };
  return (
    <figure className="chart-figure plot-figure" aria-label={name}>
      <figcaption className="chart-caption">
        <strong className="chart-metric">{name}</strong>
        <Tools name={name} isTable={isTable} onTable={onTable} onExport={() => void onExport()} />
      </figcaption>
      <p className="plot-words">{caption}</p>
      <div ref={box}>
        {isTable ? (
          <TwinTable table={table} name={name} />
        ) : (
          width > 0 && (
            <PlotView
              content={content}
              width={isSquare ? Math.min(width, tallest + 40) : width}
              height={height}
              finding={finding}
              drawing={drawing}
            />
          )
        )}
      </div>
    </figure>
  );
}

function Tools(props: { name: string; isTable: boolean; onTable: () => void; onExport: () => void }) {
  const { name, isTable, onTable, onExport } = props;
  return (
    <span className="chart-tools">
      <IconButton label="Show as Table" about={name} pressed={isTable} onAct={onTable}>
        <Icon name="table" />
      </IconButton>
      <IconButton label="Export Chart…" about={name} disabled={isTable} onAct={onExport}>
        <Icon name="save" />
      </IconButton>
    </span>
  );
}

function TwinTable({ table, name }: { table: PlotTable; name: string }) {
  return (
    <section className="plot-table" aria-label={`${name} as a table`} {...reachable}>
      <table className="figures">
        <thead>
          <tr>
            {table.heads.map((head) => (
              <th key={head} className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, place) => (
                <td key={table.heads[place]} className="number">
                  {typeof cell === 'number' ? shareText(cell) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shareText(value: number): string {
  return (Number.isInteger(value) && Math.abs(value) >= 2 ? value.toLocaleString('en-US') : value.toFixed(3)).replace(
    '-',
    '−',
  );
}

function csvOf({ heads, rows }: PlotTable): string {
  return [heads, ...rows].map(spreadsheetLine).join('');
}
