// A column of a sample of rows, its values known by their place among those that occur.

/** `codes` from 0 in the order of values, −1 of a missing one; `numbers` only of numbers, NaN where missing. */
export interface CodedColumn {
  name: string;
  codes: Int32Array;
  levels: number;
  numbers: Float64Array | null;
  hasMissing: boolean;
}

/** Of numbers, ±infinity as missing. */
export function codedNumbers(name: string, values: Float64Array): CodedColumn {
  const numbers = values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  let levels = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) sorted[levels++] = sorted[index] as number;
  }
  const codes = Int32Array.from(numbers, (value) => (Number.isNaN(value) ? -1 : placeOf(value, sorted, levels)));
  return { name, codes, levels, numbers, hasMissing: codes.includes(-1) };
}

/** Of categories, null as missing. */
export function codedCategories(name: string, values: readonly (string | null)[]): CodedColumn {
  const known = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  return { name, codes, levels: known.size, numbers: null, hasMissing: codes.includes(-1) };
}

/** The same with at most `most` levels, neighbours as one, each with about as many rows. */
export function coarser({ codes, levels, ...rest }: CodedColumn, most: number): CodedColumn {
  if (levels <= most) return { codes, levels, ...rest };
  const rows = new Float64Array(levels);
  for (const code of codes) if (code >= 0) rows[code] = (rows[code] ?? 0) + 1;
  const all = rows.reduce((sum, each) => sum + each, 0);
  let before = 0;
  const places = rows.map((each) => {
    const place = Math.min(most - 1, Math.floor((before / all) * most));
    before += each;
    return place;
  });
  return { ...rest, codes: codes.map((code) => (code < 0 ? -1 : (places[code] ?? 0))), levels: most };
}

function placeOf(value: number, sorted: Float64Array, length: number): number {
  let [low, high] = [0, length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
