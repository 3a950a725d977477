// Columns that name their rows. Their values are new in every batch, which says nothing of the world.
import type { CategorySample, ColumnSample, NumberSample, TextSample } from './column-sample';
import type { Unjudged } from './judged-column';

/** With so many rows a measurement would have come twice, however fine it is. */
const manyRows = 1000;
/** Of so many pairs expected to be alike, none is by chance less than one time in twenty: 1 − exp(−3). */
const likelyPairs = 3;

const reason = { reason: 'is a key: it has another value in every row' };

/** Why a column of both tables is no matter of drift; undefined where it is. `keys` are those that somebody declared. */
export function keyReason(sample: ColumnSample, keys: readonly string[]): Unjudged | undefined {
  if (keys.includes(sample.column)) return { reason: 'is the key of the dataset' };
  if (sample.nulls.reference + sample.nulls.current > 0) return undefined;
  switch (sample.is) {
    case 'numbers':
      return isNumbered(sample, 'reference') && isNumbered(sample, 'current') ? reason : undefined;
    case 'categories':
      return areIds(sample) ? reason : undefined;
    case 'texts':
      return areNames(sample.reference) && areNames(sample.current) ? reason : undefined;
  }
}

/**
 * Whole numbers of which none comes twice, although as many drawn from their range would have met: n rows of R numbers
 * have n(n − 1)/2R pairs in common.
 */
function isNumbered({ isWhole, ...sides }: NumberSample, side: 'reference' | 'current'): boolean {
  const numbers = sides[side];
  const count = numbers.length;
  if (!isWhole[side] || count < 2) return false;
  for (let at = 1; at < count; at += 1) if (numbers[at] === numbers[at - 1]) return false;
  const range = (numbers[count - 1] ?? 0) - (numbers[0] ?? 0) + 1;
  return count >= manyRows || (count * (count - 1)) / (2 * range) >= likelyPairs;
}

/** Values without spaces, each of one row on the sides it is on. */
function areIds({ names, reference, current, rows }: CategorySample): boolean {
  if (Math.min(rows.reference, rows.current) < manyRows) return false;
  const isOnce = (side: Float64Array): boolean => side.every((count) => count <= 1);
  return isOnce(reference) && isOnce(current) && !names.some(hasSpace);
}

/** What people write has spaces in it; what names a row has none. */
function areNames(texts: TextSample['reference']): boolean {
  return texts.length >= manyRows && new Set(texts).size === texts.length && !texts.some(hasSpace);
}

function hasSpace(text: string): boolean {
  return /\s/.test(text);
}
