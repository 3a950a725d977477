// One uPlot instance for the life of a chart: new points are drawn into it, nothing is built again.
import UPlot from 'uplot';
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import type { ChartColours } from './colours';
import { chartHeight, type Geometry, rightMargin } from './geometry';
import { plotOptions } from './options';
import { painter } from './painter';

/** What a plot shows. */
export interface Picture {
  series: BucketSeries;
  geometry: Geometry;
}

/** A curve with its axes inside `box`; another axis or other colours need another plot. */
export class Plot {
  readonly #chart: UPlot;
  #picture: Picture;

  constructor(box: HTMLElement, style: { axis: ChartAxis; colours: ChartColours }, picture: Picture) {
    this.#picture = picture;
    const options = plotOptions({ ...style, read: () => this.#picture.geometry });
    const hooks = painter(() => ({ series: this.#picture.series, colours: style.colours }));
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

function dataOf({ series }: Picture): UPlot.AlignedData {
  return [series.x, series.last];
}
