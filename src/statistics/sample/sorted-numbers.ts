// Many numbers in order: a radix sort, which takes a third of the time that comparing them takes.

/** Below so many numbers comparing is as fast. */
const fewNumbers = 20_000;
const bytes = 8;
const digits = 256;

/** Sorts `values`, which hold no NaN, in place and ascending. `scratch` is at least as long and is overwritten. */
export function sortNumbers(values: Float64Array, scratch: Float64Array): Float64Array {
  const count = values.length;
  // The bytes below are in the order of little-endian machines.
  if (count < fewNumbers || !isLittleEndian) return values.sort();
  const counts = digitCounts(values);
  let [from, to] = [values, scratch.subarray(0, count)];
  for (let byte = 0; byte < bytes; byte += 1) {
    const places = counts.subarray(byte * digits, (byte + 1) * digits);
    if (places.includes(count)) continue;
    let sum = 0;
    for (let digit = 0; digit < digits; digit += 1) {
      const held = places[digit] as number;
      places[digit] = sum;
      sum += held;
    }
    const keys = new Uint8Array(from.buffer, from.byteOffset, count * bytes);
    for (let at = 0; at < count; at += 1) {
      const digit = keys[at * bytes + byte] as number;
      const place = places[digit] as number;
      places[digit] = place + 1;
      to[place] = from[at] as number;
    }
    [from, to] = [to, from];
  }
  return inOrder(from, values, to);
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** How many numbers have each digit, byte by byte. */
function digitCounts(values: Float64Array): Uint32Array {
  const keys = new Uint8Array(values.buffer, values.byteOffset, values.length * bytes);
  const counts = new Uint32Array(bytes * digits);
  for (let at = 0; at < keys.length; at += bytes) {
    for (let byte = 0; byte < bytes; byte += 1) {
      const place = byte * digits + (keys[at + byte] as number);
      counts[place] = (counts[place] as number) + 1;
    }
  }
  return counts;
}

/** By their bits negative numbers lie behind the others, the largest first. */
function inOrder(sorted: Float64Array, into: Float64Array, scratch: Float64Array): Float64Array {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] as number;
    if (value < 0 || Object.is(value, -0)) high = middle;
    else low = middle + 1;
  }
  if (low === sorted.length) {
    if (sorted !== into) into.set(sorted);
    return into;
  }
  const other = sorted === into ? scratch : into;
  other.set(sorted.subarray(0, low), sorted.length - low);
  other.set(sorted.subarray(low).reverse());
  if (other !== into) into.set(other);
  return into;
}
