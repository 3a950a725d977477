// What can be done with one chart: buttons that show when its figure is pointed at or has the focus.
import { useChartColours } from '../../kit/chart/colours';
import type { ChartView, Curve, Range } from '../../kit/chart/curve';
import { chartPng } from '../../kit/chart/export/chart-png';
import { chartSvg } from '../../kit/chart/export/chart-svg';
import { IconButton } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';

interface FigureToolsProps {
  runName: string;
  /** All metrics of the chart, in words. */
  name: string;
  curves: readonly Curve[];
  view: ChartView;
  range: Range;
  smoothing: number;
  /** What stands below the chart. */
  note: string;
  isTable: boolean;
  onTable: () => void;
  onAdd: () => void;
  onRemove: () => void;
}

/** Table, further metric, export, remove. */
export function FigureTools(props: FigureToolsProps) {
  const { name, isTable, onTable, onAdd, onRemove } = props;
  const save = useExport(props);
  return (
    <span className="chart-tools">
      <IconButton label="Show as Table" about={name} pressed={isTable} onAct={onTable}>
        <Icon name="table" />
      </IconButton>
      <IconButton label="Add Metric…" about={name} onAct={onAdd}>
        <Icon name="plus" />
      </IconButton>
      <IconButton label="Export Chart…" about={name} onAct={() => void save()}>
        <Icon name="save" />
      </IconButton>
      <IconButton label="Remove Chart" about={name} onAct={onRemove}>
        <Icon name="close" />
      </IconButton>
    </span>
  );
}

/** Draws the chart for a file; the editor asks for format and place, and tells what failed. */
function useExport({ runName, curves, view, range, smoothing, note }: FigureToolsProps): () => Promise<void> {
  const host = useHost();
  const colours = useChartColours();
  return async () => {
    const isSmooth = curves.some(({ series }) => series.smooth.length > 0);
    const foot = [note, isSmooth ? `smoothed ${smoothing.toFixed(2)}` : ''].filter(Boolean).join(', ');
    const svg = chartSvg({ title: runName, foot, curves, view, range, colours });
    const keys = curves.map(({ series }) => series.key);
    // A page that cannot make pixels still has the drawing and the points; the editor says so where it asks.
    const png = await chartPng(svg).catch(() => null);
    await host.command('chart.export', { name: `${runName}-${keys[0]}`, keys, svg, png });
  };
}
