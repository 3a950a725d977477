// What one model's predictions are worth to groups of rows.
import { SlipwayError } from '../../../../base/errors';
import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { Fairness, FairnessQuestion } from '../../../../protocol/comparison/fairness';
import { countText } from '../../../../protocol/wording';
import { labelOf } from '../../../../statistics/metrics/label';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import { ModelSide, truthOf } from '../predictions/model-rows';
import { pairRows } from '../predictions/row-pairs';
import type { PredictionTable } from '../predictions/table/prediction-table';
import { readPredictions } from '../predictions/table/read-predictions';
import { leaveOutMissing, type Task, taskOf } from '../predictions/task';
import { ClassFairness } from './class-fairness';
import { groupingOf } from './grouping';
import type { JudgedGroups } from './judged-groups';
import { NumberFairness } from './number-fairness';
import type { GroupColumn } from './row-groups';

const seed = 1;
const mostDraws = 4000;
const fewestDraws = 1000;
/** So many rows are drawn for the mean of an amount. */
const work = 5e7;

/**
 * Reads the file and measures each group. Throws SlipwayError `invalid` or `too-large` with what is wrong with the file or
 * the question.
 */
export async function fairnessOf(source: ByteSource, question: FairnessQuestion): Promise<Fairness> {
  const table = await readPredictions(source, { slices: question.groups });
  const columns = groupColumns(table, question.groups);
  leaveOutMissing([table]);
  const task = taskOf([table], wantedKind(question), '--amounts');
  const positive = task.kind === 'classes' ? positivePlace(table, task.classes, question.positive) : null;
  // A label that the model wrote itself counts, whatever the score beside it.
  if (task.kind === 'classes' && table.predicted !== undefined) table.scores.clear();
  const judged = judgedRows(table, task);
  const draws = task.kind === 'classes' ? mostDraws : drawsFor(judged.rows.length);
  const groups = groupsJudged(judged, positive, { draws, seed });
  const sets =
    question.together && columns.length > 1
      ? [...columns.map((each) => [each]), columns]
      : columns.map((each) => [each]);
  return {
    file: question.file.name,
    positive: task.kind === 'classes' ? task.classes[positive ?? 1] || question.positive : null,
    rows: { judged: judged.rows.length, leftOut: table.ids.length - judged.rows.length },
    leastRows: question.leastRows,
    all: groups.measures(Array.from(judged.rows.keys())),
    groupings: sets.map((set) => groupingOf(set, judged.rows, { groups, leastRows: question.leastRows })),
    draws,
    seed,
    notes: notesOf(task, positive, { isAsked: question.positive !== null, fromScores: judged.fromScores }),
  };
}

function wantedKind({ positive, amounts }: FairnessQuestion): Task['kind'] | undefined {
  if (amounts && positive !== null) {
    throw new SlipwayError(
      'invalid',
      '--positive names a label, and --amounts says that there are none. Give one of them.',
    );
  }
  return amounts ? 'numbers' : positive === null ? undefined : 'classes';
}

function groupColumns(table: PredictionTable, names: readonly string[]): GroupColumn[] {
  return [...new Set(names)].map((name) => {
    const column = table.slices.get(name);
    if (column !== undefined) return { name, column };
    const others = table.columnNames.filter((each) => !/^(id|y_true|y_pred|score(_.*)?)$/.test(each)).slice(0, 20);
    const there = others.length === 0 ? 'It has none beside the predictions' : `It has ${others.join(', ')}`;
    throw new SlipwayError('invalid', `${table.name} has no column ${name.slice(0, 100)} to group by. ${there}.`);
  });
}

/** The place of the label that counts as selected; '' is the one that no row has, where there is one label only. */
function positivePlace({ name }: PredictionTable, classes: readonly string[], wanted: string | null): number {
  const told = classes.filter((each) => each !== '');
  const list = told.slice(0, 10).join(', ');
  if (wanted === null) {
    if (classes.length === 2 && told.length === 2) return 1;
    const labels = countText(told.length, 'label', 'labels');
    const sentence = `${name} has ${labels}: ${list}. Say with --positive which counts as selected, or --amounts if they are amounts.`;
    throw new SlipwayError('invalid', sentence);
  }
  const label = labelOf(wanted);
  const place = classes.indexOf(label ?? '');
  if (label !== null && place >= 0) return place;
  if (label !== null && told.length === 1) return classes.indexOf('');
  throw new SlipwayError('invalid', `${name} has no label ${wanted.slice(0, 100)}. It has ${list}.`);
}

interface Judged {
  rows: Int32Array;
  found: ReturnType<ModelSide['rows']>;
  fromScores: boolean;
}

/** The rows with a truth and a prediction. */
function judgedRows(table: PredictionTable, task: Task): Judged {
  const pairs = pairRows({ baseline: [table], candidate: [table] });
  const side = new ModelSide(table, pairs.baseline, task);
  const truth = truthOf([table], [pairs.baseline], task);
  const rows = pairs.baseline.filter(
    (row) => (truth.classes[row] ?? 0) >= 0 && !Number.isNaN(truth.numbers[row] ?? 0) && side.says(row),
  );
  if (rows.length === 0) {
    throw new SlipwayError(
      'invalid',
      `${table.name}: no row has both y_true and a prediction, so nothing can be measured.`,
    );
  }
  const found = side.rows(rows, truth, singleRows(rows.length));
  const fromScores = found.kind === 'classes' && found.fromScores;
  if (fromScores && found.kind === 'classes' && !found.isProbability) {
    const sentence = `${table.name} has scores that are not between 0 and 1, so no label can be read off them. Write y_pred.`;
    throw new SlipwayError('invalid', sentence);
  }
  return { rows, found, fromScores };
}

function groupsJudged(
  { found }: Judged,
  positive: number | null,
  draws: { draws: number; seed: number },
): JudgedGroups {
  if (found.kind === 'numbers')
    return new NumberFairness({ truth: found.rows.truth, told: found.rows.predicted }, draws);
  const isPositive = (labels: Int32Array): Uint8Array => Uint8Array.from(labels, (label) => Number(label === positive));
  const { truth, predicted = new Int32Array(0) } = found.rows;
  return new ClassFairness({ truth: isPositive(truth), told: isPositive(predicted) }, draws);
}

function drawsFor(rows: number): number {
  return Math.floor(Math.max(fewestDraws, Math.min(mostDraws, work / rows)));
}

/** Classes that say themselves which of them is the positive one. */
const plainPositives = new Set(['1', 'true', 'yes', 'positive', 'pos']);

function notesOf(
  task: Task,
  positive: number | null,
  { isAsked, fromScores }: { isAsked: boolean; fromScores: boolean },
): string[] {
  if (task.kind === 'numbers' || positive === null) return [];
  const name = task.classes[positive] ?? '';
  const isTold = isAsked || plainPositives.has(name.toLowerCase());
  return [
    ...(isTold ? [] : [`${name}, the second label in order, counts as selected; --positive names another.`]),
    ...(fromScores
      ? ['Labels were read off the scores: the second label from 0.5 on, or that of the highest score.']
      : []),
  ];
}
