// What predicted amounts are worth to groups: how high they are, and how far from the truth.
import type { Disparity, GroupMeasure, GroupMeasures } from '../../../../protocol/comparison/fairness';
import { meanGap } from '../../../../statistics/fairness/mean-gap';
import type { RateDraws } from '../../../../statistics/fairness/rate-gaps';
import { pairedT } from '../../../../statistics/tests/mean-difference';
import type { JudgedGroups } from './judged-groups';

/** By row. */
export interface AmountRows {
  truth: Float64Array;
  told: Float64Array;
}

const compared = ['mean_prediction', 'mean_error', 'mae'] as const;

/** The means of amounts and of their errors; an error is what was predicted less what is true. */
export class NumberFairness implements JudgedGroups {
  readonly #columns: Readonly<Record<'mean_true' | (typeof compared)[number], Float64Array>>;
  readonly #draws: RateDraws;

  constructor({ truth, told }: AmountRows, draws: RateDraws) {
    const errors = told.map((value, row) => value - (truth[row] ?? 0));
    this.#columns = { mean_true: truth, mean_prediction: told, mean_error: errors, mae: errors.map(Math.abs) };
    this.#draws = draws;
  }

  measures(places: readonly number[]): GroupMeasures {
    const entries = Object.entries(this.#columns);
    return Object.fromEntries(entries.map(([name, column]) => [name, measureOf(chosen(column, places))]));
  }

  disparities(groups: readonly (readonly number[])[]): Disparity[] {
    return compared.map((of) => {
      const name = `${of}_difference`;
      if (groups.length < 2) return { name, value: null, interval: null, of: null, lowest: null, highest: null };
      const rows = groups.map((places) => chosen(this.#columns[of], places));
      const { value, interval, lowest, highest } = meanGap(rows, this.#draws);
      // Without any spread nothing is known of chance.
      const isCertain = interval[0] === interval[1];
      return { name, value, interval: isCertain ? null : interval, of, lowest, highest };
    });
  }
}

function chosen(column: Float64Array, places: readonly number[]): Float64Array {
  return Float64Array.from(places, (place) => column[place] ?? 0);
}

/** With Student's interval; without one where all rows are the same or there is one only. */
function measureOf(rows: Float64Array): GroupMeasure | null {
  if (rows.length === 0) return null;
  const { effect, interval } = pairedT(rows);
  return { value: effect, interval: Number.isNaN(interval[0]) ? null : interval, rows: rows.length };
}
