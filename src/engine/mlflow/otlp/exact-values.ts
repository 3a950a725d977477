// What both forms of the protocol have in common about values of attributes.

/** Values may hold values; deeper than this they are no longer read. */
export const deepestValue = 100;

/** A whole number as a number where that is exact, else as digits. */
export function wholeNumber(value: bigint | string): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** A number as itself where JSON has a word for it, else by its name. */
export function doubleNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
