// What is kept of a whole series beside its points: the latest of them, the extremes, how many. Kept in step with them.
import type { MetricInput } from '../../batch';
import { narrowed } from '../exact-integer';

/** A row of `metric_series`. Values as they are stored: a NaN is `value` 0 and `is_nan` 1. */
export interface SeriesSummary {
  series: number;
  run: number;
  key: string;
  count: number;
  last_step: number | bigint;
  last_time: number;
  last_value: number;
  last_is_nan: number;
  min_value: number | null;
  min_step: number | bigint | null;
  max_value: number | null;
  max_step: number | bigint | null;
  non_finite: number;
  /** 1 while every point came after the one before it, by step and by time. */
  in_order: number;
}

/** The summary of a series that has no point yet. */
export function emptySummary(series: number, run: number, key: string): SeriesSummary {
  return {
    series,
    run,
    key,
    count: 0,
    last_step: 0,
    last_time: 0,
    last_value: 0,
    last_is_nan: 0,
    min_value: null,
    min_step: null,
    max_value: null,
    max_step: null,
    non_finite: 0,
    in_order: 1,
  };
}

/** The row of a statement that answers bigints, with numbers wherever they are exact. */
export function summaryOf(row: SeriesSummary): SeriesSummary {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, narrowed(value)]),
  ) as unknown as SeriesSummary;
}

/** True when the point comes behind the latest by step, time and value, and so cannot be there yet. */
export function isLater(s: SeriesSummary, point: MetricInput, value: number): boolean {
  if (s.count === 0) return true;
  if (point.step !== s.last_step) return point.step > s.last_step;
  if (point.time !== s.last_time) return point.time > s.last_time;
  return value > s.last_value;
}

/** Adds one new point to a summary: latest by (step, time, value); extremes leave NaN out, the first of equals stays. */
export function addToSummary(s: SeriesSummary, point: MetricInput, value: number, nan: number): void {
  if (s.count > 0 && (point.step < s.last_step || point.time < s.last_time)) s.in_order = 0;
  if (isLater(s, point, value)) {
    s.last_step = point.step;
    s.last_time = point.time;
    s.last_value = value;
    s.last_is_nan = nan;
  }
  s.count += 1;
  if (!Number.isFinite(point.value)) s.non_finite += 1;
  if (nan === 1) return;
  if (s.min_value === null || value < s.min_value) {
    s.min_value = value;
    s.min_step = point.step;
  }
  if (s.max_value === null || value > s.max_value) {
    s.max_value = value;
    s.max_step = point.step;
  }
}
