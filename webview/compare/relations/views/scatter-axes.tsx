// Grid, ticks and names of a scatter, and the gutters for runs without a value.
import type { ScatterPlot } from './scatter';

/** About so many CSS pixels a letter takes. */
const letter = 6.2;

/** Drawn below the marks. */
export function ScatterAxes({ plot }: { plot: ScatterPlot }) {
  const { left, right, top, bottom, x, y } = plot;
  const room = (right - left) / Math.max(1, x.ticks.length);
  return (
    <g>
      {y.ticks.map(({ at, text }) => {
        const down = bottom - at * (bottom - top);
        return (
          <g key={text}>
            <line className="relation-grid" x1={left} x2={right} y1={down} y2={down} />
            <text className="relation-tick" x={50} y={down + 4} textAnchor="end">
              {cut(text, 8)}
            </text>
          </g>
        );
      })}
      {x.ticks.map(({ at, text }) => {
        const over = left + at * (right - left);
        return (
          <g key={text}>
            <line className="relation-grid" x1={over} x2={over} y1={top} y2={bottom} />
            <text className="relation-tick" x={over} y={264} textAnchor="middle">
              {cut(text, Math.floor(room / letter))}
            </text>
          </g>
        );
      })}
      <Gutters plot={plot} />
      <text className="relation-name" x={right} y={278} textAnchor="end">
        {x.column.name}
      </text>
    </g>
  );
}

/** Lines beyond which runs stand that lack one of the two. */
function Gutters({ plot: { left, right, top, bottom, lacksX, lacksY } }: { plot: ScatterPlot }) {
  return (
    <>
      {lacksX && <line className="relation-axis" x1={left - 2} x2={left - 2} y1={top} y2={bottom} />}
      {lacksX && (
        <text className="relation-tick" x={left - 14} y={264} textAnchor="middle">
          –
        </text>
      )}
      {lacksY && <line className="relation-axis" x1={left} x2={right} y1={bottom + 2} y2={bottom + 2} />}
      {lacksY && (
        <text className="relation-tick" x={50} y={bottom + 18} textAnchor="end">
          –
        </text>
      )}
    </>
  );
}

/** The text, cut where there is room for so many letters only. */
export function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}
