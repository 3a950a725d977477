// One uPlot instance for the life of a chart: new points are drawn into it, nothing is built again.
import UPlot from 'uplot';
import type { ChartColours } from '../colours';
import type { ChartView, Curve } from '../curve';
import { chartHeight, type Geometry, rightMargin } from '../geometry';
import { toScale } from '../scale';
import { plotOptions } from './options';
import { painter } from './painter';

/** What a plot shows. */
export interface Picture {
  curves: readonly Curve[];
  geometry: Geometry;
}

/** What a plot is built for: other values need another plot. */
export interface PlotStyle {
  view: Pick<ChartView, 'axis' | 'scaleX' | 'scaleY'>;
  colours: ChartColours;
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

/** The corners of the plot: what the axes are laid out for. */
function dataOf({ geometry }: Picture): UPlot.AlignedData {
  const { scaleX, scaleY, from, to, low, high } = geometry;
  return [
    [toScale(scaleX, from), toScale(scaleX, to)],
    [toScale(scaleY, low), toScale(scaleY, high)],
  ];
}
