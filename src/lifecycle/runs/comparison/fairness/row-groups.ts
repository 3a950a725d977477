// Which rows belong to which group: one value of a column, or one combination of the values of several.
import { SlipwayError } from '../../../../base/errors';
import { countText } from '../../../../protocol/wording';
import { isNumber } from '../../../../statistics/metrics/label';
import type { CodedColumn } from '../predictions/table/coded-column';

/** A column and its name. */
export interface GroupColumn {
  name: string;
  column: CodedColumn;
}

/** A value for each column, null where it has none; `places` are those of the rows among the judged ones. */
export interface RowGroup {
  values: (string | null)[];
  places: number[];
}

/** More groups than these cannot be looked at, and mostly come of a number that wants bands. */
const mostGroups = 100;

/** The groups of the judged rows by value, those without one last. Throws SlipwayError `invalid` beyond a hundred. */
export function rowGroups(columns: readonly GroupColumn[], judged: Int32Array): RowGroup[] {
  const groups = new Map<string, RowGroup>();
  for (const [place, row] of judged.entries()) {
    const key = columns.map(({ column }) => column.codes[row] ?? -1).join(' ');
    const group = groups.get(key);
    if (group !== undefined) group.places.push(place);
    else groups.set(key, { values: columns.map(({ column }) => column.at(row) ?? null), places: [place] });
  }
  if (groups.size > mostGroups) throw tooMany(columns, groups.size);
  return [...groups.values()].sort((a, b) => inOrder(a.values, b.values));
}

function tooMany(columns: readonly GroupColumn[], count: number): SlipwayError {
  const names = columns.map(({ name }) => name.slice(0, 100)).join(' with ');
  const advice =
    columns.length > 1 ? 'Name fewer columns, or leave out --together.' : 'Put its values in bands in another column.';
  const groups = countText(count, 'group', 'groups');
  return new SlipwayError('invalid', `${names} makes ${groups}, more than ${mostGroups}. ${advice}`);
}

function inOrder(first: readonly (string | null)[], second: readonly (string | null)[]): number {
  for (const [at, a] of first.entries()) {
    const order = compareValues(a, second[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}
