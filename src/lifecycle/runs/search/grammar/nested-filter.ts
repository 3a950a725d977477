// What the search grammar has beyond MLflow's: OR, NOT and parentheses. AND binds closer than OR, NOT closer than both.
import { SlipwayError } from '../../../../base/errors';
import { isMark, isWord, type Mismatch, readComparison, writtenAt } from './comparison-reader';
import type { Expression } from './expression';
import type { Token } from './token';

const deepest = 50;

/** True when the filter has a part that MLflow's own grammar has not. */
export function isNested(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    const before = tokens[at - 1];
    if (isMark(token, '(')) return !isWord(before, 'IN') && before?.kind !== 'operator' && !isLike(before);
    if (isWord(token, 'NOT')) return !isWord(tokens[at + 1], 'IN') && !isWord(before, 'IS');
    return isWord(token, 'OR');
  });
}

function isLike(token: Token | undefined): boolean {
  return isWord(token, 'LIKE') || isWord(token, 'ILIKE') || isWord(token, 'RLIKE');
}

/** The sentence about what stands where something else was expected; characters are counted from 1. */
export function mismatchText(text: string, tokens: readonly Token[], { expected, at }: Mismatch): string {
  const token = tokens[at];
  const found = token === undefined ? 'the filter ends' : `there is ${token.text.slice(0, 40)}`;
  return `Expected ${expected} at character ${(token?.start ?? text.trimEnd().length) + 1}, where ${found}.`;
}

/** The expression of a filter with OR, NOT or parentheses. Throws `invalid` with the place of what it cannot read. */
export function parseNested(text: string, tokens: readonly Token[]): Expression {
  return new NestedFilter(text, tokens).whole();
}

class NestedFilter {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#either();
    if (this.#at < this.#tokens.length) throw this.#refusal({ expected: 'AND, OR or the end', at: this.#at });
    return expression;
  }

  #either(): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#single()));
  }

  #joined(kind: 'and' | 'or', read: () => Expression): Expression {
    const first = read();
    const of = [first];
    while (isWord(this.#tokens[this.#at], kind.toUpperCase())) {
      this.#at += 1;
      of.push(read());
    }
    return of.length === 1 ? first : { kind, of };
  }

  #single(): Expression {
    const token = this.#tokens[this.#at];
    if (isWord(token, 'NOT')) return this.#within(() => ({ kind: 'not', of: [this.#single()] }));
    if (isMark(token, '(')) return this.#within(() => this.#group());
    const read = readComparison(this.#text, this.#tokens, this.#at);
    if (!('comparison' in read)) throw this.#refusal(read);
    this.#at = read.next;
    return read.comparison;
  }

  #group(): Expression {
    const expression = this.#either();
    if (!isMark(this.#tokens[this.#at], ')')) throw this.#refusal({ expected: 'AND, OR or )', at: this.#at });
    this.#at += 1;
    return expression;
  }

  /** What follows the word or mark that goes one level deeper. */
  #within(read: () => Expression): Expression {
    if (this.#depth === deepest) {
      const place = (this.#tokens[this.#at]?.start ?? 0) + 1;
      throw new SlipwayError(
        'invalid',
        `The filter is nested deeper than ${deepest} levels at character ${place}. Take away parentheses that change nothing, or split the search.`,
      );
    }
    this.#depth += 1;
    this.#at += 1;
    const expression = read();
    this.#depth -= 1;
    return expression;
  }

  #refusal(mismatch: Mismatch): SlipwayError {
    const clause = writtenAt(this.#text, this.#tokens, mismatch.at);
    const place = mismatchText(this.#text, this.#tokens, mismatch);
    const about = clause === '' ? 'Invalid filter string.' : `Invalid clause(s) in filter string: '${clause}'.`;
    return new SlipwayError('invalid', `${about} ${place}`);
  }
}
