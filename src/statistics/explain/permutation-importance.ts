// How much worse a model does when the values of one feature are dealt out anew among the rows.
import { Random } from '../random';
import { type RowPredictor, rowsAtOnce } from './row-predictor';

/** `rows` row-major, of `width` values. `score`: higher is better, of one answer a row. */
export interface ImportanceCase {
  rows: Float64Array;
  width: number;
  score(answers: Float64Array): number;
}

/** `shuffle` gives the row from which each row takes its value, for a feature and a repeat. */
export interface ImportanceTerms {
  repeats: number;
  shuffle(feature: number, repeat: number): Uint32Array;
}

/** `mean` and `deviation` (divided by the count, as scikit-learn's) of the falls of the score. */
export interface FeatureImportance {
  mean: number;
  deviation: number;
}

/** Breiman (2001), as sklearn.inspection.permutation_importance: the score less the score with a feature shuffled. */
export async function permutationImportance(
  predict: RowPredictor,
  { rows, width, score }: ImportanceCase,
  { repeats, shuffle }: ImportanceTerms,
): Promise<{ score: number; features: FeatureImportance[] }> {
  const whole = score(await predictedAll(predict, rows, width));
  const features: FeatureImportance[] = [];
  for (let feature = 0; feature < width; feature += 1) {
    const falls: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const dealt = Float64Array.from(rows);
      for (const [row, from] of shuffle(feature, repeat).entries()) {
        dealt[row * width + feature] = rows[from * width + feature] as number;
      }
      falls.push(whole - score(await predictedAll(predict, dealt, width)));
    }
    features.push(summary(falls));
  }
  return { score: whole, features };
}

/** The same `seed` deals the same. */
export function seededShuffle(count: number, seed: number): ImportanceTerms['shuffle'] {
  const random = new Random(seed);
  return () => random.shuffle(Uint32Array.from({ length: count }, (_, row) => row));
}

async function predictedAll(predict: RowPredictor, rows: Float64Array, width: number): Promise<Float64Array> {
  const count = rows.length / width;
  const answers = new Float64Array(count);
  for (let start = 0; start < count; start += rowsAtOnce) {
    const end = Math.min(count, start + rowsAtOnce);
    answers.set(await predict(rows.subarray(start * width, end * width), end - start), start);
  }
  return answers;
}

function summary(falls: readonly number[]): FeatureImportance {
  const mean = falls.reduce((sum, fall) => sum + fall, 0) / falls.length;
  const squares = falls.reduce((sum, fall) => sum + (fall - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / falls.length) };
}
