// A comparison in a reviewer's order, as tables and sentences that any kind of report can show.
import { numberText } from '../../wording';
import type { CandidateComparison, ComparedMetric, SliceResult } from '../comparison';
import { chanceText, costDifference, costText, intervalText, signedText, unitText } from '../comparison-words';
import { errorTable, exampleTable } from '../evidence/error-sections';

/** A heading with a table, a sentence below it, or both. `numbers` are the places of columns to be aligned right. */
export interface Section {
  title: string;
  text: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  numbers: readonly number[];
}

/** How much a report holds: so many examples each way, and whether curves are drawn below the errors. */
export interface Detail {
  examples: number;
  isDrawn: boolean;
}

const mostChanges = 40;
const mostSlices = 10;

/** What changed, may it be compared, by how much, where, which errors and examples, what it costs. Sections without content are left out. */
export function sectionsOf(each: CandidateComparison, detail: Detail): Section[] {
  const found = [
    changes(each),
    comparability(each),
    metrics(each),
    slices(each),
    errors(each, detail),
    flips(each, detail),
    costs(each),
  ];
  return found.filter((section) => section !== undefined);
}

function changes({ candidate, changes: all, moreChanges }: CandidateComparison): Section | undefined {
  if (candidate.runs.length === 0) return undefined;
  const title = 'What changed?';
  if (all.length === 0) return { title, text: 'Nothing that was recorded.', heads: [], rows: [], numbers: [] };
  const shown = all.slice(0, mostChanges);
  const more = all.length - shown.length + moreChanges;
  return {
    title,
    text: more === 0 ? '' : `And ${more.toLocaleString('en-US')} more.`,
    heads: ['', 'Baseline', 'Candidate'],
    rows: shown.map(({ what, name, baseline, candidate: after }) => [
      what === name ? what : `${what} ${name}`,
      baseline ?? '–',
      after ?? '–',
    ]),
    numbers: [],
  };
}

function comparability({ comparable }: CandidateComparison): Section {
  return {
    title: 'Comparable?',
    text: '',
    heads: ['Question', 'Answer', 'Why'],
    rows: comparable.map(({ question, answer, why }) => [question, answer, why]),
    numbers: [],
  };
}

function metrics({ metrics: all }: CandidateComparison): Section | undefined {
  if (all.length === 0) return undefined;
  return {
    title: 'By how much, and is it noise?',
    text: '',
    heads: ['Metric', 'Baseline', 'Candidate', 'Difference', '95 % interval', 'p', 'n', 'Test', 'Verdict'],
    rows: all.map((metric) => [
      ...valueCells(metric),
      unitText(metric.n, metric.unit),
      metric.why ?? metric.test,
      metric.verdict,
    ]),
    numbers: [1, 2, 3, 4, 5],
  };
}

function valueCells({ metric, direction, baseline, candidate, effect, interval, p }: ComparedMetric): string[] {
  const arrow = direction === 'up' ? ' ↑' : direction === 'down' ? ' ↓' : '';
  return [
    `${metric}${arrow}`,
    baseline === null ? '–' : numberText(baseline),
    candidate === null ? '–' : numberText(candidate),
    effect === null ? '–' : signedText(effect),
    interval === null ? '–' : intervalText(interval),
    p === null ? '–' : chanceText(p),
  ];
}

/** Below it a report draws the curves. */
export const errorTitle = 'Which errors?';

function errors(each: CandidateComparison, detail: Detail): Section | undefined {
  const table = errorTable(each, detail);
  return table && { title: errorTitle, ...table, numbers: [1, 2, 3, 4] };
}

function flips(each: CandidateComparison, { examples }: Detail): Section | undefined {
  const table = exampleTable(each, examples);
  return table && { title: 'Which examples?', ...table, numbers: [] };
}

function slices({ predictions }: CandidateComparison): Section | undefined {
  const all = predictions?.slices ?? [];
  const [first] = all;
  if (first === undefined) return undefined;
  return {
    title: `Where? ${first.metric}, the worst slices first`,
    text: `p after Holm's correction for all slices.`,
    heads: ['Slice', 'Baseline', 'Candidate', 'Difference', '95 % interval', 'p', 'Rows'],
    rows: all.slice(0, mostSlices).map(sliceCells),
    numbers: [1, 2, 3, 4, 5, 6],
  };
}

function costs({ costs: all }: CandidateComparison): Section | undefined {
  if (all.length === 0) return undefined;
  return {
    title: 'Cost',
    text: '',
    heads: ['', 'Baseline', 'Candidate', 'Difference'],
    rows: all.map((cost) => [
      cost.what,
      costText(cost.baseline, cost.unit),
      costText(cost.candidate, cost.unit),
      costDifference(cost),
    ]),
    numbers: [1, 2, 3],
  };
}

function sliceCells(slice: SliceResult): string[] {
  const [, ...values] = valueCells(slice);
  return [
    `${slice.column} = ${slice.value === '' ? '(empty)' : slice.value}`,
    ...values,
    slice.rows.toLocaleString('en-US'),
  ];
}
