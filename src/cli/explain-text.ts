// Explanations for people in a terminal.
import type {
  FeatureValue,
  ImportanceResult,
  RowExplanation,
  TakenRows,
  ToldTarget,
  WhatIfCurve,
} from '../protocol/inference/explain/explanation';
import { countText } from '../protocol/wording';
import { numberText } from './number-text';
import { oneLine, textTable } from './text-table';

/** Of the row, from the effect that is largest on. */
export function rowText(found: RowExplanation, row: number): string {
  const { base, prediction, method, coalitions, effects, additivity, notes } = found;
  const sorted = [...effects].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const isDrawn = effects.some(({ error }) => error > 0);
  const lines = sorted.map(({ feature, value, effect, error }) => [
    oneLine(feature, 40),
    valueText(value),
    signed(effect),
    ...(isDrawn ? [`± ${numberText(error)}`] : []),
  ]);
  const columns = [
    { head: 'feature' },
    { head: 'value', right: true },
    { head: 'effect', right: true },
    ...(isDrawn ? [{ head: 'std. error', right: true }] : []),
  ];
  return [
    `Row ${row}: ${targetText(found)} is ${numberText(prediction)}, ${signed(prediction - base)} from ${numberText(base)}, the mean over ${takenText(found.background)}.`,
    ...notes,
    '',
    textTable(columns, lines),
    '',
    method === 'exact'
      ? `Exact Shapley values, of all ${coalitions} coalitions of the features that differ; they add up but for ${numberText(Math.abs(additivity))}.`
      : `Kernel SHAP, of ${coalitions} coalitions; they add up but for ${numberText(Math.abs(additivity))}.`,
    'The effects describe the model, not what causes what.',
  ].join('\n');
}

/** From the feature that is needed most on. */
export function importanceText({
  metric,
  direction,
  score,
  repeats,
  features,
  table,
  notes,
}: ImportanceResult): string {
  const sorted = [...features].sort((a, b) => b.mean - a.mean);
  const lines = sorted.map(({ feature, mean, deviation }) => [
    oneLine(feature, 40),
    signed(mean),
    `± ${numberText(deviation)}`,
  ]);
  const columns = [
    { head: 'feature' },
    { head: `${direction === 'down' ? 'rise' : 'fall'} of ${metric}`, right: true },
    { head: 'std.', right: true },
  ];
  return [
    `${metric} ${numberText(score)} of ${takenText(table)}; each feature shuffled ${countText(repeats, 'time', 'times')}.`,
    ...notes,
    '',
    textTable(columns, lines),
    '',
    'A feature that others can stand in for changes little. It describes the model, not what causes what.',
  ].join('\n');
}

/** The curve of the row beside the mean of the background. */
export function whatIfText(found: WhatIfCurve, row: number): string {
  const { feature, value, prediction, grid, own, mean, background, notes } = found;
  const lines = grid.map((place, at) => [
    `${place === value ? '→ ' : ''}${valueText(place)}`,
    numberText(own[at] as number),
    numberText(mean[at] as number),
  ]);
  const columns = [
    { head: feature, right: true },
    { head: `row ${row}`, right: true },
    { head: 'background', right: true },
  ];
  return [
    `Row ${row}: ${targetText(found)} is ${numberText(prediction)} with ${feature} ${valueText(value)}. If it were another, and all else as it is:`,
    ...notes,
    '',
    textTable(columns, lines),
    '',
    `Background: the mean over ${takenText(background)}. It describes the model, not what causes what.`,
  ].join('\n');
}

function targetText({ output, class: named }: ToldTarget): string {
  return named === null ? output : `${output} of ${named}`;
}

function takenText({ name, rows, of }: TakenRows): string {
  return rows === of ? `${countText(rows, 'row', 'rows')} of ${name}` : `${rows} of ${of} rows of ${name}`;
}

function valueText(value: FeatureValue): string {
  if (value === null) return 'missing';
  return typeof value === 'number' ? numberText(value) : oneLine(String(value), 40);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${numberText(value)}`;
}
