// A metric line in what a command prints: found alike by the recorder and, when that was killed, by the engine.
import { isStdoutMetricLine, nonFiniteKeys } from './metric-line';

/** How a line begins that stands for one of stdout whose numbers are not all finite. */
const leftOut = '{"leftOut":';
const mostNamed = 5;

/**
 * The metrics in one line of stdout as a line of JSON, with `time` (epoch ms) unless it carries one; undefined for none.
 * A line that NaN or an infinity keeps from counting becomes one that `leftOutProblem` knows.
 */
export function stdoutMetric(line: string, time: number): string | undefined {
  const text = shownText(line);
  if (isStdoutMetricLine(text)) return JSON.stringify({ time, ...(JSON.parse(text) as Record<string, unknown>) });
  const keys = nonFiniteKeys(text);
  return keys.length === 0 ? undefined : JSON.stringify({ leftOut: keys.slice(0, mostNamed) });
}

/** The sentence for a line that `stdoutMetric` made of one it could not count; undefined for every other. */
export function leftOutProblem(line: string): string | undefined {
  if (!line.startsWith(leftOut)) return undefined;
  const { leftOut: keys } = JSON.parse(line) as { leftOut: string[] };
  return `Lines on stdout in which ${keys.join(' or ')} is NaN or infinite were left out: there only finite numbers count. Append such lines to the file $SLIPWAY_METRICS names to keep them.`;
}

/** The line as a terminal shows it; behind a progress bar that rewrites its line, the object that follows the bar. */
function shownText(line: string): string {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  const shown = whole.slice(whole.lastIndexOf('\r') + 1);
  const isAfterBar = shown.length < whole.length;
  const object = isAfterBar ? shown.indexOf('{') : 0;
  return object > 0 ? shown.slice(object) : shown;
}
