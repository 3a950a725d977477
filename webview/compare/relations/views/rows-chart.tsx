// Bars in rows: a name, a bar from zero, what is uncertain about it, and the value in words.
import { useState } from 'react';
import { markColour, markSign } from '../../../../src/protocol/runs/mark-signs';
import { niceTicks } from '../../../kit/chart/axis';
import { valueTickTexts } from '../../../kit/chart/ticks';
import { ChartButton } from '../figure/chart-button';
import { cut } from './scatter-axes';

/** One row. `bar` null: nothing to draw; `isOpen`: not decided, drawn hollow. `point` stands beside the bar on the same axis. */
export interface ChartRow {
  key: string;
  label: string;
  mark: number | null;
  isPinned: boolean;
  isOpen: boolean;
  bar: number | null;
  spread: [low: number, high: number] | null;
  point: { value: number; low: number; high: number; isOpen: boolean } | null;
  text: string;
}

const rowHeight = 20;

interface RowsProps {
  rows: readonly ChartRow[];
  width: number;
  /** What the axis shows, in units of the bars. */
  low: number;
  high: number;
  /** Bars begin at zero; else a dot stands for each. */
  isBar: boolean;
  /** A line through all rows: the baseline's value. */
  rule: number | null;
  finding: string;
  onPoint: (row: number | null) => void;
  onOpen: (row: number) => void;
}

/** Arrows go from row to row, Enter opens one. */
export function RowsChart(props: RowsProps) {
  const { rows, width, low, high, isBar, rule, finding, onOpen } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const [left, right] = [Math.min(200, width * 0.28), width - Math.min(150, width * 0.32)];
  const bottom = rows.length * rowHeight + 6;
  const across = (value: number): number => left + ((value - low) / (high - low || 1)) * (right - left);
  const point = (row: number | null): void => {
    setPointed(row);
    props.onPoint(row);
  };
  const rowAt = (_: number, y: number): number | null => {
    const row = Math.floor(y / rowHeight);
    return row >= 0 && row < rows.length ? row : null;
  };
  return (
    <ChartButton
      {...{ finding, width, onOpen }}
      height={bottom + 18}
      place={pointed}
      count={rows.length}
      placeAt={rowAt}
      onPlace={point}
    >
      <Ticks low={low} high={high} most={(right - left) / 72} across={across} bottom={bottom} />
      {pointed !== null && (
        <rect data-tool="" className="relation-row" x={0} y={pointed * rowHeight} width={width} height={rowHeight} />
      )}
      {rows.map((row, at) => (
        <Row key={row.key} row={row} y={at * rowHeight + rowHeight / 2} {...{ left, right, width, across, isBar }} />
      ))}
      {rule !== null && <line className="relation-rule" x1={across(rule)} x2={across(rule)} y1={0} y2={bottom} />}
    </ChartButton>
  );
}

function Ticks(props: { low: number; high: number; most: number; across: (value: number) => number; bottom: number }) {
  const { low, high, most, across, bottom } = props;
  const ticks = niceTicks(low, high, Math.max(2, most));
  const texts = valueTickTexts(ticks, 'linear');
  return ticks.map((tick, at) => (
    <g key={tick}>
      <line className="relation-grid" x1={across(tick)} x2={across(tick)} y1={0} y2={bottom} />
      <text className="relation-tick" x={across(tick)} y={bottom + 12} textAnchor="middle">
        {texts[at]}
      </text>
    </g>
  ));
}

interface RowProps {
  row: ChartRow;
  y: number;
  left: number;
  right: number;
  width: number;
  isBar: boolean;
  across: (value: number) => number;
}

function Row({ row, y, left, right, width, isBar, across }: RowProps) {
  const { label, mark, isPinned, isOpen, bar, spread, point, text } = row;
  const indent = mark === null ? 0 : 16;
  const name = isPinned ? `${label} (baseline)` : label;
  return (
    <g>
      {mark !== null && <RowMark mark={mark} x={6} y={y} />}
      <text className={isPinned ? 'relation-label pinned' : 'relation-label'} x={indent} y={y + 4}>
        {cut(name, Math.floor((left - indent - 8) / 6.2))}
      </text>
      {bar !== null && isBar && (
        <rect
          className={isOpen ? 'relation-bar open' : 'relation-bar'}
          x={Math.min(across(0), across(bar))}
          y={y - 5}
          width={Math.max(1, Math.abs(across(bar) - across(0)))}
          height={10}
        />
      )}
      {bar !== null && !isBar && <circle className="relation-dot" cx={across(bar)} cy={y} r={4} />}
      {spread !== null && <path className="relation-spread" d={whisker(across(spread[0]), across(spread[1]), y)} />}
      {point !== null && <path className="relation-spread" d={whisker(across(point.low), across(point.high), y)} />}
      {point !== null && (
        <path
          className={point.isOpen ? 'relation-diamond open' : 'relation-diamond'}
          d={`M${across(point.value)} ${y - 5}l5 5l-5 5l-5-5z`}
        />
      )}
      <text className="relation-text" x={width - 2} y={y + 4} textAnchor="end">
        {cut(text, Math.floor((width - right - 8) / 6))}
      </text>
    </g>
  );
}

function RowMark({ mark, x, y }: { mark: number; x: number; y: number }) {
  const { path, isFilled } = markSign(mark);
  const colour = `var(--mark-${markColour(mark)})`;
  return (
    <path
      d={path}
      transform={`translate(${x} ${y})`}
      style={{ fill: isFilled ? colour : 'none', stroke: colour, strokeWidth: isFilled ? 0 : 1.6 }}
    />
  );
}

function whisker(from: number, to: number, y: number): string {
  return `M${from} ${y - 3}v6M${from} ${y}H${to}M${to} ${y - 3}v6`;
}
