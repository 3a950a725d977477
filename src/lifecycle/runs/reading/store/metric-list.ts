// A run's metrics as summaries, and one metric's points unabridged.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { MetricListQuery } from '../../../../protocol/api';
import { toWire } from '../../../../protocol/number';
import type { MetricSummary, Page } from '../../../../protocol/run';
import type { MetricPoint } from '../../../../protocol/series';
import { narrowed } from '../../store/exact-integer';
import type { PointKey } from '../../store/points/point-block';
import { firstPoints, storedPoints } from '../../store/points/stored-points';
import { type MetricRules, metricDirection } from '../metric-direction';
import { foreignToken, pageToken, readPageToken } from '../page-token';

interface SeriesRow {
  key: string;
  count: number;
  lastStep: number;
  lastTime: number;
  last: number;
  lastIsNan: number;
  min: number | null;
  minStep: number | null;
  max: number | null;
  maxStep: number | null;
  nonFinite: number;
}

/** One page of a run's metrics, by key. Throws SlipwayError `not-found` when there is no such run. */
export function listMetrics(database: Database, query: MetricListQuery & { rules: MetricRules }): Page<MetricSummary> {
  const run = rowOfRun(database, query.runId);
  const after = query.page === null ? undefined : readPageToken(query.page, ['string']);
  const rows = database
    .prepare<unknown[], SeriesRow>(
      `SELECT key, count, last_step AS lastStep, last_time AS lastTime, last_value AS last, last_is_nan AS lastIsNan,
              min_value AS min, min_step AS minStep, max_value AS max, max_step AS maxStep, non_finite AS nonFinite
       FROM metric_series WHERE run = ? ${query.keys === undefined ? '' : 'AND key IN (SELECT value FROM json_each(?))'}
         ${after === undefined ? '' : 'AND key > ?'} ORDER BY key LIMIT ?`,
    )
    .all(run, ...(query.keys === undefined ? [] : [JSON.stringify(query.keys)]), ...(after ?? []), query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > shown.length && last !== undefined;
  return { items: shown.map((row) => summaryOf(row, query.rules)), next: more ? pageToken([last.key]) : null };
}

/** One page of the names of a run's metrics. Throws SlipwayError `not-found` when there is no such run. */
export function metricNames(
  database: Database,
  query: { runId: string; limit: number; page: string | null },
): Page<string> {
  const run = rowOfRun(database, query.runId);
  const after = query.page === null ? [] : readPageToken(query.page, ['string']);
  const names = database
    .prepare<unknown[], string>(
      `SELECT key FROM metric_series WHERE run = ? ${after.length === 0 ? '' : 'AND key > ?'} ORDER BY key LIMIT ?`,
    )
    .pluck()
    .all(run, ...after, query.limit + 1);
  const items = names.slice(0, query.limit);
  const last = items.at(-1);
  return { items, next: names.length > items.length && last !== undefined ? pageToken([last]) : null };
}

/** One page of a metric's points by step, time and value. Throws SlipwayError `not-found` without such a run. */
export function metricHistory(
  database: Database,
  query: { runId: string; key: string; limit: number; page: string | null },
): Page<MetricPoint> {
  const run = rowOfRun(database, query.runId);
  const series = database
    .prepare<[number, string], number>('SELECT series FROM metric_series WHERE run = ? AND key = ?')
    .pluck()
    .get(run, query.key);
  if (series === undefined) return { items: [], next: null };
  const after = query.page === null ? undefined : afterPoint(query.page);
  const found = firstPoints(storedPoints(database, series, after), query.limit + 1);
  const shown = found.part(0, Math.min(query.limit, found.length));
  return {
    items: Array.from(shown.values, (value, at) => ({
      step: shown.wireStep(at),
      time: shown.times[at] ?? 0,
      value: toWire(value),
    })),
    next: found.length > shown.length ? tokenOf(shown.key(shown.length - 1)) : null,
  };
}

/** The sort key of the point a page begins after; its step exactly. */
function tokenOf({ step, time, value, nan }: PointKey): string {
  return pageToken([String(step), time, value, nan]);
}

function afterPoint(token: string): PointKey {
  const [step, time, value, nan] = readPageToken(token, ['string', 'number', 'number', 'number']);
  if (!/^-?\d{1,19}$/.test(String(step))) throw foreignToken();
  return { step: narrowed(BigInt(step ?? 0)), time: Number(time), value: Number(value), nan: Number(nan) };
}

/** The row id of a run. Throws SlipwayError `not-found` when there is none. */
export function rowOfRun(database: Database, runId: string): number {
  const row = database.prepare<[string], { run: number }>('SELECT run FROM runs WHERE run_id = ?').get(runId);
  if (row === undefined) throw new SlipwayError('not-found', `There is no run ${runId}.`);
  return row.run;
}

function summaryOf(row: SeriesRow, rules: MetricRules): MetricSummary {
  const { lastIsNan, ...rest } = row;
  return {
    ...rest,
    last: toWire(lastIsNan === 1 ? Number.NaN : row.last),
    min: row.min === null ? null : toWire(row.min),
    max: row.max === null ? null : toWire(row.max),
    direction: metricDirection(row.key, rules),
  };
}
