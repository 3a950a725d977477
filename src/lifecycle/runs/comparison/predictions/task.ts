// What the predictions are of: one class of several, or a number.
import { SlipwayError } from '../../../../base/errors';
import {
  inLabelOrder,
  isFraction,
  isNumber,
  looksLikeAmount,
  pairWith,
  saysMissing,
} from '../../../../statistics/metrics/label';
import type { CodedColumn } from './table/coded-column';
import type { PredictionTable } from './table/prediction-table';

/** Numbers, or classes by name in their order; of two classes the second is the positive one. */
export type Task = { kind: 'numbers' } | { kind: 'classes'; classes: string[] };

const mostClasses = 1000;

/**
 * `wanted`: what a named metric asks for, which decides where the values leave it open. `amountsBy`: the option that says
 * they are amounts.
 */
export function taskOf(
  tables: readonly PredictionTable[],
  wanted: Task['kind'] | undefined,
  amountsBy = '--metric rmse',
): Task {
  const labels = new Set(tables.flatMap(({ truth }) => truth.values));
  const told = tables.flatMap(({ predicted }) => predicted?.values ?? []);
  const areLabelsNumeric = [...labels].every(isNumber);
  // Beside many whole numbers a text is one more class; beside fractions it is a mistake.
  const isEither = told.every(isNumber) || [...labels].some(isFraction);
  const isAmount =
    areLabelsNumeric && isEither && tables.every(({ scores }) => scores.size === 0) && looksLikeAmount(labels, told);
  if (wanted === 'numbers' || (wanted === undefined && isAmount)) for (const table of tables) refuseTexts(table);
  if (wanted === 'numbers' || (wanted === undefined && isAmount)) return { kind: 'numbers' };
  if (![...labels].some(isFraction)) for (const table of tables) refuseShares(table, amountsBy);
  return { kind: 'classes', classes: classesOf(tables, labels, amountsBy) };
}

/**
 * Takes NaN, null, None and NA out of columns that otherwise hold numbers. In labels they are classes beside any other
 * text, in any file, and where there is a score of one.
 */
export function leaveOutMissing(tables: readonly PredictionTable[]): void {
  const labels = tables.flatMap(({ truth, predicted }) => [truth, ...(predicted === undefined ? [] : [predicted])]);
  if (!tables.some(({ scores }) => [...scores.keys()].some(saysMissing))) leaveOutAmongNumbers(labels);
  for (const { slices } of tables) for (const slice of slices.values()) leaveOutAmongNumbers([slice]);
}

function leaveOutAmongNumbers(columns: readonly CodedColumn[]): void {
  const told = columns.flatMap(({ values }) => values.filter((value) => !saysMissing(value)));
  if (told.length === 0 || !told.every(isNumber)) return;
  for (const column of columns) column.leaveOut(saysMissing);
}

/** Of amounts: a decimal comma, an overflow or a label among them is no number to measure an error of. */
function refuseTexts({ name, truth, predicted }: PredictionTable): void {
  for (const [column, held] of Object.entries({ y_true: truth, y_pred: predicted })) {
    const text = held?.values.find((value) => !isNumber(value));
    if (text === undefined) continue;
    const sentence = `${name}: ${column} holds ${text.slice(0, 60)}, which is no finite number with a point for its fraction, and an error cannot be measured of it.`;
    throw new SlipwayError('invalid', sentence);
  }
}

/** People call a probability y_pred now and then; as a label it would be one of hundreds. */
function refuseShares({ name, predicted }: PredictionTable, amountsBy: string): void {
  const share = predicted?.values.find(isFraction);
  if (share === undefined) return;
  const sentence = `${name}: y_pred holds ${share}, which is no label. Call probabilities score, or ask for ${amountsBy} where they are amounts.`;
  throw new SlipwayError('invalid', sentence);
}

function classesOf(tables: readonly PredictionTable[], labels: ReadonlySet<string>, amountsBy: string): string[] {
  const all = new Set(labels);
  for (const { predicted, scores } of tables) {
    for (const label of predicted?.values ?? []) all.add(label);
    // Beside a plain score the others are of something else.
    if (!scores.has('')) for (const name of scores.keys()) all.add(classNamed(name));
  }
  if (all.size > mostClasses) {
    throw new SlipwayError(
      'invalid',
      `There are ${all.size} different labels, more than ${mostClasses}. Ask for ${amountsBy} if y_true is a number.`,
    );
  }
  const classes = [...all].sort(inLabelOrder);
  return classes.length < 2 ? pairWith(classes[0]) : classes;
}

/** The label that the column `score_NAME` speaks of. */
export function classNamed(name: string): string {
  if (/^(true|false)$/i.test(name)) return name.toLowerCase() === 'true' ? '1' : '0';
  return isNumber(name) ? String(Number(name)) : name;
}

/** `rows`: those of each table, of one pair after the other. Throws SlipwayError `invalid` where a file disagrees with the first about what is true of a row. */
export function checkTruth([baseline, ...others]: readonly PredictionTable[], rows: readonly Int32Array[]): void {
  if (baseline === undefined) return;
  for (const [place, other] of others.entries()) {
    checkTruthOf({ table: baseline, rows: rows[0] }, { table: other, rows: rows[place + 1] });
  }
}

interface TableRows {
  table: PredictionTable;
  rows: Int32Array | undefined;
}

function checkTruthOf(
  { table: baseline, rows = new Int32Array(0) }: TableRows,
  { table, rows: others }: TableRows,
): void {
  let count = 0;
  let example = '';
  for (const [pair, row] of rows.entries()) {
    const [first, second] = [baseline.truth.at(row), table.truth.at(others?.[pair] ?? 0)];
    if (first === undefined || second === undefined || isSame(first, second)) continue;
    count += 1;
    example ||= `${baseline.ids[row]?.slice(0, 100)} is ${first.slice(0, 100)} and ${second.slice(0, 100)}`;
  }
  if (count === 0) return;
  const share = `${count.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')} rows`;
  const sentence = `${baseline.name} and ${table.name}: y_true differs in ${share} with the same id (${example}), so they were not judged on the same truth. Write y_true of both in the same way.`;
  throw new SlipwayError('invalid', sentence);
}

/** Numbers may have been written with fewer digits. */
function isSame(first: string, second: string): boolean {
  if (first === second) return true;
  const [a, b] = [Number(first), Number(second)];
  return isNumber(first) && isNumber(second) && Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
}
