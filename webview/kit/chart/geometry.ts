// Where a chart's plot lies and what it spans: known before anything is drawn, so that nothing has to be read back.

/** Height of a chart in CSS pixels; run.css gives its box the same. */
export const chartHeight = 156;
/** Width of every chart's vertical axis, so that small multiples share their plot width. */
export const axisWidth = 48;
/** Height of the horizontal axis. */
export const axisHeight = 22;
export const topMargin = 6;
export const rightMargin = 16;

/** The plot's edges in CSS pixels from the chart's top left corner, and what it spans in axis units. */
export interface Geometry {
  left: number;
  right: number;
  top: number;
  bottom: number;
  from: number;
  to: number;
  low: number;
  high: number;
}

/**
 * The plot of a chart `width` CSS pixels wide. `range` is the common extent of all charts of the panel; `values` the
 * least and greatest value, so that no spike is cut off, or undefined without a finite value.
 */
export function plotGeometry(
  width: number,
  range: { from: number; to: number },
  values: { low: number; high: number } | undefined,
): Geometry {
  return {
    left: axisWidth,
    right: Math.max(axisWidth + 1, width - rightMargin),
    top: topMargin,
    bottom: chartHeight - axisHeight,
    ...padded(range),
    ...(values === undefined ? { low: 0, high: 1 } : verticalRange(values)),
  };
}

/** A little air around the values; never below zero for values that are not, and no whole step of nothing. */
function verticalRange({ low, high }: { low: number; high: number }): { low: number; high: number } {
  const air = (high - low) * 0.04 || Math.abs(high) * 0.04 || 1;
  return {
    low: low >= 0 && low - air < 0 ? 0 : low - air,
    high: high <= 0 && high + air > 0 ? 0 : high + air,
  };
}

/** A single place still needs a width to be drawn in. */
function padded({ from, to }: { from: number; to: number }): { from: number; to: number } {
  return from === to ? { from: from - 0.5, to: to + 0.5 } : { from, to };
}
