// Texts as weights of their words, without a dictionary: words are hashed into a fixed number of places.

/** One text: places, ascending, and the weight of each; the weights' squares sum to 1. */
export interface TermVector {
  places: Uint32Array;
  weights: Float64Array;
}

/** So many places words fall into. */
export const termPlaces = 32_768;

/**
 * TF-IDF of every text over all of them: (1 + ln count) · (ln ((1 + texts) / (1 + texts with the word)) + 1), words in
 * lower case, of letters and digits of any script.
 */
export function termVectors(texts: readonly string[]): TermVector[] {
  const counted = texts.map(countsOf);
  const holding = new Float64Array(termPlaces);
  for (const counts of counted) for (const place of counts.keys()) holding[place] = (holding[place] ?? 0) + 1;
  return counted.map((counts) => {
    const places = Uint32Array.from(counts.keys()).sort();
    const weights = Float64Array.from(places, (place) => {
      const rarity = Math.log((1 + texts.length) / (1 + (holding[place] ?? 0))) + 1;
      return (1 + Math.log(counts.get(place) ?? 1)) * rarity;
    });
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    return { places, weights: length > 0 ? weights.map((weight) => weight / length) : weights };
  });
}

function countsOf(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    const place = hashOf(word) % termPlaces;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

/** Fowler, Noll and Vo's hash (FNV-1a) of the UTF-16 code units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
