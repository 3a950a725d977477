// Which params go with the metric: by rank, each by itself, and by a forest, all together.
import { useState } from 'react';
import type { Importance, ParamRelation } from '../../../../src/protocol/comparison/relations';
import { countText } from '../../../../src/protocol/wording';
import { RelationFigure } from '../figure/relation-figure';
import { answerText, isDecided, notesOf, relationText, shareText } from '../importance-words';
import type { RelationView } from '../related-runs';
import { type ChartRow, RowsChart } from './rows-chart';

const mostRows = 20;

/** Bars for the share that goes with a param by rank, diamonds for what the forest loses without it. */
export function ImportanceChart({ view, importance }: { view: RelationView; importance: Importance }) {
  const { target, values, change } = view;
  const [pointed, setPointed] = useState<number | null>(null);
  if (importance.why !== null) return <p className="note">{importance.why}</p>;
  const shown = importance.params.slice(0, mostRows);
  const more = importance.params.length - shown.length;
  const param = pointed === null ? undefined : shown[pointed];
  const finding = answerText(importance, target.name);
  const notes = notesOf(importance, { constant: values.constant, target: target.name });
  const tail = more === 0 ? [] : [`The table has ${countText(more, 'param')} more.`];
  const falls = shown.flatMap(({ forest }) => (forest === null ? [] : [forest.share + forest.error]));
  return (
    <RelationFigure
      name={`Params and ${target.name}`}
      table={() => tableOf(importance.params)}
      onRow={(row) => change({ view: 'scatter', across: importance.params[row]?.id ?? null, scaleX: null })}
      note={[...notes, ...tail].join(' ')}
      caption={
        <output className="relation-said">
          {param === undefined ? <Legend importance={importance} /> : factsOf(param)}
        </output>
      }
    >
      {(width) => (
        <RowsChart
          width={width}
          rows={shown.map(rowOf)}
          low={0}
          high={Math.max(0.2, ...falls, ...shown.map(({ share }) => share ?? 0))}
          isBar
          rule={null}
          finding={finding}
          onPoint={setPointed}
          onOpen={(row) => change({ view: 'scatter', across: shown[row]?.id ?? null, scaleX: null })}
        />
      )}
    </RelationFigure>
  );
}

function Legend({ importance }: { importance: Importance }) {
  return (
    <span className="quiet">
      Share of the variance of ranks; hollow: chance may do it{importance.forest === null ? '' : '; ◆ forest'}
    </span>
  );
}

function rowOf(param: ParamRelation): ChartRow {
  const { id, name, share, forest } = param;
  return {
    key: id,
    label: name,
    mark: null,
    isPinned: false,
    isOpen: !isDecided(param),
    bar: share,
    spread: null,
    point: pointOf(forest),
    text: relationText(param),
  };
}

/** A share below zero is chance: it is drawn at zero. Hollow where its error reaches that far. */
function pointOf(forest: ParamRelation['forest']): ChartRow['point'] {
  if (forest === null) return null;
  const { share, error } = forest;
  const [low, value, high] = [share - error, share, share + error].map((each) => Math.max(0, each));
  return { value: value ?? 0, low: low ?? 0, high: high ?? 0, isOpen: share - 2 * error <= 0.01 };
}

function factsOf(param: ParamRelation): string {
  const { name, n, missing, levels, kind, forest } = param;
  return [
    `${name}: ${relationText(param)} over ${countText(n, 'run')}`,
    ...(kind === 'level' ? [countText(levels, 'level')] : []),
    ...(missing === 0 ? [] : [`${missing} without`]),
    ...(forest === null ? [] : [`forest ${forestText(forest)}`]),
  ].join(', ');
}

function forestText({ share, error }: NonNullable<ParamRelation['forest']>): string {
  return `${shareText(share)} ± ${error.toFixed(2)}`;
}

function tableOf(params: readonly ParamRelation[]) {
  return {
    head: ['param', 'relation', 'share', 'p', 'runs', 'missing', 'forest', 'error'],
    rows: params.map((param) => {
      const { id, name, rho, share, p, n, missing, forest } = param;
      return {
        key: id,
        cells: [name, rho ?? param.why ?? 'levels', share, p, n, missing, forest?.share ?? null, forest?.error ?? null],
        texts: [
          name,
          relationText(param),
          shareText(share),
          p === null ? '–' : p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, ''),
          String(n),
          String(missing),
          forest === null ? '–' : shareText(forest.share),
          forest === null ? '–' : forest.error.toFixed(3),
        ],
      };
    }),
  };
}
