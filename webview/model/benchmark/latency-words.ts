// Times and rates of a benchmark in words.

/** Milliseconds in the unit that fits: `42 µs`, `1.25 ms`, `2.10 s`. */
export function latencyText(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toFixed(milliseconds < 0.1 ? 1 : 0)} µs`;
  return milliseconds < 1000 ? `${milliseconds.toPrecision(3)} ms` : `${(milliseconds / 1000).toPrecision(3)} s`;
}

/** Rows a second, at three digits where they are many. */
export function rateText(rows: number): string {
  return (rows < 1000 ? Number(rows.toPrecision(3)) : Math.round(rows)).toLocaleString('en-US');
}
