// What labels are worth to groups: how often each is selected, rightly and wrongly.
import type { Disparity, GroupMeasure, GroupMeasures } from '../../../../protocol/comparison/fairness';
import { type GroupRate, type RateDraws, rateDifference, rateRatio } from '../../../../statistics/fairness/rate-gaps';
import type { WidestGap } from '../../../../statistics/fairness/widest-gap';
import { wilsonInterval } from '../../../../statistics/sample/wilson-interval';
import type { JudgedGroups } from './judged-groups';

/** By row whether it is of the positive class (1 or 0), in truth and as told. */
export interface SelectedRows {
  truth: Uint8Array;
  told: Uint8Array;
}

/** The rates of binary labels. */
export class ClassFairness implements JudgedGroups {
  readonly #rows: SelectedRows;
  readonly #draws: RateDraws;

  constructor(rows: SelectedRows, draws: RateDraws) {
    this.#rows = rows;
    this.#draws = draws;
  }

  measures(places: readonly number[]): GroupMeasures {
    return Object.fromEntries(
      Object.entries(ratesOf(this.#rows, places)).map(([name, rate]) => [name, measureOf(rate)]),
    );
  }

  disparities(groups: readonly (readonly number[])[]): Disparity[] {
    const rates = groups.map((places) => ratesOf(this.#rows, places));
    const parity = ['demographic_parity', ['selection_rate']] as const;
    const odds = ['equalized_odds', ['tpr', 'fpr']] as const;
    return [parity, odds].flatMap(([name, measures]) => {
      const found = measures.map((measure) => familyOf(rates, measure));
      return [
        this.#disparity(`${name}_difference`, measures, { families: found, gap: rateDifference }),
        this.#disparity(`${name}_ratio`, measures, { families: found, gap: rateRatio }),
      ];
    });
  }

  /** Of several measures only if each is known of two groups: the worse of one alone would look like the worse of both. */
  #disparity(
    name: string,
    measures: readonly RateName[],
    { families, gap }: { families: readonly Family[]; gap: typeof rateDifference },
  ): Disparity {
    const none = { name, value: null, interval: null, of: null, lowest: null, highest: null };
    if (families.some(({ rates }) => rates.length < 2)) return none;
    const found: WidestGap = gap(
      families.map(({ rates }) => rates),
      this.#draws,
    );
    if (Number.isNaN(found.value)) return none;
    const { value, interval, family } = found;
    const groups = families[family]?.groups ?? [];
    const [lowest = null, highest = null] = [groups[found.lowest], groups[found.highest]];
    return {
      name,
      value,
      interval: [interval[0], Math.min(1, interval[1])],
      of: measures[family] ?? null,
      lowest,
      highest,
    };
  }
}

type RateName = keyof ReturnType<typeof ratesOf>;

/** The rates of those groups that have a row for it. */
interface Family {
  groups: number[];
  rates: GroupRate[];
}

function familyOf(all: readonly ReturnType<typeof ratesOf>[], measure: RateName): Family {
  const groups = all.flatMap((rates, group) => (rates[measure].rows > 0 ? [group] : []));
  return { groups, rates: groups.map((group) => all[group]?.[measure] ?? { hits: 0, rows: 0 }) };
}

function ratesOf(
  { truth, told }: SelectedRows,
  places: readonly number[],
): Record<'base_rate' | 'selection_rate' | 'tpr' | 'fpr' | 'ppv', GroupRate> {
  let [positive, selected, both] = [0, 0, 0];
  for (const place of places) {
    const [isTrue, isTold] = [truth[place] ?? 0, told[place] ?? 0];
    positive += isTrue;
    selected += isTold;
    both += isTrue & isTold;
  }
  const rows = places.length;
  return {
    base_rate: { hits: positive, rows },
    selection_rate: { hits: selected, rows },
    tpr: { hits: both, rows: positive },
    fpr: { hits: selected - both, rows: rows - positive },
    ppv: { hits: both, rows: selected },
  };
}

function measureOf({ hits, rows }: GroupRate): GroupMeasure | null {
  return rows === 0 ? null : { value: hits / rows, interval: wilsonInterval(hits, rows), rows };
}
