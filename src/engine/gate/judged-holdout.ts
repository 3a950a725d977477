// What one model, or two, predicted of the holdout, read once and judged by rows, slices and clusters.
import { SlipwayError } from '../../base/errors';
import { metricOfRows } from '../../lifecycle/runs/comparison/predictions/compared-metric';
import { chosenMetrics, wantedKind } from '../../lifecycle/runs/comparison/predictions/metric-choice';
import type { ModelRows, ModelSide } from '../../lifecycle/runs/comparison/predictions/model-rows';
import { isPaired, type PairedModels, pairModels } from '../../lifecycle/runs/comparison/predictions/paired-models';
import {
  codeOf,
  type PairColumn,
  pairColumns,
  unitsOf,
} from '../../lifecycle/runs/comparison/predictions/resampled-units';
import { openFileSource } from '../../platform/tables/file-source';
import { predictionMetrics } from '../../statistics/metrics/prediction-metric';
import { type RowUnits, rowGroups, type WeightedMetric } from '../../statistics/metrics/weighted-metric';

/** Both models on the same rows; without another one `other` is the candidate itself. `unit`: what is resampled, in words. */
export interface JudgedRows {
  candidate: ModelRows;
  other: ModelRows;
  rows: number;
  units: RowUnits;
  /** Null: every row by itself. */
  cluster: string | null;
  unit: string;
}

/** One value of a column, with its rows among the judged ones. */
export interface HoldoutSlice {
  name: string;
  places: Int32Array;
}

/** `name`: what people know it by. */
export interface PredictionsFile {
  path: string;
  name: string;
}

/** Random groups of rows vary as rows do, and cost less to resample. */
const groups = { most: 2000, seed: 1 };
const mostSlices = 1000;

/** Reads files of predictions as `predict` writes them. */
export class JudgedHoldout {
  readonly hasOther: boolean;
  readonly #paired: PairedModels;
  readonly #columns: readonly PairColumn[];

  private constructor(paired: PairedModels, hasOther: boolean) {
    this.#paired = paired;
    this.#columns = pairColumns(paired.tables, paired.pairs);
    this.hasOther = hasOther;
  }

  /** `metrics`: all that will be asked for, which tell classes from numbers; `columns`: those that rows are told apart by; `needsTruth`: true unless said. Throws SlipwayError `invalid` where no row can be judged. */
  static async read(
    { candidate, other }: { candidate: PredictionsFile; other: PredictionsFile | null },
    {
      metrics,
      columns,
      needsTruth = true,
    }: { metrics: readonly string[]; columns: readonly string[]; needsTruth?: boolean },
  ): Promise<JudgedHoldout> {
    const sources = { baseline: openFileSource(other ?? candidate), candidate: openFileSource(candidate) };
    const paired = await pairModels(sources, wantedKind(metrics), { slices: columns, needsTruth });
    if (!isPaired(paired) || paired.judged.length === 0) {
      const lack = needsTruth ? 'has a true value and a prediction' : 'has a prediction in both';
      throw new SlipwayError('invalid', `No row of the holdout ${lack}.`);
    }
    return new JudgedHoldout(paired, other !== null);
  }

  /** Rows whose truth is known and of which the candidate says nothing, or no number. */
  get unanswered(): number {
    return this.#paired.leftOut.leftOutCandidate;
  }

  /** Rows whose truth is known and of which the other model says nothing. */
  get unansweredOther(): number {
    return this.hasOther ? this.#paired.leftOut.leftOutBaseline : 0;
  }

  /** Rows of either file that have no partner in the other, or are not judged for want of a truth or an answer. */
  get unpaired(): number {
    const { pairs, judged } = this.#paired;
    return pairs.onlyBaseline + pairs.onlyCandidate + pairs.baseline.length - judged.length;
  }

  /** The judged rows at `places`, all of them where left out. Throws SlipwayError `invalid` for a cluster column there is not. */
  rows(places?: Int32Array, cluster: string | null = null): JudgedRows {
    const { sides, truth, judged } = this.#paired;
    const [baseline, candidate] = [onlyOf(sides.baseline), onlyOf(sides.candidate)];
    const pairs = places === undefined ? judged : places.map((place) => judged[place] ?? 0);
    const units = cluster === null ? rowGroups(pairs.length, groups) : unitsOf(pairs, this.#columns, cluster);
    return {
      candidate: candidate.rows(pairs, truth, units),
      other: baseline.rows(pairs, truth, units),
      rows: pairs.length,
      units,
      cluster,
      unit: cluster === null ? 'rows' : `values of ${cluster}`,
    };
  }

  /** The rows of each value of a column, in the order of the values. Throws SlipwayError `invalid` for a column there is not, or one of too many values. */
  slices(column: string): HoldoutSlice[] {
    const found = this.#column(column);
    const byCode = new Map<number, number[]>();
    for (const [place, pair] of this.#paired.judged.entries()) {
      const code = codeOf(found, pair);
      const known = byCode.get(code);
      if (known === undefined) byCode.set(code, [place]);
      else known.push(place);
      if (byCode.size > mostSlices) {
        throw new SlipwayError('invalid', `${column} has more than ${mostSlices} values: that is no way to slice.`);
      }
    }
    const slices = [...byCode].map(([code, places]) => ({
      name: code < 0 ? `${column} missing` : `${column} = ${found.column.values[code] ?? ''}`,
      places: Int32Array.from(places),
    }));
    return slices.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The rows for which a condition holds, by the column that was made of it. */
  where(column: string): Int32Array {
    const found = this.#column(column);
    const yes = found.column.values.indexOf('yes');
    return Int32Array.from(this.#paired.judged.keys()).filter(
      (place) => yes >= 0 && codeOf(found, this.#paired.judged[place] ?? 0) === yes,
    );
  }

  #column(name: string): PairColumn {
    const found = this.#columns.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new SlipwayError('invalid', `The holdout has no column ${name.slice(0, 100)}.`);
  }
}

/** A metric that the rows have, by any name people give it. */
export interface ChosenMetric {
  name: string;
  direction: 'up' | 'down';
}

/** Throws SlipwayError `invalid` with what it needs where the predictions do not have it. */
export function chosenMetric(wanted: string, { candidate, other }: JudgedRows): ChosenMetric {
  const [name = wanted] = chosenMetrics([wanted], [other, candidate]);
  return { name, direction: predictionMetrics[name]?.direction ?? 'up' };
}

/** One metric of one of the two. */
export function metricOf(rows: ModelRows, { name }: ChosenMetric): WeightedMetric {
  return metricOfRows(rows, name);
}

function onlyOf([model]: readonly ModelSide[]): ModelSide {
  if (model === undefined) throw new Error('a side has no model');
  return model;
}

/** Each unit once. */
export function once({ count }: RowUnits): Float64Array {
  return new Float64Array(count).fill(1);
}
