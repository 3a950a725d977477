// Spans of time as people write them, in slipway.yaml and on the command line.

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Such as `500ms`, `30s`, `5m`, `12h`, `7d`, `2w`. */
export type TimeSpan = `${number}${keyof typeof units}`;

/** The units of what takes a while, as a part of a regular expression. */
export const longUnits = 'm|h|d|w';

/** All units, in words. */
export const unitWords = 'ms, s, m, h, d or w';

/** So long a rule may be let pass. */
export const longestWaiver: TimeSpan = '366d';

/** In whole milliseconds, rounded up; NaN for what is no span. A blank may stand before the unit. */
export function spanMilliseconds(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s?(ms|s|m|h|d|w)$/.exec(text) ?? [];
  return Math.ceil(Number(digits) * (units[unit as keyof typeof units] ?? Number.NaN));
}
