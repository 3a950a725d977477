// A metric's history thinned to a number of points, evenly by rows as MLflow does it: many points may share one step.
import type { Database } from '../../../../platform/sqlite/database';
import { narrowed } from '../../store/exact-integer';
import type { HistoryPoint } from '../../store/points/metric-history';
import type { PointBlock, PointKey } from '../../store/points/point-block';
import { storedPoints } from '../../store/points/stored-points';

/** `limit` points at most, 1 or more; `steps` null for all, else from the first to the second, both included. */
export interface HistorySampleQuery {
  runId: string;
  key: string;
  limit: number;
  steps: readonly [number | bigint, number | bigint] | null;
}

/**
 * Points by step, time and value, the first and the last always among them (with a limit of 1 the last alone). An
 * unknown run or metric has none.
 */
export function sampleHistory(database: Database, { runId, key, limit, steps }: HistorySampleQuery): HistoryPoint[] {
  const series = database
    .prepare<[string, string], number>(
      'SELECT s.series FROM metric_series s JOIN runs r ON r.run = s.run WHERE r.run_id = ? AND s.key = ?',
    )
    .pluck()
    .get(runId, key);
  if (series === undefined) return [];
  let count = 0;
  for (const block of pointsWithin(database, series, steps)) count += block.length;
  const wanted = places(count, Math.min(limit, count));
  const found: HistoryPoint[] = [];
  let passed = 0;
  // Read twice and not kept: there may be very many.
  for (const block of pointsWithin(database, series, steps)) {
    for (let place = wanted[found.length]; place !== undefined && place < passed + block.length; ) {
      const at = place - passed;
      found.push({ step: block.wireStep(at), time: block.times[at] ?? 0, value: block.values[at] ?? 0 });
      place = wanted[found.length];
    }
    passed += block.length;
  }
  return found;
}

function* pointsWithin(
  database: Database,
  series: number,
  steps: HistorySampleQuery['steps'],
): Generator<PointBlock, void> {
  if (steps === null) return yield* storedPoints(database, series);
  const [from, to] = steps;
  for (const block of storedPoints(database, series, before(from))) {
    const part = block.part(0, block.placeOf(behind(to)));
    if (part.length > 0) yield part;
    if (part.length < block.length) return;
  }
}

/** The first row of each of `limit` parts as even as can be, the larger ones first; the last of all for the last part. */
function places(count: number, limit: number): number[] {
  if (count === 0) return [];
  const size = Math.floor(count / limit);
  const larger = count % limit;
  const firsts = Array.from({ length: limit }, (_, part) => part * size + Math.min(part, larger));
  return [...firsts.slice(0, -1), count - 1];
}

/** A key that comes before all points of a step. */
function before(step: number | bigint): PointKey {
  return { step: narrowed(step), time: Number.NEGATIVE_INFINITY, value: Number.NEGATIVE_INFINITY, nan: -1 };
}

/** A key that comes behind all points of a step. */
function behind(step: number | bigint): PointKey {
  return { step: narrowed(step), time: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY, nan: 2 };
}
