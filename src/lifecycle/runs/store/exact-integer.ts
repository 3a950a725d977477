// Steps are 64-bit integers; a JavaScript number is exact up to 2^53. Beyond that a step is read as its digits.

/** SQL for an integer column: the number where a double holds it exactly, else its digits as text. */
export function exactInteger(column: string): string {
  const most = Number.MAX_SAFE_INTEGER;
  return `CASE WHEN ${column} BETWEEN -${most} AND ${most} THEN ${column} ELSE CAST(${column} AS TEXT) END`;
}

/** A bigint as a number where that is exact, so that equal integers have equal forms; anything else as it is. */
export function narrowed<T>(value: T | bigint): T | number | bigint {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
