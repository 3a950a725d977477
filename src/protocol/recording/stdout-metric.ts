// A metric line in what a command prints: found alike by the recorder and, when that was killed, by the engine.
import { isStdoutMetricLine } from './metric-line';

/** The metrics in one line of stdout as a line of JSON, with `time` (epoch ms) unless it carries one; undefined for none. */
export function stdoutMetric(line: string, time: number): string | undefined {
  const text = shownText(line);
  if (!isStdoutMetricLine(text)) return undefined;
  return JSON.stringify({ time, ...(JSON.parse(text) as Record<string, unknown>) });
}

/** The line as a terminal shows it; behind a progress bar that rewrites its line, the object that follows the bar. */
function shownText(line: string): string {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  const shown = whole.slice(whole.lastIndexOf('\r') + 1);
  const isAfterBar = shown.length < whole.length;
  const object = isAfterBar ? shown.indexOf('{') : 0;
  return object > 0 ? shown.slice(object) : shown;
}
