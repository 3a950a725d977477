// What groups get of predictions, as people and as programs read it.
import type { Disparity, Fairness, FairnessGroup, Grouping, GroupMeasure } from '../protocol/comparison/fairness';
import { gapNames, limitText, measureHeads, trapText } from '../protocol/comparison/fairness-words';
import { countText } from '../protocol/wording';
import { numberText } from './number-text';
import { oneLine, textTable } from './text-table';

/** For a terminal. */
export function fairnessText(found: Fairness): string {
  const { file, positive, rows, all, groupings, draws, seed, notes } = found;
  const left =
    rows.leftOut === 0 ? '' : `, ${countText(rows.leftOut, 'row', 'rows')} without truth or prediction left out`;
  const what = positive === null ? 'Amounts.' : `Selected means: told ${oneLine(positive, 60)}.`;
  const head = `${oneLine(file, 200)}: ${countText(rows.judged, 'row', 'rows')}${left}. ${what}`;
  const parts = groupings.map((grouping) => groupingText(grouping, { found, measures: Object.keys(all) }));
  const how = `Intervals: 95 %; of groups ${positive === null ? 'Student’s t' : 'Wilson’s'}, of gaps ${draws.toLocaleString('en-US')} resamples (seed ${seed}), for all pairs of groups at once.`;
  const trap = trapText(groupings.flatMap(({ disparities }) => disparities));
  return [
    head,
    ...parts,
    ['', ...notes.map(plain), how, ...(trap === '' ? [] : [trap]), limitText(positive)].join('\n'),
  ].join('\n');
}

function groupingText(
  { columns, groups, disparities, notes }: Grouping,
  { found, measures }: { found: Fairness; measures: readonly string[] },
): string {
  const columnHeads = [...columns.map((name) => ({ head: oneLine(name, 40) })), { head: 'n', right: true }];
  const cells = (group: Pick<FairnessGroup, 'measures'>): string[] =>
    measures.map((name) => measureText(group.measures[name] ?? null));
  const lines = groups.map((group) => [
    ...group.values.map((value) => (value === null ? '(no value)' : oneLine(value, 40))),
    String(group.rows),
    ...(group.isEnough ? cells(group) : [`insufficient: fewer than ${found.leastRows} rows`]),
  ]);
  const total = [
    ...columns.map((_, at) => (at === 0 ? 'all rows' : '')),
    String(found.rows.judged),
    ...cells({ measures: found.all }),
  ];
  const table = textTable(
    [...columnHeads, ...measures.map((name) => ({ head: measureHeads[name] ?? name }))],
    [...lines, total],
  );
  const gaps = textTable(
    [{ head: 'between groups' }, { head: 'value', right: true }, { head: '95 % interval' }, { head: 'where' }],
    disparities.map((gap) => gapCells(gap, groups)),
  );
  return ['', table, '', gaps, ...notes.map(plain)].join('\n');
}

function measureText(measure: GroupMeasure | null): string {
  if (measure === null) return '–';
  const { value, interval } = measure;
  return interval === null ? short(value) : `${short(value)} (${interval.map(short).join(' to ')})`;
}

function gapCells(
  { name, value, interval, of, lowest, highest }: Disparity,
  groups: readonly FairnessGroup[],
): string[] {
  // Where all are level none of them is the least.
  const isLevel = value === (name.endsWith('_ratio') ? 1 : 0);
  const named = (at: number | null): string =>
    at === null
      ? ''
      : (groups[at]?.values ?? []).map((each) => (each === null ? '(no value)' : oneLine(each, 30))).join(', ');
  return [
    gapNames[name] ?? name,
    value === null ? '–' : short(value),
    interval === null ? 'cannot be told' : interval.map(short).join(' to '),
    of === null || isLevel ? '' : `${measureHeads[of] ?? of}: least ${named(lowest)}, most ${named(highest)}`,
  ];
}

/** A sentence that holds names from a file. */
function plain(note: string): string {
  return oneLine(note, 1000);
}

/** Three significant digits, for reading beside its interval. */
function short(value: number): string {
  return numberText(Number(value.toPrecision(Math.abs(value) < 0.1 ? 2 : 3)));
}

/** For programs: everything that was measured, groups that were not compared included. */
export function fairnessJson({
  file,
  positive,
  rows,
  leastRows,
  all,
  groupings,
  draws,
  seed,
  notes,
}: Fairness): unknown {
  return {
    file,
    positive,
    rows: rows.judged,
    left_out: rows.leftOut,
    min_n: leastRows,
    method: 'between_groups',
    confidence: 0.95,
    resamples: draws,
    seed,
    overall: all,
    groupings: groupings.map(({ columns, groups, disparities, notes: said }) => ({
      columns,
      groups: groups.map(({ values, rows: n, isEnough, measures }) => ({ values, n, sufficient: isEnough, measures })),
      disparities: disparities.map(({ name, value, interval, of, lowest, highest }) => ({
        name,
        value,
        interval,
        of,
        lowest: lowest === null ? null : groups[lowest]?.values,
        highest: highest === null ? null : groups[highest]?.values,
      })),
      notes: said,
    })),
    notes,
  };
}
