// Whether a number lies far from those before it. Iglewicz and Hoaglin's robust z: 0.6745 (x − median) / MAD.

/** One number of one batch; `time` in epoch milliseconds. */
export interface BatchNumber {
  time: number;
  value: number;
}

/** How far a number lies from the middle of the earlier ones. */
export interface Outlying {
  median: number;
  /** In robust standard deviations, with a sign. */
  distance: number;
  verdict: 'pass' | 'warning' | 'fail';
  batches: number;
  sameWeekday: boolean;
}

const mostBatches = 30;
const leastBatches = 5;
const weeks = 4;
const warnFrom = 3.5;
const failFrom = 5;
const toDeviation = 0.6745;
const day = 86_400_000;

/**
 * Judges `now` against the earlier numbers, of which the last 30 count. From four weeks of history with as many batches of
 * the same weekday on, the middle is that of the weekday. `least` gives the spread that is no news around a middle: a
 * history without any would make an alarm of the smallest change. Undefined for fewer than five earlier numbers.
 */
export function outlyingNumber(
  now: BatchNumber,
  earlier: readonly BatchNumber[],
  least: (middle: number) => number,
): Outlying | undefined {
  const history = earlier
    .filter(({ time, value }) => time < now.time && Number.isFinite(value))
    .sort((a, b) => a.time - b.time)
    .slice(-mostBatches);
  const [first] = history;
  if (first === undefined || history.length < leastBatches) return undefined;
  const middles = weekdayMiddles(history);
  const ofDay = middles.get(weekday(now.time));
  const sameWeekday = now.time - first.time >= weeks * 7 * day && ofDay !== undefined && ofDay.count >= weeks;
  const median = sameWeekday ? ofDay.median : medianOf(history.map(({ value }) => value));
  const deviations = history.map(({ time, value }) => {
    const middle = sameWeekday ? (middles.get(weekday(time))?.median ?? median) : median;
    return Math.abs(value - middle);
  });
  const spread = Math.max(medianOf(deviations), toDeviation * least(median));
  const distance = now.value === median ? 0 : (toDeviation * (now.value - median)) / spread;
  const size = Math.abs(distance);
  const verdict = size > failFrom ? 'fail' : size > warnFrom ? 'warning' : 'pass';
  return { median, distance, verdict, batches: history.length, sameWeekday };
}

function weekdayMiddles(history: readonly BatchNumber[]): Map<number, { median: number; count: number }> {
  const groups = Map.groupBy(history, ({ time }) => weekday(time));
  return new Map(
    [...groups].map(([key, all]) => [key, { median: medianOf(all.map(({ value }) => value)), count: all.length }]),
  );
}

/** In UTC, so that a history says the same on every machine. */
function weekday(time: number): number {
  return new Date(time).getUTCDay();
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.floor(sorted.length / 2);
  const upper = sorted[at] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[at - 1] ?? Number.NaN) + upper) / 2;
}
