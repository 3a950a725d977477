// One metric run by run, or side by side where a side has repeats: mean and spread.
import { useState } from 'react';
import { countText, numberText } from '../../../../src/protocol/wording';
import { Fold } from '../../../kit/section';
import { valueText } from '../axes/value-axis';
import { PointedRun } from '../figure/pointed-run';
import { RelationFigure } from '../figure/relation-figure';
import { missingText, type RelationView } from '../related-runs';
import { type ChartRow, RowsChart } from './rows-chart';
import { type SideValue, sideValues } from './side-values';

/** So many rows are shown before more are asked for. */
const mostRows = 30;

/** The baseline first, then from the best to the worst. */
export function Bars({ view }: { view: RelationView }) {
  const sides = sideValues(view);
  const rest = sides.slice(mostRows);
  return (
    <>
      <BarFigure view={view} sides={sides.slice(0, mostRows)} all={sides} name={view.target.name} />
      {rest.length > 0 && (
        <Fold name="relations:bars" label={`${rest.length} more`}>
          <BarFigure view={view} sides={rest} all={sides} name={`${view.target.name}, the others`} />
        </Fold>
      )}
    </>
  );
}

interface FigureProps {
  view: RelationView;
  sides: readonly SideValue[];
  all: readonly SideValue[];
  name: string;
}

function BarFigure({ view, sides, all, name }: FigureProps) {
  const { values, target, marks, state, open } = view;
  const [pointed, setPointed] = useState<number | null>(null);
  const side = pointed === null ? undefined : sides[pointed];
  const said = side === undefined ? null : { name: side.name, mark: marks[side.first] ?? 0 };
  const finding = findingOf(view, all);
  const missing = missingText([target], values.runs);
  return (
    <RelationFigure
      name={name}
      table={() => tableOf(view, sides)}
      onRow={(row) => open(sides[row]?.first ?? 0)}
      note={missing === '' ? '' : `${missing}.`}
      caption={<PointedRun run={said} facts={side === undefined ? '' : textOf(view, side)} rest={finding} />}
    >
      {(width) => (
        <RowsChart
          width={width}
          rows={sides.map((each) => rowOf(view, each))}
          {...rangeOf(all, state.fromZero)}
          isBar={state.fromZero}
          rule={all.find(({ isBaseline }) => isBaseline)?.mean ?? null}
          finding={finding}
          onPoint={setPointed}
          onOpen={(row) => open(sides[row]?.first ?? 0)}
        />
      )}
    </RelationFigure>
  );
}

function rowOf(view: RelationView, side: SideValue): ChartRow {
  const { first, name, mean, sd, isBaseline } = side;
  return {
    key: view.values.runs[first]?.runId ?? name,
    label: name,
    mark: view.marks[first] ?? 0,
    isPinned: isBaseline,
    isOpen: false,
    bar: mean,
    spread: mean === null || sd === null ? null : [mean - sd, mean + sd],
    point: null,
    text: textOf(view, side),
  };
}

function textOf({ target }: RelationView, { first, mean, sd, count }: SideValue): string {
  if (mean === null) return valueText(target.values[first]);
  return sd === null ? numberText(mean) : `${numberText(mean)} ± ${numberText(sd)}, ${countText(count, 'run')}`;
}

/** What the axis holds: zero and all ends, or all ends with some room. */
function rangeOf(sides: readonly SideValue[], fromZero: boolean): { low: number; high: number } {
  const ends = sides.flatMap(({ mean, sd }) => (mean === null ? [] : [mean - (sd ?? 0), mean + (sd ?? 0)]));
  if (ends.length === 0) return { low: 0, high: 1 };
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (fromZero) return { low: Math.min(0, low), high: Math.max(0, high) || 1 };
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return { low: low - room, high: high + room };
}

function findingOf({ target, values }: RelationView, sides: readonly SideValue[]): string {
  const best = sides.filter(({ mean }) => mean !== null).find(({ isBest }) => isBest);
  const baseline = sides.find(({ isBaseline }) => isBaseline);
  if (best?.mean == null) return `${target.name}: no run of ${values.runs.length} has a number`;
  const word = target.direction === 'down' ? 'lowest' : target.direction === 'up' ? 'best' : 'highest';
  const than = best.isBaseline || baseline?.mean == null ? '' : `, baseline ${numberText(baseline.mean)}`;
  return `${word} ${target.name} ${numberText(best.mean)} (${best.name}${best.isBaseline ? ', the baseline' : ''})${than}`;
}

function tableOf({ target, values }: RelationView, sides: readonly SideValue[]) {
  return {
    head: ['run', target.name, 'sd', 'runs'],
    rows: sides.map(({ name, first, mean, sd, count }) => ({
      key: values.runs[first]?.runId ?? name,
      cells: [name, mean, sd, count],
      texts: [
        name,
        mean === null ? valueText(target.values[first]) : numberText(mean),
        sd === null ? '–' : numberText(sd),
        String(count),
      ],
    })),
  };
}
