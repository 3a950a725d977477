// Random filters and a second opinion on them: the grammar's meaning written plainly, with no SQL and no parser.
type Value = number | string | null;

/** A run as the naive evaluator sees it. */
export interface PlainRun {
  name: string;
  status: string;
  startTime: number;
  endTime: number | null;
  metrics: Record<string, number>;
  params: Record<string, string>;
  tags: Record<string, string>;
}

/** A filter's text and which runs it is true of. */
export interface RandomFilter {
  text: string;
  holds: (run: PlainRun) => boolean;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const levels = { or: 0, and: 1, not: 2, one: 3 };

/** A filter of at most `depth` levels of AND, OR and NOT. */
export function randomFilter(random: () => number, depth: number): RandomFilter {
  return tree(random, depth).filter;
}

function tree(random: () => number, depth: number): { filter: RandomFilter; level: number } {
  const one = random();
  if (depth === 0 || one < 0.25) return { filter: comparison(random), level: levels.one };
  if (one < 0.4) {
    const inner = tree(random, depth - 1);
    const { holds } = inner.filter;
    const text = `${pick(random, ['NOT', 'not'])} ${within(random, inner, levels.not)}`;
    return { filter: { text, holds: (run) => !holds(run) }, level: levels.not };
  }
  const kind = one < 0.7 ? 'and' : 'or';
  const parts = Array.from({ length: 2 + Math.floor(random() * 2) }, () => tree(random, depth - 1));
  const word = pick(random, [kind, kind.toUpperCase()]);
  const text = parts.map((part) => within(random, part, levels[kind])).join(` ${word} `);
  const holds = (run: PlainRun): boolean => {
    const each = parts.map((part) => part.filter.holds(run));
    return kind === 'and' ? each.every(Boolean) : each.some(Boolean);
  };
  return { filter: { text, holds }, level: levels[kind] };
}

/** In parentheses where the tree needs them, and at times where it does not. */
function within(random: () => number, part: { filter: RandomFilter; level: number }, level: number): string {
  const { text } = part.filter;
  return part.level < level || random() < 0.15 ? pick(random, [`(${text})`, `( ${text} )`]) : text;
}

function pick<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

const texts = ['', 'tree', 'Tree', 'forest', '0.1', '1e-2', 'a%', 'OR', '(not)'];
const numbers = [-1, 0, 0.01, 0.1, 0.5, 1, 5, 100];
const metrics = ['loss', 'a b', 'missing'];
const params = ['lr', 'model', 'absent'];

function comparison(random: () => number): RandomFilter {
  const number = pick(random, numbers);
  const ordered = pick(random, ['=', '!=', '<', '<=', '>', '>=']);
  switch (Math.floor(random() * 6)) {
    case 0: {
      const key = pick(random, metrics);
      const holds = (run: PlainRun): boolean => compare(ordered, run.metrics[key] ?? null, number);
      return { text: `metrics.\`${key}\` ${ordered} ${number}`, holds };
    }
    case 1: {
      const key = pick(random, params);
      const holds = (run: PlainRun): boolean => compare(ordered, decimal(run.params[key]), number);
      return { text: `params.${key}${ordered}${number}`, holds };
    }
    case 2:
      return textual(random, `params.${pick(random, params)}`);
    case 3:
      return textual(random, `tags.${pick(random, ['team', 'absent'])}`);
    case 4: {
      const field = pick(random, ['start_time', 'end_time'] as const);
      const time = 1000 + Math.floor(random() * 60);
      const holds = (run: PlainRun): boolean =>
        compare(ordered, field === 'end_time' ? run.endTime : run.startTime, time);
      return { text: `${field} ${ordered} ${time}`, holds };
    }
    default: {
      const status = pick(random, ['FINISHED', 'FAILED', 'RUNNING']);
      const operator = pick(random, ['=', '!=']);
      return {
        text: `attributes.status ${operator} '${status}'`,
        holds: (run) => (run.status === status) === (operator === '='),
      };
    }
  }
}

function textual(random: () => number, name: string): RandomFilter {
  const [kind, key = ''] = name.split('.');
  const value = (run: PlainRun): string | null => (kind === 'tags' ? run.tags : run.params)[key] ?? null;
  const operator = pick(random, ['=', '!=', 'LIKE', 'ILIKE', 'IS NULL', 'is not null']);
  if (operator === 'IS NULL') return { text: `${name} ${operator}`, holds: (run) => value(run) === null };
  if (operator === 'is not null') return { text: `${name} ${operator}`, holds: (run) => value(run) !== null };
  if (operator === '=' || operator === '!=') {
    const text = pick(random, texts);
    return { text: `${name} ${operator} '${text}'`, holds: (run) => compare(operator, value(run), text) };
  }
  const pattern = pick(random, ['%', 't%', '%ree', '_ree', '0._', '%.%', 'TREE']);
  const like = new RegExp(
    `^${pattern.replaceAll('.', '\\.').replaceAll('%', '.*').replaceAll('_', '.')}$`,
    operator === 'ILIKE' ? 'is' : 's',
  );
  return {
    text: `${name} ${operator} '${pattern}'`,
    holds: (run) => value(run) !== null && like.test(value(run) ?? ''),
  };
}

/** A param as a number: decimal digits with a point, a sign, an exponent and blanks around, and nothing else. */
function decimal(text: string | undefined): number | null {
  return text !== undefined && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : null;
}

/** What is not there compares with nothing. */
function compare(operator: string, left: Value, right: number | string): boolean {
  if (left === null) return false;
  switch (operator) {
    case '=':
      return left === right || (left === 0 && right === 0);
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}
