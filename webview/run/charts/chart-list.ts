// The charts of a panel as lists of metrics, and what can be done with them.

/** Each chart is the keys of its curves; no key is in two charts. */
export type ChartList = readonly (readonly string[])[];

/** Every charted metric. */
export function chartedKeys(charts: ChartList): string[] {
  return charts.flat();
}

/** Takes the metric out of its chart, or gives it one of its own at the end. */
export function toggled(charts: ChartList, key: string): string[][] {
  const rest = withoutKey(charts, key);
  return chartedKeys(charts).includes(key) ? rest.filter((chart) => chart.length > 0) : [...rest, [key]];
}

/** Moves the metric into the chart that begins with `first`, whether it was charted or not. */
export function joined(charts: ChartList, key: string, first: string): string[][] {
  if (key === first || charts.some((chart) => chart[0] === first && chart.includes(key)))
    return charts.map((each) => [...each]);
  return withoutKey(charts, key)
    .map((chart) => (chart[0] === first ? [...chart, key] : chart))
    .filter((chart) => chart.length > 0);
}

/** Takes the whole chart that begins with `first` away. */
export function removed(charts: ChartList, first: string): string[][] {
  return charts.filter((chart) => chart[0] !== first).map((chart) => [...chart]);
}

function withoutKey(charts: ChartList, key: string): string[][] {
  return charts.map((chart) => chart.filter((each) => each !== key));
}
