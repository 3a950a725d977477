// What a model says on average when some features are those of a row and the others those of background rows.
import { type RowPredictor, rowsAtOnce } from './row-predictor';

/** `row` of M values; `background` row-major, at least one row of M. */
export interface ExplainedCase {
  row: Float64Array;
  background: Float64Array;
}

/** Features whose value is the same in all background rows and in the row cannot matter, and do not play. */
export class CoalitionGame {
  /** Places of the features that play. */
  readonly players: readonly number[];
  readonly #predict: RowPredictor;
  readonly #case: ExplainedCase;
  readonly #count: number;

  constructor(predict: RowPredictor, explained: ExplainedCase) {
    const { row, background } = explained;
    this.#predict = predict;
    this.#case = explained;
    this.#count = background.length / row.length;
    const places = Array.from(row, (_, at) => at);
    this.players = places.filter((feature) => this.#differs(feature));
  }

  /**
   * v(S) = mean over background rows b of f(x_S, b_rest), for each coalition: one 0 or 1 a player. The sum runs over the
   * background in its order.
   */
  async values(coalitions: readonly Uint8Array[]): Promise<Float64Array> {
    const found = new Float64Array(coalitions.length);
    const step = Math.max(1, Math.floor(rowsAtOnce / this.#count));
    for (let start = 0; start < coalitions.length; start += step) {
      const some = coalitions.slice(start, start + step);
      const answers = await this.#predict(this.#mixed(some), some.length * this.#count);
      for (let at = 0; at < some.length; at += 1) {
        let sum = 0;
        for (let each = 0; each < this.#count; each += 1) sum += answers[at * this.#count + each] as number;
        found[start + at] = sum / this.#count;
      }
    }
    return found;
  }

  #differs(feature: number): boolean {
    const { row, background } = this.#case;
    for (let at = feature; at < background.length; at += row.length) {
      if (!Object.is(background[at], row[feature])) return true;
    }
    return false;
  }

  #mixed(coalitions: readonly Uint8Array[]): Float64Array {
    const { row, background } = this.#case;
    const rows = new Float64Array(coalitions.length * background.length);
    for (const [at, coalition] of coalitions.entries()) {
      const own = rows.subarray(at * background.length, (at + 1) * background.length);
      own.set(background);
      for (const [player, feature] of this.players.entries()) {
        if (coalition[player] === 0) continue;
        for (let place = feature; place < own.length; place += row.length) own[place] = row[feature] as number;
      }
    }
    return rows;
  }
}
