// A curve without axes, for a table row.
import { memo } from 'react';
import type { BucketSeries } from '../../../src/protocol/series';

const height = 20;
const width = 240;

/** All steps of one metric; the band from least to greatest behind the line. Decoration: the row's numbers say it. */
export const Sparkline = memo(function Sparkline(props: { series: BucketSeries | undefined; tone?: string }) {
  const { series, tone } = props;
  if (series === undefined || series.x.length === 0) return <span />;
  const first = series.x[0] ?? 0;
  const span = (series.x.at(-1) ?? 0) - first || 1;
  const low = Math.min(...series.min);
  const range = Math.min(Math.max(...series.max) - low, Number.MAX_VALUE) || 1;
  const across = (x: number): string => (((x - first) / span) * (width - 4) + 2).toFixed(1);
  const down = (y: number): string => (height - 3 - Math.min(1, (y - low) / range) * (height - 6)).toFixed(1);
  const line = series.x.map((x, index) => `${across(x)} ${down(series.last[index] ?? 0)}`);
  const upper = series.max.map((y, index) => `${across(series.maxX[index] ?? 0)} ${down(y)}`);
  const lower = series.min.map((y, index) => `${across(series.minX[index] ?? 0)} ${down(y)}`).reverse();
  return (
    <svg
      className={`sparkline ${tone ?? ''}`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {line.length > 1 && <path className="spark-band" d={`M${[...upper, ...lower].join('L')}Z`} />}
      <path className="spark-line" d={`M${line.join('L')}`} />
    </svg>
  );
});
