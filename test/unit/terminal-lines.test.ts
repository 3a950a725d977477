// Output as a terminal shows it, cut into the parts that are drawn.
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../webview/run/output/line-parts';
import { linesOf, spansOf } from '../../webview/run/output/terminal-lines';

const esc = String.fromCharCode(27);
const textOf = (output: string) =>
  linesOf(output).map((line) =>
    spansOf(line)
      .map((span) => span.text)
      .join(''),
  );
const firstLook = (codes: string) =>
  spansOf(linesOf(`${esc}[${codes}mx`)[0] ?? { raw: '', look: { ink: '', ground: '', marks: [] } })[0]?.look;

describe('output as a terminal shows it', () => {
  it('ends lines at line feeds, with or without carriage return, and has no line after the last', () => {
    expect(textOf('a\r\nb\n')).toEqual(['a', 'b']);
    expect(textOf('a\n\nb')).toEqual(['a', '', 'b']);
    expect(textOf('')).toEqual([]);
  });

  it('a line drawn over itself shows what stood there last', () => {
    expect(textOf('10%\r50%\r100%\nnext')).toEqual(['100%', 'next']);
    expect(textOf('10%\r50%\r')).toEqual(['50%']);
  });

  it('a colour lasts over lines until it is switched off', () => {
    const looks = linesOf(`${esc}[31mred\nstill${esc}[0m not\nplain`).map((line) =>
      spansOf(line).map(({ text, look }) => [text, look.ink]),
    );
    expect(looks).toEqual([
      [['red', '31']],
      [
        ['still', '31'],
        [' not', ''],
      ],
      [['plain', '']],
    ]);
  });

  it.each([
    ['1;4', { ink: '', ground: '', marks: [1, 4] }],
    ['1;22', { ink: '', ground: '', marks: [] }],
    ['38;5;208', { ink: '5;208', ground: '', marks: [] }],
    ['48;2;1;2;3', { ink: '', ground: '2;1;2;3', marks: [] }],
    ['38:5:9', { ink: '5;9', ground: '', marks: [] }],
    ['97;101', { ink: '97', ground: '91', marks: [] }],
    ['31;39', { ink: '', ground: '', marks: [] }],
    ['38;5;1;1', { ink: '5;1', ground: '', marks: [1] }],
    ['31;', { ink: '', ground: '', marks: [] }],
  ])('codes %s', (codes, look) => {
    expect(firstLook(codes)).toEqual(look);
  });

  it('moves of the cursor, titles and links are not shown', () => {
    const bell = String.fromCharCode(7);
    expect(textOf(`${esc}[2K${esc}[1Ga${esc}]0;title${bell}b${esc}]8;;https://x${esc}\\c`)).toEqual(['abc']);
  });

  it('a search is found across a change of colour, a traceback over the whole of its place', () => {
    const [line] = linesOf(`needl${esc}[31me  File "a b.py", line 12, in f`);
    const parts = partsOf(spansOf(line ?? { raw: '', look: { ink: '', ground: '', marks: [] } }), 'needle');
    expect(parts.filter((part) => part.isFound).map((part) => part.text)).toEqual(['needl', 'e']);
    const places = parts.filter((part) => part.place !== undefined);
    expect(places.map((part) => part.text).join('')).toBe('a b.py", line 12');
    expect(places[0]?.place).toEqual({ path: 'a b.py', line: 12 });
    expect(
      partsOf([{ text: '  File "<string>", line 1', look: { ink: '', ground: '', marks: [] } }], '').some(
        (part) => part.place,
      ),
    ).toBe(false);
  });
});
