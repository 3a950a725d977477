// A YAML text whose values know where they stand.
import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import { messageOf } from '../../../../base/errors';
import type { ContractProblem, Place } from '../contract';
import { keepDigits } from './exact-integers';

/** Keys and positions from the top of the file. */
export type YamlPath = readonly (string | number)[];

/** A parsed text. `value` is undefined when `problems` says why. */
export class YamlPlaces {
  readonly value: unknown;
  readonly problems: ContractProblem[] = [];
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: false });
    for (const { pos, message } of this.#document.errors) {
      this.problems.push({ place: this.#place(pos[0], pos[1]), message: sentenceOf(message) });
    }
    this.problems.push(...this.#repeatedKeys());
    if (this.problems.length === 0) this.value = this.#toValue();
  }

  /** Where the value at the path stands, on its first line; where its key stands with `of: 'key'`. */
  place(path: YamlPath, of: 'value' | 'key' = 'value'): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const node = length === path.length && of === 'key' ? this.#keyNode(path) : this.#node(path.slice(0, length));
      if (node?.range) return this.#place(node.range[0], node.range[1]);
    }
    return this.#place(0, this.#text.length);
  }

  /** From where to where in the text the value at the path stands; undefined where there is none. */
  range(path: YamlPath): [number, number] | undefined {
    const range = this.#node(path)?.range;
    return range ? [range[0], range[1]] : undefined;
  }

  #node(path: YamlPath): Node | undefined {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    return typeof node === 'object' && node !== null ? (node as Node) : undefined;
  }

  #keyNode(path: YamlPath): Node | undefined {
    const parent = this.#node(path.slice(0, -1));
    if (!isMap(parent)) return this.#node(path);
    const pair = (parent.items as Pair[]).find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
    return pair?.key as Node | undefined;
  }

  /** Never over the end of a line: a whole block that is underlined hides what is wrong in it. */
  #place(from: number, to: number): Place {
    const lineEnd = this.#text.slice(from, to).search(/\r?\n/);
    const start = this.#lines.linePos(from);
    const end = this.#lines.linePos(Math.max(from, lineEnd < 0 ? to : from + lineEnd));
    return { line: start.line, column: start.col, endLine: end.line, endColumn: Math.max(end.col, start.col + 1) };
  }

  #toValue(): unknown {
    try {
      keepDigits(this.#document);
      return this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      this.problems.push({ place: this.#place(0, 1), message: messageOf(error) });
      return undefined;
    }
  }

  #repeatedKeys(): ContractProblem[] {
    const problems: ContractProblem[] = [];
    visit(this.#document, {
      Map: (_key, { items }) => {
        const known = new Set<unknown>();
        for (const { key } of items) {
          if (!isScalar(key) || !key.range) continue;
          if (known.has(key.value)) {
            const place = this.#place(key.range[0], key.range[1]);
            problems.push({ place, message: `${key.value} stands here twice. Keep one.` });
          }
          known.add(key.value);
        }
      },
    });
    return problems;
  }
}

/** The parser's first line without its own way to tell the place, which stands in front. */
function sentenceOf(message: string): string {
  const [first = message] = message.split('\n');
  return `${first.replace(/ at line \d+, column \d+:?$/, '')}.`.replace(/\.\.$/, '.');
}
