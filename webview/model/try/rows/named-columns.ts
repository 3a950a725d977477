// Rows of CSV whose columns have the names of the form's values: put into the order in which the model takes them, since it
// knows no names itself.
import type { KnownForm } from '../form/known-form';

/**
 * The same rows with the form's columns alone, in its order; the text as it is where its first line does not name them all,
 * where the model takes them by name, and where texts are quoted.
 */
export function inFieldOrder(text: string, { inputs }: Pick<KnownForm, 'inputs'>): string {
  const [only] = inputs;
  if (inputs.length !== 1 || only?.kind !== 'fields' || only.fields.length < 2 || /["[{]/.test(text)) return text;
  const [head = '', ...rows] = text.trim().split(/\r?\n/);
  const mark = head.includes('\t') ? '\t' : head.includes(';') ? ';' : ',';
  const names = head.split(mark).map((name) => name.trim());
  const places = only.fields.map(({ label }) => names.indexOf(label));
  if (places.includes(-1) || only.fields.some(({ key, label }) => key === label)) return text;
  const cut = (line: string): string => {
    const cells = line.split(mark);
    return places.map((at) => cells[at] ?? '').join(mark);
  };
  return [head, ...rows].map(cut).join('\n');
}
