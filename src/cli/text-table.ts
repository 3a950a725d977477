// Plain aligned tables for people; programs take --json.

/** One column: its head, and whether its cells are numbers (aligned right). */
export interface Column {
  head: string;
  right?: boolean;
}

/** The rows below their heads, two spaces between columns, nothing behind the last. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const heads = columns.map((column) => column.head);
  const widths = columns.map((_, index) => Math.max(...[heads, ...rows].map((row) => displayWidth(row[index] ?? ''))));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        const blank = ' '.repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cell)));
        return column.right ? blank + cell : cell + blank;
      })
      .join('  ')
      .trimEnd();
  return [heads, ...rows].map(line).join('\n');
}

/**
 * A single line of at most `most` characters. Characters that could act on a terminal are spaces: controls, line ends of
 * every kind, and those that turn the direction of what follows.
 */
export function oneLine(text: string, most: number): string {
  const flat = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat;
}

function displayWidth(text: string): number {
  let width = 0;
  for (const sign of text) {
    if (/\p{Mn}/u.test(sign)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(
        sign,
      )
        ? 2
        : 1;
  }
  return width;
}
