// Rows and the way a scroll bar goes: a page can be no higher than browsers allow, and a table can.

export const rowHeight = 24;
/** Browsers draw nothing below some 33 million pixels. */
const mostHeight = 15_000_000;

/** How high the page is for so many rows: one more than there are, so that the last is seen whole. */
export function spanHeight(rows: number): number {
  return Math.min((rows + 1) * rowHeight, mostHeight);
}

/** The first row that is seen. `view` is the height of the part that shows rows. */
export function rowAt(scrollTop: number, rows: number, view: number): number {
  const span = spanHeight(rows);
  if (span < mostHeight) return Math.floor(scrollTop / rowHeight);
  const share = Math.min(1, scrollTop / Math.max(1, span - view));
  return Math.round(share * Math.max(0, rows - Math.floor(view / rowHeight)));
}

/** Where to scroll to for a row to be the first that is seen. */
export function scrollTo(row: number, rows: number, view: number): number {
  const span = spanHeight(rows);
  if (span < mostHeight) return row * rowHeight;
  return (row / Math.max(1, rows - Math.floor(view / rowHeight))) * (span - view);
}
