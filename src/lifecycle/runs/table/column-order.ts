// The order of values in a column: numbers by size, texts by their letters, what is missing last either way.
import { fromWire, type WireNumber } from '../../../protocol/number';
import type { TableCell, TableColumn } from '../../../protocol/runs/run-table';

const byLetters = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });
/** What goes on comes first, what went well last. */
const states: Partial<Record<string, number>> = {
  running: 0,
  queued: 1,
  failed: 2,
  killed: 3,
  unknown: 4,
  finished: 5,
};

/** Where a cell stands before it is compared with its like: numbers, NaN, texts, missing values, in either direction. */
const rank = { number: 0, nan: 1, text: 2, missing: 3 } as const;

/** A column to order by: one cell an item, in the items' order. */
export interface ColumnOrder {
  column: TableColumn;
  descending: boolean;
  cells: readonly TableCell[];
}

/** The places of all items, ordered by the first column, then the second, …; equals stay as they are. */
export function orderedPlaces(count: number, orders: readonly ColumnOrder[]): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  if (orders.length === 0) return places;
  const keys = orders.map((order) => new ColumnKeys(order));
  return places.sort((left, right) => {
    for (const key of keys) {
      const order = key.compare(left, right);
      if (order !== 0) return order;
    }
    return left - right;
  });
}

/** What the cells of a column are compared by, made once and side by side, since they are compared again and again. */
class ColumnKeys {
  readonly #ranks: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #texts: string[] = [];
  readonly #sign: 1 | -1;

  constructor({ column, descending, cells }: ColumnOrder) {
    this.#ranks = new Uint8Array(cells.length);
    this.#numbers = new Float64Array(cells.length);
    this.#sign = descending ? -1 : 1;
    for (const [place, cell] of cells.entries()) this.#put(place, cell, column);
  }

  /** Below 0 when the left one comes first. */
  compare(left: number, right: number): number {
    const own = this.#ranks[left] ?? rank.missing;
    const apart = own - (this.#ranks[right] ?? rank.missing);
    if (apart !== 0) return apart;
    if (own === rank.number) {
      const [one = 0, other = 0] = [this.#numbers[left], this.#numbers[right]];
      return one === other ? 0 : one < other ? -this.#sign : this.#sign;
    }
    if (own !== rank.text) return 0;
    return this.#sign * byLetters.compare(this.#texts[left] ?? '', this.#texts[right] ?? '');
  }

  #put(place: number, cell: TableCell, column: TableColumn): void {
    const number = cell === null ? undefined : numberOf(cell, column);
    if (number !== undefined) {
      this.#ranks[place] = Number.isNaN(number) ? rank.nan : rank.number;
      this.#numbers[place] = number;
    } else if (cell === null) this.#ranks[place] = rank.missing;
    else {
      this.#ranks[place] = rank.text;
      this.#texts[place] = String(cell);
    }
  }
}

/** What a cell counts as. Texts that say a number count as one; in a metric, `NaN` is a value and no text. */
function numberOf(cell: NonNullable<TableCell>, column: TableColumn): number | undefined {
  if (typeof cell === 'number') return cell;
  if (column.of === 'metric') return fromWire(cell as WireNumber);
  if (column.of !== 'fact') return numberIn(cell);
  return column.key === 'state' ? (states[cell] ?? states.finished) : undefined;
}

/** The number that a text says and nothing else; undefined for any other text. */
export function numberIn(text: string): number | undefined {
  if (!/^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text)) return undefined;
  return Number(text);
}
