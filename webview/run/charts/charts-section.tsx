// Small multiples of the chosen metrics, live, on one axis, with one crosshair and one zoom.
import { useCallback, useEffect, useMemo } from 'react';
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import type { MetricSummary } from '../../../src/protocol/run';
import type { ChartLook } from '../../../src/protocol/runs/chart-look';
import { Crosshair } from '../../kit/chart/crosshair';
import type { Range } from '../../kit/chart/curve';
import { axisKeys, ChartTools } from '../../kit/figure/chart-tools';
import { smoothingText } from '../../kit/figure/chart-words';
import { Section } from '../../kit/section';
import { useSteady } from '../../kit/steady';
import { useWidth } from '../../kit/width';
import { ChartFigure, type FigureActs } from './chart-figure';
import type { ChartList } from './chart-list';
import { type DrawnCharts, useDrawnCharts } from './drawn-charts';

export interface ChartsSectionProps {
  run: { runId: string; name: string };
  /** Whether more may come. */
  isOpen: boolean;
  metrics: readonly MetricSummary[];
  /** Whether `metrics` are all that were logged. */
  isWhole: boolean;
  charts: ChartList;
  settings: ChartLook;
  onSettings: (part: Partial<ChartLook>) => void;
  /** Called once the charts are on screen. */
  onDrawn: () => void;
  acts: Omit<FigureActs, 'onZoom'>;
}

/** The charts in the order they were chosen. */
export function ChartsSection(props: ChartsSectionProps) {
  const { run, charts, settings, metrics, onSettings } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const drawn = useDrawnCharts({ runId: run.runId, charts, metrics, settings, width });
  useTelling(props.onDrawn, drawn.isLoaded);
  const onZoom = useCallback((zoom: Range | null) => onSettings({ zoom }), [onSettings]);
  const acts = useActs(props.acts, onZoom);
  const keys = useMemo(() => axisKeys(metrics), [metrics]);
  const tools = <ChartTools settings={settings} keys={keys} isZoomed={drawn.isZoomed} onChange={onSettings} />;
  const [isBare, note] = [metrics.length === 0, emptyNote(props)];
  return (
    <Section title="Charts" acts={isBare ? undefined : tools} answer={note === undefined ? 'none' : undefined}>
      <div ref={box} className="charts">
        <Figures runName={run.name} smoothing={smoothingText(settings)} charts={drawn} acts={acts} />
      </div>
      {charts.length === 0 && note !== undefined && <p className="note">{note}</p>}
    </Section>
  );
}

function Figures(props: { runName: string; smoothing: string; charts: DrawnCharts; acts: FigureActs }) {
  const { runName, smoothing, charts, acts } = props;
  const crosshair = useMemo(() => new Crosshair(), []);
  const { view, range, whole, isZoomed, rest } = charts;
  if (range === undefined || whole === undefined) return null;
  const shared = { runName, smoothing, view, range, whole, isZoomed, crosshair, rest, acts };
  return charts.figures.map(({ drawn, directions }) => (
    <ChartFigure key={drawn[0]?.key} series={drawn} directions={directions} {...shared} />
  ));
}

/** Calls `tell` once `isTrue` is. */
function useTelling(tell: () => void, isTrue: boolean): void {
  const steady = useSteady(tell);
  useEffect(() => {
    if (isTrue) steady();
  }, [isTrue, steady]);
}

/** The same handlers for the life of the section, so that no figure is drawn again for them. */
function useActs(acts: ChartsSectionProps['acts'], onZoom: FigureActs['onZoom']): FigureActs {
  const onAdd = useSteady(acts.onAdd);
  const onDrop = useSteady(acts.onDrop);
  const onRemove = useSteady(acts.onRemove);
  return useMemo(() => ({ onZoom, onAdd, onDrop, onRemove }), [onZoom, onAdd, onDrop, onRemove]);
}

function emptyNote({ metrics, isWhole, isOpen }: ChartsSectionProps): string | undefined {
  // Those of the machine have a place of their own.
  if (metrics.every(({ key }) => isMachineMetric(key)))
    return isOpen ? 'Metrics are drawn here as they are logged.' : undefined;
  if (isWhole && metrics.every(({ count }) => count === 1))
    return 'Every metric has one value: there is no curve to draw.';
  return 'Choose a row of the table to draw its metric.';
}
