// A small plot as a drawing: the same on the page and in a saved file, for its colours are the theme's own values.
import type { RefObject } from 'react';
import { markColour, markSign } from '../../../../src/protocol/runs/mark-signs';
import { niceTicks, valueTickText } from '../../../kit/chart/axis';
import { type ChartColours, useChartColours } from '../../../kit/chart/colours';
import { markDash } from '../../../kit/chart/curve';
import { type PlotContent, type PlotFrame, type PlotSide, placed, plotFrame } from './plot';

interface PlotViewProps {
  content: PlotContent;
  width: number;
  height: number;
  /** What the plot shows, in one sentence. */
  finding: string;
  drawing: RefObject<SVGSVGElement | null>;
}

/** The plot without its caption. */
export function PlotView({ content, width, height, finding, drawing }: PlotViewProps) {
  const colours = useChartColours();
  const frame = plotFrame(width, height);
  const { across, down } = placed(content, frame);
  const { guide, sides } = content;
  return (
    <svg
      ref={drawing}
      className="plot-view"
      role="img"
      aria-label={finding}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily={colours.font}
      fontSize={11}
      fill={colours.text}
    >
      <Axes content={content} frame={frame} colours={colours} />
      {guide !== null && (
        <path
          d={`M${across(guide[0])} ${down(guide[1])}L${across(guide[2])} ${down(guide[3])}`}
          stroke={colours.text}
          strokeDasharray="2 3"
          fill="none"
        />
      )}
      {sides.map((side) => (
        <Side key={side.mark} side={side} content={content} frame={frame} colours={colours} />
      ))}
    </svg>
  );
}

interface PartProps {
  content: PlotContent;
  frame: PlotFrame;
  colours: ChartColours;
}

function Axes({ content, frame, colours }: PartProps) {
  const { x, y } = content;
  const { across, down } = placed(content, frame);
  const rows = niceTicks(y.from, y.to, 4);
  const columns = niceTicks(x.from, x.to, Math.max(2, (frame.right - frame.left) / 60));
  const step = (ticks: readonly number[]): number => (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const middle = (frame.top + frame.bottom) / 2;
  return (
    <>
      {rows.map((value) => (
        <g key={`y${value}`}>
          <path d={`M${frame.left} ${down(value)}H${frame.right}`} stroke={colours.grid} />
          <text x={frame.left - 4} y={down(value) + 4} textAnchor="end">
            {valueTickText(value, step(rows))}
          </text>
        </g>
      ))}
      {columns.map((value) => (
        <text key={`x${value}`} x={across(value)} y={frame.bottom + 14} textAnchor="middle">
          {valueTickText(value, step(columns))}
        </text>
      ))}
      <text x={(frame.left + frame.right) / 2} y={frame.bottom + 29} textAnchor="middle">
        {x.label}
      </text>
      <text x={10} y={middle} textAnchor="middle" transform={`rotate(-90 10 ${middle})`}>
        {y.label}
      </text>
    </>
  );
}

function Side({ side, content, frame, colours }: PartProps & { side: PlotSide }) {
  const { mark, line, further = [], band, points } = side;
  const { across, down } = placed(content, frame);
  const colour = colours.marks[markColour(mark)] ?? colours.text;
  const path = (x: readonly number[], y: readonly number[]): string =>
    x.map((value, place) => `${place === 0 ? 'M' : 'L'}${across(value)} ${down(y[place] ?? 0)}`).join('');
  const shape = markSign(mark);
  const sign = { fill: shape.isFilled ? colour : colours.paper, stroke: colour };
  return (
    <g>
      {band !== undefined && band.x.length > 0 && (
        <path
          d={`${path(band.x, band.high)}${path([...band.x].reverse(), [...band.low].reverse()).replace('M', 'L')}Z`}
          fill={colour}
          opacity={0.16}
        />
      )}
      <path
        d={[line, ...further].map(({ x, y }) => path(x, y)).join('')}
        fill="none"
        stroke={colour}
        strokeWidth={further.length > 0 ? 0.75 : 1.5}
        strokeLinejoin="round"
        strokeDasharray={markDash(mark).join(' ') || undefined}
      />
      {(points ?? []).map((point) => (
        <g key={`${point.x} ${point.y}`}>
          <title>{point.words}</title>
          <path d={`M${across(point.x)} ${down(point.low)}V${down(point.high)}`} stroke={colour} fill="none" />
          <path d={shape.path} transform={`translate(${across(point.x)} ${down(point.y)})`} {...sign} />
        </g>
      ))}
    </g>
  );
}
