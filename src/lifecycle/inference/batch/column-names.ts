// Names of a prediction file's columns: slices stand beside those that have a meaning of their own.
import { SlipwayError } from '../../../base/errors';

/** As readers of such files know them. */
const meaningful = /^(id|y_true|y_pred|score|score_.*)$/i;

/** Whether a column of this name can be a slice. */
export function canSlice(name: string): boolean {
  return !meaningful.test(name);
}

/** Throws SlipwayError `invalid` for a slice that would be read as something else. */
export function checkSlices(slices: readonly string[]): void {
  const wrong = slices.find((name) => !canSlice(name));
  if (wrong === undefined) return;
  throw new SlipwayError(
    'invalid',
    `${wrong} cannot be a slice: in a file of predictions id, y_true, y_pred, score and score_CLASS have a meaning of their own. Leave it out, or rename the column.`,
  );
}

/** Throws SlipwayError `invalid` for names that are the same, or differ in upper and lower case alone, which no table can hold. */
export function checkDifferent(names: readonly string[]): void {
  const known = new Map<string, string>();
  for (const name of names) {
    const other = known.get(name.toLowerCase());
    if (other !== undefined) {
      const pair = other === name ? `two columns ${name}` : `the columns ${other} and ${name}`;
      throw new SlipwayError(
        'invalid',
        `The file of predictions would have ${pair}, and a table cannot. Name each slice once, and none as a class or an output.`,
      );
    }
    known.set(name.toLowerCase(), name);
  }
}
