// The keys that a map has already, of which the one at a cursor would be another.
import { isScalar, parseDocument, visit } from 'yaml';

/** A word that nobody writes, in the place of the one that is being written. */
const placeholder = 'slipwayCursor';
/** Beyond so many characters a text is not parsed at each key press. */
const mostCharacters = 500_000;

/** Those beside the key that is written at `character` of a line, both from 0; `word` is what is written of it before the cursor. */
export function keysBeside(
  lines: readonly string[],
  { line, character, word }: { line: number; character: number; word: string },
): string[] {
  const own = lines[line] ?? '';
  const rest = own.slice(character).replace(/^\w*/, '');
  const key = /^\s*:/.test(rest) ? placeholder : `${placeholder}: null`;
  const told = `${own.slice(0, character - word.length)}${key}${rest}`;
  const text = lines.with(line, told).join('\n');
  if (text.length > mostCharacters) return [];
  const keys: string[] = [];
  visit(parseDocument(text, { uniqueKeys: false }), {
    Map: (_, { items }) => {
      const names = items.flatMap(({ key: each }) => (isScalar(each) ? String(each.value) : []));
      if (!names.includes(placeholder)) return undefined;
      keys.push(...names.filter((name) => name !== placeholder));
      return visit.BREAK;
    },
  });
  return keys;
}
