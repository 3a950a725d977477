// The frame of each view: what it says, its table and export, and what stands below.
import { type ReactNode, type RefObject, useRef } from 'react';
import { IconButton } from '../../../kit/controls';
import { useTableTwin } from '../../../kit/figure/figure-body';
import { useHost } from '../../../kit/host/host-context';
import { Icon } from '../../../kit/icon';
import { useWidth } from '../../../kit/width';
import { drawnFile } from './drawn-file';
import { tableCsv, type ValueTable } from './value-table';
import { ValueTableView } from './value-table-view';

/** `children` draws for a width in CSS pixels; a drawing that is hidden behind its table can still be exported. */
export function RelationFigure(props: {
  name: string;
  caption: ReactNode;
  note: string;
  /** Made when it is looked at or saved: a thousand rows take their time. */
  table: () => ValueTable;
  /** Opens what a row of the table names. */
  onRow: (row: number) => void;
  children: (width: number) => ReactNode;
}) {
  const { name, caption, note, table, children } = props;
  const [isTable, toggle] = useTableTwin(`relations:${name}`);
  const [box, width] = useWidth<HTMLDivElement>();
  const plot = useRef<HTMLDivElement>(null);
  const save = useSaving(plot, props);
  return (
    <figure className="chart-figure relation-figure" aria-label={name}>
      <figcaption className="chart-caption">
        {caption}
        <span className="relation-tools">
          <IconButton label="Show as Table" about={name} pressed={isTable} onAct={toggle}>
            <Icon name="table" />
          </IconButton>
          <IconButton label="Export Chart…" about={name} onAct={() => void save()}>
            <Icon name="save" />
          </IconButton>
        </span>
      </figcaption>
      {isTable && <ValueTableView name={name} table={table()} onRow={props.onRow} />}
      <div ref={box}>
        <div ref={plot} hidden={isTable}>
          {width > 0 && children(width)}
        </div>
      </div>
      {note !== '' && <p className="note relation-note">{note}</p>}
    </figure>
  );
}

/** Draws for a file what is on screen, and lets the host ask for the form and the place. */
function useSaving(
  plot: RefObject<HTMLDivElement | null>,
  props: { name: string; note: string; table: () => ValueTable },
) {
  const host = useHost();
  const { name, note, table } = props;
  return async (): Promise<void> => {
    const drawing = plot.current?.querySelector('svg.relation-plot');
    if (!(drawing instanceof SVGSVGElement)) return;
    const picture = await drawnFile(drawing, { title: name, note });
    await host.command('compare.exportChart', { metric: name, runIds: [], csv: tableCsv(table()), ...picture });
  };
}
