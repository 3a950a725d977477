// How well texts of two tables can be told apart: a classifier is taught one half of them and asked about the other.
import { averageRanks } from '../association/ranks';
import { Random } from '../random';
import { type TermVector, termPlaces, termVectors } from './hashed-terms';

/** Passes over the texts that are learnt from. */
const passes = 4;
const rate = 0.5;
/** How strongly weights are held near zero. */
const decay = 1e-4;

/**
 * The area under the ROC curve of "is of the current table" on texts that were not learnt from: 0.5 where nothing tells
 * the tables apart, 1 where each text does. Logistic regression on hashed TF-IDF, each half learnt from in turn. The same
 * texts give the same number. Both sides need two texts.
 */
export function domainClassifier(reference: readonly string[], current: readonly string[]): number {
  const vectors = termVectors([...reference, ...current]);
  const isCurrent = (row: number): boolean => row >= reference.length;
  const random = new Random(1);
  const fold = foldsOf([reference.length, current.length], random);
  const areas = [0, 1].map((half) => {
    const rows = Array.from(vectors.keys());
    const weights = learnt(
      vectors,
      rows.filter((row) => fold[row] !== half),
      isCurrent,
      random,
    );
    const held = rows.filter((row) => fold[row] === half);
    return areaUnder(
      held.map((row) => along(vectors[row] as TermVector, weights)),
      held.map(isCurrent),
    );
  });
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

/** Half of each side's rows at random. */
function foldsOf(sizes: readonly number[], random: Random): Uint8Array {
  const folds = sizes.map((size) => random.shuffle(Uint8Array.from({ length: size }, (_, row) => row % 2)));
  return Uint8Array.from(folds.flatMap((rows) => [...rows]));
}

function learnt(
  vectors: readonly TermVector[],
  rows: readonly number[],
  isCurrent: (row: number) => boolean,
  random: Random,
): Float64Array {
  const weights = new Float64Array(termPlaces + 1);
  const squares = new Float64Array(termPlaces + 1).fill(1e-8);
  const order = Uint32Array.from(rows);
  // Both sides weigh the same, however many texts they have.
  const share = rows.filter(isCurrent).length / rows.length;
  for (let pass = 0; pass < passes; pass += 1) {
    for (const row of random.shuffle(order)) {
      const vector = vectors[row] as TermVector;
      const likely = 1 / (1 + Math.exp(-along(vector, weights)));
      const error = isCurrent(row) ? (likely - 1) / (2 * share) : likely / (2 * (1 - share));
      for (const [index, place] of vector.places.entries()) {
        const slope = error * (vector.weights[index] ?? 0) + decay * (weights[place] ?? 0);
        squares[place] = (squares[place] ?? 0) + slope * slope;
        weights[place] = (weights[place] ?? 0) - (rate * slope) / Math.sqrt(squares[place] ?? 1);
      }
    }
  }
  return weights;
}

function along({ places, weights }: TermVector, model: Float64Array): number {
  let sum = 0;
  for (const [index, place] of places.entries()) sum += (weights[index] ?? 0) * (model[place] ?? 0);
  return sum;
}

function areaUnder(scores: readonly number[], isPositive: readonly boolean[]): number {
  const ranks = averageRanks(scores);
  let [sum, positive] = [0, 0];
  for (const [at, is] of isPositive.entries()) {
    if (!is) continue;
    sum += ranks[at] ?? 0;
    positive += 1;
  }
  return (sum - (positive * (positive + 1)) / 2) / (positive * (scores.length - positive));
}
