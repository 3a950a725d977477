// How the columns of a sample go together, pair by pair, over the rows that have a value in both.
import type { ProfileCorrelation } from '../../../protocol/datasets/table/profile';
import { codedRanks } from '../../../statistics/association/coded-ranks';
import { cramersV } from '../../../statistics/association/cramers-v';
import { pearson } from '../../../statistics/association/pearson';
import type { CodedColumn } from './coded-column';

/** Numbers with numbers, categories with categories, in the order of the columns. */
export function pairCorrelations(columns: readonly CodedColumn[]): ProfileCorrelation[] {
  const ranks = new Map(
    columns
      .filter(({ numbers, hasMissing }) => numbers !== null && !hasMissing)
      .map((column) => [column, codedRanks(column.codes, column.levels)]),
  );
  const pairs: ProfileCorrelation[] = [];
  columns.forEach((a, index) => {
    for (const b of columns.slice(index + 1)) {
      if ((a.numbers === null) === (b.numbers === null))
        pairs.push(a.numbers === null ? categories(a, b) : numbers(a, b, ranks));
    }
  });
  return pairs;
}

function numbers(a: CodedColumn, b: CodedColumn, ranks: ReadonlyMap<CodedColumn, Float64Array>): ProfileCorrelation {
  const names = { a: a.name, b: b.name, cramersV: null };
  const [aRanks, bRanks] = [ranks.get(a), ranks.get(b)];
  if (aRanks !== undefined && bRanks !== undefined) {
    const [x, y] = [a.numbers ?? [], b.numbers ?? []];
    return { ...names, pearson: known(pearson(x, y)), spearman: known(pearson(aRanks, bRanks)), rows: x.length };
  }
  const rows = commonRows(a, b);
  const [x, y] = [a, b].map((each) => Float64Array.from(rows, (row) => each.numbers?.[row] ?? 0)) as [
    Float64Array,
    Float64Array,
  ];
  const [xRanks, yRanks] = [a, b].map((each) =>
    codedRanks(
      Int32Array.from(rows, (row) => each.codes[row] ?? 0),
      each.levels,
    ),
  ) as [Float64Array, Float64Array];
  return { ...names, pearson: known(pearson(x, y)), spearman: known(pearson(xRanks, yRanks)), rows: rows.length };
}

function categories(a: CodedColumn, b: CodedColumn): ProfileCorrelation {
  const rows = commonRows(a, b);
  const [first, second] = [a, b].map(({ codes }) => Int32Array.from(rows, (row) => codes[row] ?? 0)) as [
    Int32Array,
    Int32Array,
  ];
  const v = known(cramersV({ first, second, levels: [a.levels, b.levels] }));
  return { a: a.name, b: b.name, pearson: null, spearman: null, cramersV: v, rows: rows.length };
}

function commonRows(a: CodedColumn, b: CodedColumn): Uint32Array {
  const rows = new Uint32Array(a.codes.length);
  let count = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if ((a.codes[row] ?? -1) >= 0 && (b.codes[row] ?? -1) >= 0) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
