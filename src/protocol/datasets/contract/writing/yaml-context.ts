// Where in a YAML text a cursor stands, told from its lines: while somebody types, the text is seldom whole.
import { keysBeside } from './keys-beside';

/** The map or value that the cursor is in. */
export interface YamlContext {
  /** Keys and positions from the top; of a value its own key too. Every position in a list is 0. */
  path: (string | number)[];
  /** Whether a key or a value is being written. */
  at: 'key' | 'value';
  /** What is written of it already. */
  word: string;
  /** How many blanks a key lacks to stand below the first key of its list item: an editor puts the cursor below the dash. */
  lacks: number;
  /** Of a key: those that stand beside it. */
  taken: string[];
}

/** The context at a line and character, both from 0. */
export function yamlContext(text: string, line: number, character: number): YamlContext {
  const lines = text.split(/\r?\n/);
  const lacks = blanksLacking(lines, line);
  if (lacks > 0) lines[line] = `${' '.repeat(lacks)}${lines[line]}`;
  const context = contextIn(lines, line, character + lacks);
  const place = { line, character: character + lacks, word: context.word };
  return { ...context, lacks, taken: context.at === 'key' ? keysBeside(lines, place) : [] };
}

function contextIn(lines: readonly string[], line: number, character: number): Omit<YamlContext, 'lacks' | 'taken'> {
  const from = flowStart(lines, line);
  const head = headOf(lines[from] ?? '');
  const before = [...lines.slice(from, line), (lines[line] ?? '').slice(0, character)];
  const outer = outerPath(lines, from, head.column);
  const rest = before.join('\n').slice(head.end);
  const block = [...outer, ...head.markers];
  if (head.key !== null && before.join('\n').length >= head.end) {
    const flow = flowContext(rest);
    if (flow.depth > 0) return { path: [...block, head.key, ...flow.path], at: flow.at, word: flow.word };
    return { path: [...block, head.key], at: 'value', word: rest.trimStart() };
  }
  const written = (before.join('\n').slice(head.column) ?? '').trimStart();
  const flow = flowContext(written);
  if (flow.depth > 0) return { path: [...block, ...flow.path], at: flow.at, word: flow.word };
  return { path: block, at: 'key', word: written };
}

/** 0 where a line with at most a word stands below no dash, or where a key below the dash is one of the map above. */
function blanksLacking(lines: readonly string[], line: number): number {
  const own = lines[line] ?? '';
  if (!/^\s*\w*$/.test(own) || flowStart(lines, line) !== line) return 0;
  const column = own.length - own.trimStart().length;
  let key = 0;
  for (let at = line - 1; at >= 0; at -= 1) {
    const each = lines[at] ?? '';
    const indent = each.length - each.trimStart().length;
    if (each.trim() === '' || each.trimStart().startsWith('#') || indent > column) continue;
    const head = headOf(each);
    if (indent < column && head.markers.length === 0) break;
    if (head.markers.length === 0) return 0;
    if (key === 0) key = head.column;
    if (indent < column) break;
  }
  return Math.max(0, key - column);
}

interface Head {
  /** A 0 for each `- ` before what stands on the line. */
  markers: number[];
  /** Where what stands on the line begins. */
  column: number;
  /** The key, and where its value begins; null on a line without one. */
  key: string | null;
  end: number;
}

const keyPattern =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:{}[\],&*!|>'"%@`-][^:#{}[\]]*?|-[^\s:][^:#]*?)\s*:(?=\s|$)/;

function headOf(line: string): Head {
  let column = line.length - line.trimStart().length;
  const markers: number[] = [];
  for (let match = /^-(\s+|$)/.exec(line.slice(column)); match !== null; match = /^-(\s+|$)/.exec(line.slice(column))) {
    markers.push(0);
    column += match[0].length;
  }
  const key = keyPattern.exec(line.slice(column));
  return { markers, column, key: key === null ? null : unquoted(key[1] ?? ''), end: column + (key?.[0].length ?? 0) };
}

function unquoted(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key;
}

/** The keys and positions that the line hangs below, without its own `- `. */
function outerPath(lines: readonly string[], line: number, column: number): (string | number)[] {
  const path: (string | number)[] = [];
  const own = lines[line] ?? '';
  const isItem = /^\s*-(\s|$)/.test(own);
  let limit = isItem ? own.length - own.trimStart().length : column;
  let limitIsItem = isItem;
  for (let at = line - 1; at >= 0 && (limit > 0 || limitIsItem); at -= 1) {
    const each = lines[at] ?? '';
    if (each.trim() === '' || each.trimStart().startsWith('#')) continue;
    const { markers, column: keyColumn, key } = headOf(each);
    const indent = each.length - each.trimStart().length;
    const isParent = keyColumn < limit || (limitIsItem && keyColumn === limit && markers.length === 0);
    if (key !== null && isParent) {
      path.unshift(key);
      limit = keyColumn;
      limitIsItem = false;
    }
    if (markers.length > 0 && indent < limit) {
      path.unshift(...markers);
      limit = indent;
      limitIsItem = true;
    }
  }
  return path;
}

/** The line on which the brackets that are open at the start of `line` were opened; `line` itself when none are. */
function flowStart(lines: readonly string[], line: number): number {
  let [depth, start] = [0, line];
  for (let at = 0; at < line; at += 1) {
    const was = depth;
    depth = Math.max(0, depth + balanceOf(lines[at] ?? ''));
    if (was === 0 && depth > 0) start = at;
  }
  return depth > 0 ? start : line;
}

function balanceOf(line: string): number {
  const bare = line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '').replace(/(^|\s)#.*$/s, '');
  return (bare.match(/[[{]/g)?.length ?? 0) - (bare.match(/[\]}]/g)?.length ?? 0);
}

interface FlowContext {
  depth: number;
  path: (string | number)[];
  at: 'key' | 'value';
  word: string;
}

/** Within the brackets of one value. */
function flowContext(text: string): FlowContext {
  const open: { isMap: boolean; key: string | null }[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    const top = open.at(-1);
    if (quote !== '') {
      if (sign === quote) quote = '';
      word += sign;
    } else if ((sign === '"' || sign === "'") && word.trim() === '') {
      quote = sign;
      word = sign;
    } else if (sign === '{' || sign === '[') {
      open.push({ isMap: sign === '{', key: null });
      word = '';
    } else if (sign === '}' || sign === ']') {
      open.pop();
      word = '';
    } else if (sign === ',') {
      if (top !== undefined) top.key = null;
      word = '';
    } else if (sign === ':' && top?.isMap && top.key === null && /^(\s|$)/.test(text.slice(at + 1))) {
      top.key = unquoted(word.trim());
      word = '';
    } else word += sign;
  }
  const top = open.at(-1);
  const path = open.flatMap(({ isMap, key }) => (isMap ? (key ?? []) : 0));
  return { depth: open.length, path, at: top?.isMap && top.key === null ? 'key' : 'value', word: word.trimStart() };
}
