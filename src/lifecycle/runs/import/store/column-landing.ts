// Points of an import on their way into series that nobody sees yet, as the columns in which they were read.
import type { Database } from '../../../../platform/sqlite/database';
import { landWhole } from '../../../../workspace/bundle/land-whole';
import type { LooseSeries } from '../../bundle/store/loose-series';
import { PointBlock } from '../../store/points/point-block';
import { isPackWorth, writePacks } from '../../store/points/point-packs';
import { PointWriter } from '../../store/points/point-writer';
import type { PointColumns } from '../source-run';

/** Points of one series. */
export interface LandedColumns extends PointColumns {
  /** The loose series that has those before; undefined for the first ones. */
  series: number | undefined;
  /** True when each of them comes behind all before it, by step, time and value, also those of earlier calls. */
  isBehind: boolean;
}

/** Writes points, each once. */
export class ColumnLanding {
  readonly #database: Database;
  readonly #loose: LooseSeries;
  readonly #writer: PointWriter;

  constructor(database: Database, loose: LooseSeries) {
    this.#database = database;
    this.#loose = loose;
    this.#writer = new PointWriter(database);
  }

  /** Adds all of them in one transaction, and returns the series that has each. Throws SlipwayError `invalid`. */
  land(parts: readonly LandedColumns[]): number[] {
    return landWhole(this.#database, 'A point', () =>
      parts.map((part) => {
        const series = part.series ?? this.#loose.add(undefined, []);
        this.#write(series, new PointBlock(part.steps, part.times, part.values), part.isBehind);
        return series;
      }),
    );
  }

  #write(series: number, block: PointBlock, isBehind: boolean): void {
    if (isBehind && isPackWorth(block.length)) writePacks(this.#database, series, block);
    else for (let at = 0; at < block.length; at += 1) this.#writer.addAnywhere(series, block.key(at));
  }
}
