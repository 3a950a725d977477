// One line of `$SLIPWAY_METRICS` or of stdout, read by the same rules everywhere. Plain code, no schema
// library: the recorder reads every line a training prints.

/** The metrics of one line: `step` a bigint where a number would round it, `time` undefined when the line carries none. */
export interface MetricLine {
  step: number | bigint;
  time: number | undefined;
  values: [key: string, value: number][];
}

/** Longest line that is considered, in bytes. */
export const longestMetricLine = 64 * 1024;

const named: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const bareName = /([:,]\s*)(NaN|-?Infinity)(?=\s*[,}])/g;

/** Reads a line that is meant to be metrics. The sentence in `problem` says what is wrong with it. */
export function parseMetricLine(text: string): MetricLine | { problem: string } {
  const parsed = parseObject(text);
  if (parsed === undefined) return { problem: 'is not a JSON object' };
  const { step = 0, time, ...rest } = parsed;
  const exact = Number.isSafeInteger(step) ? (step as number) : wideStep(text, step);
  if (exact === undefined) return { problem: '"step" is not an integer of 64 bits' };
  if (time !== undefined && time !== null && !isTime(time)) return { problem: '"time" is not epoch milliseconds' };
  const values: [string, number][] = [];
  for (const [key, value] of Object.entries(rest)) {
    const number = typeof value === 'number' ? value : typeof value === 'string' ? named.get(value) : undefined;
    if (number === undefined) return { problem: `${JSON.stringify(key)} is not a number` };
    values.push([key, number]);
  }
  if (values.length === 0) return { problem: 'holds no metric' };
  return { step: exact, time: isTime(time) ? Math.round(time) : undefined, values };
}

/** True for a line of stdout that counts: an object with an integer `step` and otherwise finite numbers, at least one. */
export function isStdoutMetricLine(text: string): boolean {
  if (!mayBeMetrics(text)) return false;
  const parsed = parseStrictly(text);
  if (parsed === undefined || !Number.isSafeInteger(parsed.step)) return false;
  const { step: _step, time, ...rest } = parsed;
  if (time !== undefined && !isTime(time)) return false;
  const values = Object.values(rest);
  return values.length > 0 && values.every((value) => typeof value === 'number' && Number.isFinite(value));
}

/** The keys whose NaN or infinity is all that keeps a line of stdout from counting; empty for any other line. */
export function nonFiniteKeys(text: string): string[] {
  if (!mayBeMetrics(text) || !Number.isSafeInteger(parseObject(text)?.step)) return [];
  const parsed = parseMetricLine(text);
  return 'problem' in parsed ? [] : parsed.values.filter(([, value]) => !Number.isFinite(value)).map(([key]) => key);
}

/** The keys of a line of stdout that holds numbers and nothing else, but no `step`; empty for any other line. */
export function steplessKeys(text: string): string[] {
  const parsed = parseObject(text);
  if (parsed === undefined || Object.hasOwn(parsed, 'step')) return [];
  const line = parseMetricLine(text);
  return 'problem' in line ? [] : line.values.map(([key]) => key);
}

/** What most lines lack is looked for first: a failed parse costs a hundred times as much. */
function mayBeMetrics(text: string): boolean {
  return text.includes('"step"') && beginsObject(text);
}

/** False for what cannot be an object, without parsing it. */
export function beginsObject(text: string): boolean {
  return /^\s*\{/.test(text);
}

/** A step that a number would round, digit by digit from the line; undefined when it is no integer of 64 bits. */
function wideStep(text: string, step: unknown): bigint | undefined {
  if (!Number.isInteger(step)) return undefined;
  // Strings can hold no such thing: within them quotes are escaped. Of several, JSON takes the last.
  const digits = [...text.matchAll(/"step"\s*:\s*(-?\d+)\s*[,}]/g)].at(-1)?.[1];
  const exact = digits === undefined ? undefined : BigInt(digits);
  return exact !== undefined && BigInt.asIntN(64, exact) === exact ? exact : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** Python's json.dumps writes NaN and infinities bare; such a line is as good as one with the names in quotes. */
function parseObject(text: string): Record<string, unknown> | undefined {
  return parseStrictly(text) ?? parseStrictly(text.replace(bareName, '$1"$2"'));
}

function parseStrictly(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
