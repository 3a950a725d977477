// What a small plot of two models shows: lines, bands and points of each side, on two linear axes.

/** An axis with its ends in its own units, and what it measures. */
export interface PlotAxis {
  from: number;
  to: number;
  label: string;
}

/** One side: `mark` decides colour, dash and shape. Points reach from `low` to `high`; `words` are told when pointed at. */
export interface PlotSide {
  mark: number;
  name: string;
  line: { x: readonly number[]; y: readonly number[] };
  /** The lines of the other repeats of this side; all of them are drawn thin then. */
  further?: readonly { x: readonly number[]; y: readonly number[] }[];
  band?: { x: readonly number[]; low: readonly number[]; high: readonly number[] };
  points?: readonly { x: number; y: number; low: number; high: number; words: string }[];
}

export interface PlotContent {
  x: PlotAxis;
  y: PlotAxis;
  sides: readonly PlotSide[];
  /** A thin straight line to compare with, in axis units; none where null. */
  guide: readonly [x1: number, y1: number, x2: number, y2: number] | null;
}

/** Edges of the plot in CSS pixels. */
export interface PlotFrame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The plot of a drawing of this size, with room for the words of both axes. */
export function plotFrame(width: number, height: number): PlotFrame {
  return { left: 40, right: width - 10, top: 8, bottom: height - 34 };
}

/** A place in CSS pixels, with two decimals. */
export function placed(
  { x, y }: PlotContent,
  frame: PlotFrame,
): { across: (v: number) => number; down: (v: number) => number } {
  const round = (pixel: number): number => Math.round(pixel * 100) / 100;
  return {
    across: (value) => round(frame.left + ((value - x.from) / (x.to - x.from)) * (frame.right - frame.left)),
    down: (value) => round(frame.bottom - ((value - y.from) / (y.to - y.from)) * (frame.bottom - frame.top)),
  };
}
