// The groups of one column, or of several together, measured and set against each other.
import type { FairnessGroup, Grouping } from '../../../../protocol/comparison/fairness';
import type { JudgedGroups } from './judged-groups';
import { type GroupColumn, rowGroups } from './row-groups';

const mostNamed = 5;

/** `rows` are the judged ones. Groups of fewer than `leastRows` are measured and not compared. */
export function groupingOf(
  columns: readonly GroupColumn[],
  rows: Int32Array,
  { groups: judged, leastRows }: { groups: JudgedGroups; leastRows: number },
): Grouping {
  const found = rowGroups(columns, rows);
  const groups = found.map(({ values, places }): FairnessGroup => {
    const isEnough = places.length >= leastRows;
    return { values, rows: places.length, isEnough, measures: judged.measures(places) };
  });
  const large = groups.flatMap(({ isEnough }, group) => (isEnough ? [group] : []));
  const place = (at: number | null): number | null => (at === null ? null : (large[at] ?? null));
  const disparities = judged.disparities(large.map((group) => found[group]?.places ?? [])).map((each) => ({
    ...each,
    lowest: place(each.lowest),
    highest: place(each.highest),
  }));
  return { columns: columns.map(({ name }) => name), groups, disparities, notes: notesOf(groups, leastRows) };
}

/** A group by its values. */
function nameOf({ values }: FairnessGroup): string {
  return values.map((value) => (value === null ? '(no value)' : value.slice(0, 60))).join(', ');
}

function notesOf(groups: readonly FairnessGroup[], leastRows: number): string[] {
  const notes: string[] = [];
  const small = groups.filter(({ isEnough }) => !isEnough);
  const large = groups.filter(({ isEnough }) => isEnough);
  if (groups.length === 1) notes.push('There is one group only, so there is nothing to set it against.');
  else if (large.length < 2) {
    notes.push(
      `Fewer than two groups have ${leastRows} rows or more, so none were compared. --min-n sets another number.`,
    );
  }
  if (small.length > 0 && large.length > 1) {
    notes.push(`Not compared, having fewer than ${leastRows} rows: ${named(small)}.`);
  }
  const without = groups.find(({ values }) => values.includes(null));
  if (without !== undefined) notes.push('Rows without a value are a group of their own.');
  for (const [measure, what] of [
    ['tpr', 'whose truth is positive'],
    ['fpr', 'whose truth is negative'],
  ] as const) {
    const few = large.filter(({ measures }) => measure in measures && (measures[measure]?.rows ?? 0) < leastRows);
    const none = few.filter(({ measures }) => measures[measure] === null);
    const some = few.filter(({ measures }) => measures[measure] !== null);
    if (none.length > 0) notes.push(`No row ${what}, so no ${measure.toUpperCase()}: ${named(none)}.`);
    if (some.length > 0)
      notes.push(`${measure.toUpperCase()} rests on fewer than ${leastRows} rows ${what}: ${named(some)}.`);
  }
  return notes;
}

function named(groups: readonly FairnessGroup[]): string {
  const rest = groups.length > mostNamed ? ` and ${groups.length - mostNamed} more` : '';
  return groups.slice(0, mostNamed).map(nameOf).join('; ') + rest;
}
