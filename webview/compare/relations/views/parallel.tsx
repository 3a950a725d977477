// A line a run across params and metrics; parts of axes choose which runs are kept.
import { useMemo, useState } from 'react';
import type { RelationBrush } from '../../../../src/protocol/comparison/compare-panel';
import type { RelationColumn } from '../../../../src/protocol/comparison/relations';
import { countText, directionArrow } from '../../../../src/protocol/wording';
import { Button } from '../../../kit/controls';
import { brushText, keptRuns } from '../axes/brush';
import { parallelPlot } from '../axes/parallel-plot';
import { valueText } from '../axes/value-axis';
import { PointedRun } from '../figure/pointed-run';
import { RelationFigure } from '../figure/relation-figure';
import { byStrength, missingText, type RelationView } from '../related-runs';
import { AxisChoice } from './axis-choice';
import { AxisHeads } from './axis-heads';
import { type LinesProps, ParallelLines } from './parallel-lines';

/** How many axes there are room for, while nobody has chosen. */
const usualAxes = 5;

/** The figure with the choice of its axes below. */
export function Parallel({ view }: { view: RelationView }) {
  const { values, target, marks } = view;
  const [pointed, setPointed] = useState<number | null>(null);
  const columns = useMemo(() => axesOf(view), [view]);
  const { brushes, kept, brush } = useBrushes(view, columns);
  const finding = `${countText(values.runs.length, 'run')} over ${columns.map(({ name }) => name).join(', ')}, coloured by ${target.name}`;
  const run = pointed === null ? undefined : values.runs[pointed];
  const said = run === undefined || pointed === null ? null : { name: run.name, mark: marks[pointed] ?? 0 };
  return (
    <>
      <RelationFigure
        name={`Runs over ${columns.length} axes`}
        table={() => tableOf(view, columns, kept)}
        onRow={view.open}
        note={noteOf(view, columns)}
        caption={
          <PointedRun
            run={said}
            facts={pointed === null ? '' : `${target.name} ${valueText(target.values[pointed])}`}
            rest={<Legend target={target} />}
          />
        }
      >
        {(width) => (
          <Drawing
            {...{ view, columns, kept, brushes, width, finding, pointed }}
            onPoint={setPointed}
            onBrush={brush}
          />
        )}
      </RelationFigure>
      <Kept view={view} columns={columns} brushes={brushes} kept={kept} />
      <AxisChoice view={view} columns={columns} />
    </>
  );
}

type Brushes = Readonly<Record<string, RelationBrush>>;

/** The parts that are chosen, one that is just being dragged included, and which runs lie within. */
function useBrushes({ values, state, change }: RelationView, columns: readonly RelationColumn[]) {
  const [draft, setDraft] = useState<{ id: string; brush: RelationBrush | null } | null>(null);
  const brushes = useMemo(() => withDraft(state.brushes, draft), [state.brushes, draft]);
  const kept = useMemo(() => keptRuns(values.runs.length, columns, brushes), [values.runs.length, columns, brushes]);
  const brush = (id: string, part: RelationBrush | null, isDone: boolean): void => {
    setDraft(isDone ? null : { id, brush: part });
    if (isDone) change({ brushes: withDraft(state.brushes, { id, brush: part }) });
  };
  return { brushes, kept, brush };
}

type DrawingProps = Omit<LinesProps, 'plot'> & { columns: readonly RelationColumn[] };

function Drawing({ columns, ...props }: DrawingProps) {
  const { view, width, brushes, onBrush } = props;
  const { state, change } = view;
  const plot = useMemo(() => parallelPlot(columns, state.flipped, width), [columns, state.flipped, width]);
  return (
    <>
      <AxisHeads plot={plot} brushes={brushes} state={state} change={change} onBrush={onBrush} />
      <ParallelLines {...props} plot={plot} />
    </>
  );
}

/** How many runs are kept and by what, with the way back. */
function Kept(props: {
  view: RelationView;
  columns: readonly RelationColumn[];
  brushes: Brushes;
  kept: readonly boolean[];
}) {
  const { view, columns, brushes, kept } = props;
  const parts = columns.flatMap((column) => {
    const brush = brushes[column.id];
    return brush === undefined ? [] : [brushText(column, brush)];
  });
  if (parts.length === 0) return null;
  return (
    <p className="relation-kept">
      <output>
        {kept.filter(Boolean).length} of {countText(kept.length, 'run')} kept: {parts.join('; ')}
      </output>
      <Button label="Keep All" onAct={() => view.change({ brushes: {} })} />
    </p>
  );
}

function Legend({ target }: { target: RelationColumn }) {
  const isDown = target.direction === 'down';
  return (
    <span className="quiet">
      {target.name} {directionArrow(target.direction)} {isDown ? 'high' : 'low'}{' '}
      <span className="relation-ramp" aria-hidden="true" /> {isDown ? 'low' : 'high'}
    </span>
  );
}

/** Those that were chosen and are still there; else the strongest params and the target at the right. */
function axesOf(view: RelationView): RelationColumn[] {
  const { values, target, state } = view;
  if (state.axes !== null) {
    const named = new Map(values.columns.map((column) => [column.id, column]));
    const found = state.axes.map((id) => named.get(id)).filter((column) => column !== undefined);
    if (found.length > 1) return found;
  }
  const params = byStrength(view).filter(
    ({ of, values: own, kind }) => of === 'param' && (kind === 'number' || new Set(own).size <= 12),
  );
  const others = params.length === 0 ? byStrength(view) : params;
  return [...others.slice(0, usualAxes), target];
}

function withDraft(
  brushes: Readonly<Record<string, RelationBrush>>,
  draft: { id: string; brush: RelationBrush | null } | null,
): Record<string, RelationBrush> {
  if (draft === null) return { ...brushes };
  const { [draft.id]: _, ...others } = brushes;
  return draft.brush === null ? others : { ...others, [draft.id]: draft.brush };
}

function noteOf({ values }: RelationView, columns: readonly RelationColumn[]): string {
  const missing = missingText(columns, values.runs);
  return missing === '' ? '' : `${missing}: at – below the axis.`;
}

function tableOf({ values }: RelationView, columns: readonly RelationColumn[], kept: readonly boolean[]) {
  return {
    head: ['run', ...columns.map(({ name }) => name), 'kept'],
    rows: values.runs.map(({ runId, name }, at) => {
      const isKept = kept[at] === true ? 'yes' : 'no';
      return {
        key: runId,
        cells: [name, ...columns.map(({ values: own }) => own[at] ?? null), isKept],
        texts: [name, ...columns.map(({ values: own }) => valueText(own[at])), isKept],
      };
    }),
  };
}
