// A number with its interval on an axis; the words beside it say the same.

interface IntervalBarProps {
  value: number | null;
  interval: readonly [number, number] | null;
  /** The ends of the axis. */
  from: number;
  to: number;
}

/** A diamond for the number, hollow without an interval, on a bar for the interval. */
export function IntervalBar({ value, interval, from, to }: IntervalBarProps) {
  const at = (place: number): string =>
    `${to > from ? Math.min(100, Math.max(0, (100 * (place - from)) / (to - from))) : 0}%`;
  return (
    <span className="interval-bar" aria-hidden="true">
      {interval !== null && (
        <span className="interval-reach" style={{ left: at(interval[0]), right: `calc(100% - ${at(interval[1])})` }} />
      )}
      {value !== null && (
        <span className={interval === null ? 'interval-point open' : 'interval-point'} style={{ left: at(value) }} />
      )}
    </span>
  );
}
