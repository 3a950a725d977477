// The distribution of a column as a few small bars, or its most frequent value in words.
import type { GridColumnHead } from '../../../src/protocol/datasets/table/grid';

const [width, height] = [80, 18];

/** Nothing where a column has neither. */
export function HeadBars({ head }: { head: GridColumnHead | undefined }) {
  if (head === undefined) return null;
  const counts = head.histogram?.counts ?? head.top.map(({ rows: count }) => count);
  if (counts.length === 0)
    return <span className="head-facts">{head.distinct > 0 ? 'hardly any value twice' : ''}</span>;
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  return (
    <svg className="head-bars" width={width} height={height} aria-hidden="true">
      {counts.map((count, index) => (
        <rect
          key={index * step}
          x={index * step}
          y={height - Math.max(count > 0 ? 1 : 0, (count / most) * height)}
          width={Math.max(1, step - 1)}
          height={(count / most) * height + 1}
        />
      ))}
    </svg>
  );
}

/** The share of missing values, after the column's type; '' for none. */
export function nullWords(head: GridColumnHead | undefined, rows: number): string {
  if (head === undefined || head.nulls === 0 || rows === 0) return '';
  const share = (100 * head.nulls) / rows;
  return `, ${share < 0.1 ? '< 0.1' : share.toFixed(1).replace(/\.0$/, '')} % null`;
}
