// Rows of CSV whose columns have the names of the form's values: put into the order in which the model takes them, since it
// knows no names itself.
import type { KnownForm } from '../form/known-form';

/**
 * The same rows with the form's columns alone, in its order; the text as it is where its first line does not name them all,
 * where the model takes them by name, and where it is JSON or its quotation marks do not close.
 */
export function inFieldOrder(text: string, { inputs }: Pick<KnownForm, 'inputs'>): string {
  const [only] = inputs;
  if (inputs.length !== 1 || only?.kind !== 'fields' || only.fields.length < 2 || /^\s*[[{]/.test(text)) return text;
  if (only.fields.some(({ key, label }) => key === label)) return text;
  const [first = ''] = text.trim().split(/\r?\n/);
  const mark = first.includes(',') ? ',' : first.includes(';') ? ';' : '\t';
  const rows = writtenCells(text.trim(), mark);
  const names = rows?.[0]?.map((cell) => plain(cell).trim()) ?? [];
  const places = only.fields.map(({ label }) => names.indexOf(label));
  if (rows === null || places.includes(-1)) return text;
  return rows.map((cells) => places.map((at) => cells[at] ?? '').join(mark)).join('\n');
}

/** Cells as they are written, quotation marks and all; null where one does not close. */
function writtenCells(text: string, mark: string): string[][] | null {
  const rows: string[][] = [[]];
  let [cell, isQuoted] = ['', false];
  const end = (): void => {
    rows.at(-1)?.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
    cell = '';
  };
  for (const sign of text) {
    // A doubled mark closes and opens again.
    if (sign === '"') isQuoted = !isQuoted;
    if (isQuoted || (sign !== mark && sign !== '\n')) cell += sign;
    else {
      end();
      if (sign === '\n') rows.push([]);
    }
  }
  end();
  return isQuoted ? null : rows;
}

function plain(cell: string): string {
  return /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
