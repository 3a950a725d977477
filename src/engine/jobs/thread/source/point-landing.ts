// The points of one run on their way in: ahead of the run, into series that nobody sees yet. This is the one place that
// knows how the engine takes points.
import type { PointColumns } from '../../../../lifecycle/runs/import/source-run';
import type { LandedColumns } from '../../../../lifecycle/runs/import/store/column-landing';
import { narrowed } from '../../../../lifecycle/runs/store/exact-integer';
import {
  addToSummary,
  emptySummary,
  isLater,
  type SeriesSummary,
} from '../../../../lifecycle/runs/store/points/series-summary';
import { storedPoints } from '../../../../lifecycle/runs/store/points/stored-points';
import { atOneMoment } from '../../../../platform/sqlite/at-one-moment';
import type { Database } from '../../../../platform/sqlite/database';
import { type Cell, cellOf, type PartLine } from '../../../../workspace/bundle/part-line';
import type { JobPort } from '../job-port';

/**
 * What one step costs at most, a few milliseconds of the engine's, in points that lie in order and are many; a series, and a
 * point of few or out of order, cost as much as so many of them.
 */
const most = 8000;
const costs = { series: 300, single: 40 };
const fewPoints = 32;

interface Landing {
  summary: SeriesSummary;
  /** The loose series that holds the points; none before the first. */
  series: number | undefined;
  /** True when a point may have been there already, so that the summary may have counted it twice. */
  isUnsure: boolean;
}

/** One per run. `database` is a reading connection. */
export class PointLanding {
  readonly #port: JobPort;
  readonly #database: Database;
  readonly #landings = new Map<string, Landing>();
  #waiting: { landing: Landing; columns: LandedColumns }[] = [];
  #cost = 0;

  constructor(port: JobPort, database: Database) {
    this.#port = port;
    this.#database = database;
  }

  async add(columns: PointColumns): Promise<void> {
    const { key, times } = columns;
    let landing = this.#landings.get(key);
    if (landing === undefined) {
      landing = { summary: emptySummary(0, 0, key), series: undefined, isUnsure: false };
      this.#landings.set(key, landing);
    }
    const isBehind = summed(landing, columns);
    landing.isUnsure ||= !isBehind;
    if (!isBehind) return this.#addAnywhere(landing, columns);
    // What one series has waiting is not sent together with more of it: only then is its number known.
    const cost = costs.series + times.length * (times.length < fewPoints ? costs.single : 1);
    if (this.#cost + cost > most || this.#waiting.some((each) => each.landing === landing)) await this.#send();
    this.#waiting.push({ landing, columns: { ...columns, series: landing.series, isBehind } });
    this.#cost += cost;
  }

  /** The series by their keys, and the rows that tell of them; how many points they hold. */
  async finish(): Promise<{ series: [string, number][]; lines: PartLine[]; points: number }> {
    await this.#send();
    const series: [string, number][] = [];
    const lines: PartLine[] = [];
    let points = 0;
    for (const [key, landing] of this.#landings) {
      if (landing.series === undefined) continue;
      if (landing.isUnsure) this.#count(landing, landing.series);
      series.push([key, landing.series]);
      lines.push(['metric_series', seriesRow(landing.summary)]);
      points += landing.summary.count;
    }
    return { series, lines, points };
  }

  async #addAnywhere(landing: Landing, { key, steps, times, values }: PointColumns): Promise<void> {
    await this.#send();
    const atOnce = most / costs.single;
    for (let from = 0; from < times.length; from += atOnce) {
      const [a, b] = [from, from + atOnce];
      const part = { key, steps: steps.slice(a, b), times: times.slice(a, b), values: values.slice(a, b) };
      this.#waiting.push({ landing, columns: { ...part, series: landing.series, isBehind: false } });
      await this.#send();
    }
  }

  async #send(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const sent = this.#waiting;
    this.#waiting = [];
    this.#cost = 0;
    this.#port.goOn();
    const given = sent.map(({ columns }) => columns);
    const series = await this.#port.call<number[]>('landColumns', given);
    for (const [index, { landing }] of sent.entries()) landing.series = series[index];
  }

  #count({ summary }: Landing, series: number): void {
    atOneMoment(this.#database, () => {
      summary.count = 0;
      summary.non_finite = 0;
      for (const block of storedPoints(this.#database, series)) {
        summary.count += block.length;
        for (const value of block.values) if (!Number.isFinite(value)) summary.non_finite += 1;
      }
    });
  }
}

/** Adds points to the summary of their series. Returns whether each comes behind all before it. */
function summed({ summary }: Landing, { key, steps, times, values }: PointColumns): boolean {
  let isBehind = true;
  const point = { key, step: 0 as number | bigint, time: 0, value: 0 };
  for (let at = 0; at < times.length; at += 1) {
    point.step = narrowed(steps[at] ?? 0);
    point.time = times[at] ?? 0;
    point.value = values[at] ?? 0;
    const nan = Number.isNaN(point.value) ? 1 : 0;
    const value = nan === 1 ? 0 : point.value;
    if (isBehind && !isLater(summary, point, value)) isBehind = false;
    addToSummary(summary, point, value, nan);
  }
  return isBehind;
}

function seriesRow({ series: _series, run: _run, ...row }: SeriesSummary): Record<string, Cell> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)]));
}
