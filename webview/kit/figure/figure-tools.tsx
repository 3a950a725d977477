// What can be done with one chart: buttons that show when its figure is pointed at or has the focus.
import type { ReactNode } from 'react';
import { useChartColours } from '../chart/colours';
import type { ChartView, Curve, Range } from '../chart/curve';
import { chartPng } from '../chart/export/chart-png';
import { chartSvg } from '../chart/export/chart-svg';
import { IconButton } from '../controls';
import { Icon } from '../icon';

/** A chart drawn for a file; `png` is base64, null where the page cannot make pixels. */
export interface ChartPicture {
  svg: string;
  png: string | null;
}

interface FigureToolsProps {
  /** What stands above the chart in a file. */
  title: string;
  /** What the chart shows, in words. */
  name: string;
  curves: readonly Curve[];
  view: ChartView;
  range: Range;
  /** How smooth curves were made so. */
  smoothing: string;
  /** What stands below the chart. */
  note: string;
  isTable: boolean;
  onTable: () => void;
  onExport: (picture: ChartPicture) => void;
  /** Further buttons, before the last. */
  children?: ReactNode;
}

/** Table, export, and what the panel adds. */
export function FigureTools(props: FigureToolsProps) {
  const { name, isTable, onTable, children } = props;
  const draw = useDrawing(props);
  return (
    <span className="chart-tools">
      <IconButton label="Show as Table" about={name} pressed={isTable} onAct={onTable}>
        <Icon name="table" />
      </IconButton>
      <IconButton label="Export Chart…" about={name} onAct={() => void draw().then(props.onExport)}>
        <Icon name="save" />
      </IconButton>
      {children}
    </span>
  );
}

/** Draws the chart for a file. A page that cannot make pixels still has the drawing and the points. */
function useDrawing({ title, curves, view, range, smoothing, note }: FigureToolsProps): () => Promise<ChartPicture> {
  const colours = useChartColours();
  return async () => {
    const isSmooth = curves.some(({ series }) => series.smooth.length > 0);
    const foot = [note, isSmooth ? smoothing : ''].filter(Boolean).join(', ');
    const svg = chartSvg({ title, foot, curves, view, range, colours });
    return { svg, png: await chartPng(svg).catch(() => null) };
  };
}
