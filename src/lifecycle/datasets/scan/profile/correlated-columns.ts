// Which columns are compared with which, and what comes of it.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import type { ProfileAlert, ProfileColumn, ProfileCorrelations } from '../../../../protocol/datasets/table/profile';
import { labelLeakage } from '../../profile/label-leakage';
import { pairCorrelations } from '../../profile/pair-correlations';
import { columnValue } from './column-value';
import { sampledRows } from './sampled-rows';

/** Of either kind; pairs grow with the square. */
const mostCompared = 30;
const mostCategories = 50;

/** `label` has its place among the compared, whatever their number. */
export async function correlated(
  duck: DuckDatabase,
  from: string,
  { rows, columns, label }: { rows: number; columns: readonly ProfileColumn[]; label: string | null },
): Promise<{ correlations: ProfileCorrelations; leakage: Map<string, ProfileAlert> }> {
  const varying = columns.filter(({ distinct }) => distinct > 1);
  const numbers = varying.filter((column) => column.numbers !== null);
  const categories = varying.filter(
    ({ kind, distinct }) => (kind === 'text' || kind === 'boolean') && distinct <= mostCategories,
  );
  const first = (some: readonly ProfileColumn[]): ProfileColumn[] =>
    [...some.filter(({ name }) => name === label), ...some.filter(({ name }) => name !== label)].slice(0, mostCompared);
  const wanted = new Set([...first(numbers), ...first(categories)]);
  const chosen = columns.filter((column) => wanted.has(column));
  const leftOut = numbers.length + categories.length - chosen.length;
  if (chosen.length < 2) {
    return { correlations: { rows, isSample: false, leftOut, pairs: [] }, leakage: new Map() };
  }
  const sample = await sampledRows(duck, from, { total: rows, columns: chosen.map(columnValue) });
  const pairs = pairCorrelations(sample.columns);
  const labelled = sample.columns.find(({ name }) => name === label);
  const leakage = labelled === undefined ? new Map() : labelLeakage(labelled, sample.columns, pairs);
  return { correlations: { rows: sample.rows, isSample: sample.isSample, leftOut, pairs }, leakage };
}
