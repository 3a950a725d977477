// A label as text, when a text is a number, and the order of labels.

/** `1`, `-2.50`, `+1.`: digits without zeros before them. */
const plainNumber = /^[+-]?(0|[1-9]\d*)(\.\d*)?$/;
/** Zeros before other digits make a code of them, as a postal one; hexadecimal digits are one as well. */
const code = /^[+-]?0[\dx]/i;
const missing = /^(nan|null|none|na)$/i;

/** One text per label, however it was written: 1, 1.0 and true are one, and so are 0 and false. Null for an empty cell. */
export function labelOf(cell: string | number | bigint | boolean | null): string | null {
  if (cell === null) return null;
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  const text = String(cell).trim();
  if (text === '') return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? '1' : '0';
  const value = Number(text);
  return plainNumber.test(text) && Math.abs(value) < 2 ** 53 ? String(Object.is(value, -0) ? 0 : value) : text;
}

/** Whether a text is a number and no code such as 01. */
export function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text)) && !code.test(text.trim());
}

/** Whether a text says `NaN`, `null`, `None` or `NA`, which among numbers is none. */
export function saysMissing(text: string): boolean {
  return missing.test(text);
}

/** Whether a text is a number that is not whole. */
export function isFraction(text: string): boolean {
  return isNumber(text) && !Number.isInteger(Number(text));
}

/** For sorting: numbers by their value, other texts by their letters. Of two classes the second one is the positive one. */
export function inLabelOrder(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** More different whole numbers than that are an amount and no class. */
const mostWholeClasses = 20;

/** Of labels and predictions that are numbers: a fraction, many different ones, or, of more than two, predictions with a fraction. */
export function looksLikeAmount(labels: ReadonlySet<string>, told: readonly string[]): boolean {
  return labels.size > mostWholeClasses || [...labels].some(isFraction) || (labels.size > 2 && told.some(isFraction));
}

/** Two classes where all rows are of one: which the other would be is known of 0 and 1 alone. */
export function pairWith(only: string | undefined): [string, string] {
  return only === undefined || only === '0' || only === '1' ? ['0', '1'] : ['', only];
}
