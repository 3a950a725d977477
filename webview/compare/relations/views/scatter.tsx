// One param or metric against another: a mark a run.
import { useMemo, useState } from 'react';
import type { RelationColumn } from '../../../../src/protocol/comparison/relations';
import { markColour, markSign } from '../../../../src/protocol/runs/mark-signs';
import { countText } from '../../../../src/protocol/wording';
import { axisOf, placeOn, usualScale, type ValueAxis, valueText } from '../axes/value-axis';
import { ChartButton } from '../figure/chart-button';
import { PointedRun } from '../figure/pointed-run';
import { RelationFigure } from '../figure/relation-figure';
import { relationText } from '../importance-words';
import { missingText, type RelationView } from '../related-runs';
import { ScatterAxes } from './scatter-axes';

const height = 280;
/** How near the pointer has to be, in CSS pixels. */
const reach = 20;
const gutter = 20;

/** Where the plot lies in the drawing. Runs without a value stand in a gutter beside it. */
export interface ScatterPlot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: ValueAxis;
  y: ValueAxis;
  lacksX: boolean;
  lacksY: boolean;
}

interface Point {
  run: number;
  x: number;
  y: number;
}

/** Marks over two axes; arrows go from run to run, Enter opens one. */
export function Scatter({ view, across }: { view: RelationView; across: RelationColumn }) {
  const { values, target, marks, state, open } = view;
  const [pointed, setPointed] = useState<number | null>(null);
  const run = pointed === null ? undefined : values.runs[pointed];
  const facts = (at: number): string =>
    `${across.name} ${valueText(across.values[at])}, ${target.name} ${valueText(target.values[at])}`;
  const said = run === undefined || pointed === null ? null : { name: run.name, mark: marks[pointed] ?? 0 };
  const finding = findingOf(view, across);
  const missing = missingText([across, target], values.runs);
  const note = [
    missing,
    offLog(across, state.scaleX ?? usualScale(across)),
    offLog(target, state.scaleY ?? usualScale(target)),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <RelationFigure
      name={`${target.name} over ${across.name}`}
      table={() => tableOf(view, across)}
      onRow={open}
      note={note === '' ? '' : `${note}: in the gutter marked –.`}
      caption={<PointedRun run={said} facts={pointed === null ? '' : facts(pointed)} rest={finding} />}
    >
      {(width) => (
        <Cloud {...{ view, across, width, finding, pointed }} onPoint={setPointed} onOpen={(at) => open(at)} />
      )}
    </RelationFigure>
  );
}

interface CloudProps {
  view: RelationView;
  across: RelationColumn;
  width: number;
  finding: string;
  pointed: number | null;
  onPoint: (run: number | null) => void;
  onOpen: (run: number) => void;
}

function Cloud({ view, across, width, finding, pointed, onPoint, onOpen }: CloudProps) {
  const { values, target, marks, state, comparison } = view;
  const [scaleX, scaleY] = [state.scaleX ?? usualScale(across), state.scaleY ?? usualScale(target)];
  const plot = useMemo(
    () => plotOf({ across, target, width, scaleX, scaleY }),
    [across, target, width, scaleX, scaleY],
  );
  const points = useMemo(() => pointsOf(plot, values.runs.length), [plot, values.runs.length]);
  const place = pointed === null ? null : points.findIndex(({ run }) => run === pointed);
  const at = place === null ? undefined : points[place];
  const own = comparison.baseline.runs;
  const baseline = useMemo(() => new Set(own.map(({ runId }) => runId)), [own]);
  const cloud = useMemo(
    () =>
      points.map(({ run, x, y }) => {
        const isBaseline = baseline.has(values.runs[run]?.runId ?? '');
        return <RunPoint key={run} x={x} y={y} mark={marks[run] ?? 0} isBaseline={isBaseline} />;
      }),
    [points, marks, values, baseline],
  );
  return (
    <ChartButton
      {...{ finding, width, height, place }}
      count={points.length}
      placeAt={(x, y) => nearest(points, x, y)}
      onPlace={(next) => onPoint(next === null ? null : (points[next]?.run ?? null))}
      onOpen={(next) => onOpen(points[next]?.run ?? 0)}
    >
      <ScatterAxes plot={plot} />
      {cloud}
      {at !== undefined && <circle data-tool="" className="relation-ring" cx={at.x} cy={at.y} r={8} />}
    </ChartButton>
  );
}

function RunPoint({ x, y, mark, isBaseline }: { x: number; y: number; mark: number; isBaseline: boolean }) {
  const { path, isFilled } = markSign(mark);
  const colour = `var(--mark-${markColour(mark)})`;
  return (
    <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      {isBaseline && <circle className="relation-baseline" r={7} />}
      <path d={path} style={{ fill: isFilled ? colour : 'none', stroke: colour, strokeWidth: isFilled ? 0 : 1.6 }} />
    </g>
  );
}

function plotOf(given: {
  across: RelationColumn;
  target: RelationColumn;
  width: number;
  scaleX: 'linear' | 'log';
  scaleY: 'linear' | 'log';
}): ScatterPlot {
  const { across, target, width, scaleX, scaleY } = given;
  const x = axisOf(across, scaleX, Math.max(2, Math.floor(width / 90)));
  const y = axisOf(target, scaleY, 6);
  const lacks = (axis: ValueAxis): boolean => axis.column.values.some((value) => placeOn(axis, value) === null);
  const [lacksX, lacksY] = [lacks(x), lacks(y)];
  const [left, bottom] = [lacksX ? 56 + gutter : 56, height - 32 - (lacksY ? gutter : 0)];
  return { x, y, lacksX, lacksY, left, right: width - 12, top: 10, bottom };
}

/** Where the runs stand, from left to right; those of one level side by side, so that none hides another. */
function pointsOf(plot: ScatterPlot, runs: number): Point[] {
  const { left, right, top, bottom, x, y } = plot;
  return Array.from({ length: runs }, (_, run): Point => {
    const [across, up] = [placeOn(x, x.column.values[run] ?? null), placeOn(y, y.column.values[run] ?? null)];
    const aside = x.column.kind === 'level' ? ((((run * 0.618) % 1) - 0.5) * 0.6) / x.levels.length : 0;
    return {
      run,
      x: across === null ? left - gutter / 2 - 4 : left + (across + aside) * (right - left),
      y: up === null ? bottom + gutter / 2 + 4 : bottom - up * (bottom - top),
    };
  }).sort((a, b) => a.x - b.x || a.y - b.y);
}

function nearest(points: readonly Point[], x: number, y: number): number | null {
  let [found, least] = [null as number | null, reach * reach];
  for (const [place, point] of points.entries()) {
    const far = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (far < least) [found, least] = [place, far];
  }
  return found;
}

function offLog({ name, kind, values }: RelationColumn, scale: 'linear' | 'log'): string {
  const off =
    scale === 'log' && kind === 'number' ? values.filter((value) => typeof value === 'number' && value <= 0) : [];
  return off.length === 0 ? '' : `${countText(off.length, 'run')} with ${name} ≤ 0 on a log axis`;
}

/** What the drawing shows: how far the two go together where that is known, else how many runs there are. */
function findingOf({ values, target, importance }: RelationView, across: RelationColumn): string {
  const relation = importance?.params.find(({ id }) => id === across.id);
  const isThere = ({ kind, values: own }: RelationColumn, at: number): boolean =>
    kind === 'level' ? (own[at] ?? null) !== null : typeof own[at] === 'number';
  const both = values.runs.filter((_, at) => isThere(across, at) && isThere(target, at));
  const head = `${target.name} over ${across.name}, ${countText(both.length, 'run')}`;
  return relation === undefined ? head : `${head}: ${relationText(relation)}`;
}

function tableOf({ values, target }: RelationView, across: RelationColumn) {
  return {
    head: ['run', across.name, target.name],
    rows: values.runs.map(({ runId, name }, at) => ({
      key: runId,
      cells: [name, across.values[at] ?? null, target.values[at] ?? null],
      texts: [name, valueText(across.values[at]), valueText(target.values[at])],
    })),
  };
}
