// What the command line shows of names that anybody may have given.
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/cli/text-table';

describe('a name in a table', () => {
  it.each([
    ['turned around by U+202E', 'a\u202egnirts', 'a gnirts'],
    ['embedded and isolated', 'a\u202a\u2067b\u2069\u202c\u200ec', 'a b c'],
    ['coloured', 'a\u001b[31mb', 'a [31mb'],
    ['of several lines', 'a\r\nb\u2028c', 'a b c'],
    ['of another script', 'שלום 東京', 'שלום 東京'],
  ])('%s', (_, name, shown) => {
    expect(oneLine(name, 40)).toBe(shown);
  });
});
