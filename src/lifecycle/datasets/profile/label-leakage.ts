// Columns that give the label away: with them a model is measured on what it will not know when it counts.
import type { ProfileAlert, ProfileCorrelation } from '../../../protocol/datasets/table/profile';
import { type CodedColumn, coarser } from './coded-column';
import { shareText } from './share-text';

/** A label with at most so many values is a class, else a quantity. */
const mostClasses = 20;
const mostBins = 50;
const leastRows = 30;
/** Rows for each value of a column that is said to tell something. */
const leastRowsEach = 5;
/** How much of what is left to guess a column must tell (Goodman and Kruskal's λ). */
const leastTold = 0.95;
const leastRank = 0.98;

/** An alert by column, for those that tell `label` nearly without fail. A missing value counts as one of its own. */
export function labelLeakage(
  label: CodedColumn,
  columns: readonly CodedColumn[],
  correlations: readonly ProfileCorrelation[],
): Map<string, ProfileAlert> {
  const found = new Map<string, ProfileAlert>();
  for (const column of columns) {
    if (column.name === label.name) continue;
    const text = label.levels <= mostClasses ? toldClass(label, column) : sameOrder(label, column, correlations);
    if (text !== undefined) found.set(column.name, { kind: 'leakage', level: 'warning', text });
  }
  return found;
}

function toldClass(label: CodedColumn, column: CodedColumn): string | undefined {
  const { codes, levels } = coarser(column, mostBins);
  const counts = new Float64Array((levels + 1) * label.levels);
  const classes = new Float64Array(label.levels);
  let rows = 0;
  label.codes.forEach((wanted, row) => {
    if (wanted < 0) return;
    const cell = ((codes[row] ?? -1) + 1) * label.levels + wanted;
    counts[cell] = (counts[cell] ?? 0) + 1;
    classes[wanted] = (classes[wanted] ?? 0) + 1;
    rows += 1;
  });
  if (rows < leastRows || rows < leastRowsEach * levels || label.levels < 2) return undefined;
  let right = 0;
  for (let value = 0; value <= levels; value += 1) {
    right += Math.max(...counts.subarray(value * label.levels, (value + 1) * label.levels));
  }
  const usual = Math.max(...classes);
  const told = (right - usual) / (rows - usual);
  return told >= leastTold ? `tells ${label.name} alone in ${shareText(right / rows)} of rows` : undefined;
}

function sameOrder(
  label: CodedColumn,
  column: CodedColumn,
  correlations: readonly ProfileCorrelation[],
): string | undefined {
  const pair = correlations.find(
    ({ a, b }) => (a === label.name && b === column.name) || (b === label.name && a === column.name),
  );
  const rank = pair?.spearman ?? 0;
  if (pair === undefined || pair.rows < leastRows || Math.abs(rank) < leastRank) return undefined;
  return `${rank > 0 ? 'rises' : 'falls'} with ${label.name} nearly without exception`;
}
