// One uPlot instance for the life of a chart: new points are drawn into it, nothing is built again.
import UPlot from 'uplot';
import type { AxisScale } from '../../../../src/protocol/series';
import type { ChartColours } from '../colours';
import { type ChartView, type Curve, lineOf } from '../curve';
import { chartHeight, type Geometry, rightMargin } from '../geometry';
import { hasPlace, toScale } from '../scale';
import { plotOptions } from './options';
import { painter } from './painter';

/** What a plot shows. */
export interface Picture {
  curves: readonly Curve[];
  geometry: Geometry;
}

/** What a plot is built for: other values need another plot. */
export interface PlotStyle {
  view: ChartView;
  colours: ChartColours;
  /** One entry a line: which curve's sign it has, and whether it is the faint raw line behind a smooth one. */
  lines: readonly { mark: number; isFaint: boolean }[];
}

/** The lines that `curves` are drawn with. */
export function plotLines(curves: readonly Curve[]): PlotStyle['lines'] {
  return curves.flatMap(({ mark, series }) => {
    const line = { mark, isFaint: false };
    return series.smooth.length > 0 ? [{ mark, isFaint: true }, line] : [line];
  });
}

/** Curves with their axes inside `box`. */
export class Plot {
  readonly #chart: UPlot;
  #picture: Picture;

  constructor(box: HTMLElement, style: PlotStyle, picture: Picture) {
    this.#picture = picture;
    const options = plotOptions(style, () => this.#picture.geometry);
    const hooks = painter(() => ({ ...this.#picture, colours: style.colours }));
    this.#chart = new UPlot({ ...options, hooks }, dataOf(picture), box);
  }

  /** Draws `picture` instead of the one before, once, before the next frame. */
  show(picture: Picture): void {
    const { right } = this.#picture.geometry;
    this.#picture = picture;
    if (picture.geometry.right !== right) {
      this.#chart.setSize({ width: picture.geometry.right + rightMargin, height: chartHeight });
    }
    this.#chart.setData(dataOf(picture));
  }

  destroy(): void {
    this.#chart.destroy();
  }
}

type Values = (number | null | undefined)[];

/** All lines over one row of places, as uPlot wants them: undefined where a line has no point, null where it breaks. */
function dataOf({ curves, geometry }: Picture): UPlot.AlignedData {
  const { scaleX, scaleY } = geometry;
  const [only] = curves;
  const places = curves.length === 1 && only !== undefined ? only.series.x : allPlaces(curves);
  const rows = curves.flatMap(({ series }) => {
    const lines = series.smooth.length > 0 ? [series.last, series.smooth] : [lineOf(series)];
    const isOwn = places === series.x;
    const index = isOwn ? undefined : new Map(series.x.map((x, at) => [x, at]));
    return lines.map((line) =>
      places.map((x, at) => {
        const value = line[isOwn ? at : (index?.get(x) ?? -1)];
        return value === undefined ? undefined : measured(scaleY, value);
      }),
    );
  });
  return [
    scaleX === 'log' ? places.map((x) => toScale(scaleX, x)) : places,
    ...(rows as Values[]),
  ] as UPlot.AlignedData;
}

function measured(scale: AxisScale, value: number): number | null {
  return hasPlace(scale, value) ? toScale(scale, value) : null;
}

function allPlaces(curves: readonly Curve[]): number[] {
  return [...new Set(curves.flatMap(({ series }) => series.x))].sort((a, b) => a - b);
}
