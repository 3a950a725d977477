// Rows that have come, page by page. Pages far from what is seen are forgotten, and those not come yet are taken back.
import type { GridFilter, GridPage, GridRow, GridSort } from '../../../src/protocol/datasets/table/grid';
import type { Host } from '../../kit/host/host';
import { askGrid } from '../grid-source';

export const pageRows = 200;
const mostPages = 40;

/** Which rows, in which order. */
export interface RowChoice {
  sort: GridSort[];
  filters: GridFilter[];
}

interface Page {
  rows: readonly GridRow[] | null;
  abort: AbortController;
}

/** The rows of one choice. `changed` is called when some have come. */
export class RowPages {
  readonly #host: Host;
  readonly #choice: RowChoice;
  readonly #told: { changed(page: GridPage): void; failed(error: unknown): void };
  readonly #pages = new Map<number, Page>();
  /** Rows known to be there; exact once the end was seen. */
  known = 0;
  isEndKnown = false;

  constructor(host: Host, choice: RowChoice, told: { changed(page: GridPage): void; failed(error: unknown): void }) {
    this.#host = host;
    this.#choice = choice;
    this.#told = told;
  }

  /** Whether rows are asked for that have not come. */
  get isWaiting(): boolean {
    return [...this.#pages.values()].some(({ rows }) => rows === null);
  }

  /** The row at a place of the choice, from 0; undefined while it has not come. */
  at(place: number): GridRow | undefined {
    return this.#pages.get(Math.floor(place / pageRows))?.rows?.[place % pageRows];
  }

  /** Asks for what is missing between two places and lets go of what is far from them. */
  want(first: number, last: number): void {
    const [from, to] = [Math.floor(Math.max(0, first) / pageRows), Math.floor(Math.max(0, last) / pageRows)];
    for (const [index, page] of this.#pages) {
      if (index >= from - 1 && index <= to + 1) continue;
      if (page.rows === null) this.#drop(index, page);
      else if (this.#pages.size > mostPages) this.#pages.delete(index);
    }
    for (let index = from; index <= to; index += 1) {
      if (!this.#pages.has(index)) void this.#load(index);
    }
  }

  /** Rows between two places, asked for where they have not come. */
  async range(first: number, last: number): Promise<GridRow[]> {
    const rows: GridRow[] = [];
    for (let offset = first; offset <= last; offset += 1000) {
      const limit = Math.min(1000, last - offset + 1);
      const page = await askGrid(this.#host, 'gridPage', { ...this.#choice, offset, limit, columns: null });
      rows.push(...page.rows);
      if (page.isEnd) break;
    }
    return rows;
  }

  dispose(): void {
    for (const [index, page] of this.#pages) this.#drop(index, page);
  }

  #drop(index: number, page: Page): void {
    page.abort.abort();
    this.#pages.delete(index);
  }

  async #load(index: number): Promise<void> {
    const abort = new AbortController();
    const page: Page = { rows: null, abort };
    this.#pages.set(index, page);
    try {
      const input = { ...this.#choice, offset: index * pageRows, limit: pageRows, columns: null };
      const found = await askGrid(this.#host, 'gridPage', input, abort.signal);
      if (abort.signal.aborted) return;
      page.rows = found.rows;
      this.known = Math.max(this.known, index * pageRows + found.rows.length);
      if (found.isEnd) this.isEndKnown = true;
      this.#told.changed(found);
    } catch (error) {
      if (abort.signal.aborted) return;
      // It is asked for again when it is wanted again.
      this.#pages.delete(index);
      this.#told.failed(error);
    }
  }
}
