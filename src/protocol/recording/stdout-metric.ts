// A metric line in what a command prints: found alike by the recorder and, when that was killed, by the engine.
import { beginsObject, isStdoutMetricLine, nonFiniteKeys, steplessKeys } from './metric-line';

/** How a line begins that stands for one of stdout whose numbers are not all finite, or for many without a step. */
const [nonFinite, stepless] = ['{"leftOut":', '{"stepless":'];
const [mostNamed, longestName] = [5, 100];
/** Lines of JSON that are parsed in search of one without a step: a command may print nothing else, and for days. */
const mostLooks = 1000;

/** Reads one command's stdout, a line at a time from its first. Which lines it answers follows from the lines alone. */
export class StdoutMetricReader {
  /** The first line without a step, and the keys of all such lines; undefined once nobody needs to be told. */
  #without: { first: string; keys: Set<string> } | undefined = { first: '', keys: new Set() };
  #looks = 0;

  /**
   * The metrics in a line as a line of JSON, with `time` (epoch ms) unless it carries one; undefined for none. A line
   * that NaN or an infinity keeps from counting, and the second of several that only lack a step, while none has counted,
   * becomes one that `leftOutProblem` knows.
   */
  read(line: string, time: number): string | undefined {
    const text = shownText(line);
    if (isStdoutMetricLine(text)) {
      this.#without = undefined;
      return JSON.stringify({ time, ...(JSON.parse(text) as Record<string, unknown>) });
    }
    const keys = nonFiniteKeys(text);
    if (keys.length > 0) return JSON.stringify({ leftOut: named(keys) });
    return this.#readStepless(text);
  }

  /** The command has ended: a single line without a step is told of now, as `read` tells of the second. */
  finish(): string | undefined {
    const first = this.#without?.first ?? '';
    this.#without = undefined;
    return first === '' ? undefined : first;
  }

  /** A program may print its settings so; what it prints again with the same keys is meant as a metric. */
  #readStepless(text: string): string | undefined {
    if (this.#without === undefined || this.#looks >= mostLooks || !beginsObject(text)) return undefined;
    this.#looks += 1;
    const keys = steplessKeys(text);
    if (keys.length === 0) return undefined;
    const told = `${stepless}${JSON.stringify(named(keys))}}`;
    const isAgain = this.#without.keys.has(told);
    this.#without.keys.add(told);
    this.#without.first ||= told;
    if (!isAgain) return undefined;
    this.#without = undefined;
    return told;
  }
}

/** The sentence for a line that `StdoutMetricReader` made of what it could not count; undefined for every other. */
export function leftOutProblem(line: string): string | undefined {
  if (line.startsWith(nonFinite)) {
    const { leftOut: keys } = JSON.parse(line) as { leftOut: string[] };
    return `Lines on stdout in which ${keys.join(' or ')} is NaN or infinite were left out: there only finite numbers count. Append such lines to the file $SLIPWAY_METRICS names to keep them.`;
  }
  if (!line.startsWith(stepless)) return undefined;
  const { stepless: keys } = JSON.parse(line) as { stepless: string[] };
  return `Lines on stdout with ${keys.join(', ')} were left out, because they have no "step". A metric line is an object with an integer "step" and otherwise finite numbers: {"step": 1, "loss": 0.5}.`;
}

function named(keys: readonly string[]): string[] {
  return keys.slice(0, mostNamed).map((key) => key.slice(0, longestName));
}

/** The line as a terminal shows it; behind a progress bar that rewrites its line, the object that follows the bar. */
function shownText(line: string): string {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  const shown = whole.slice(whole.lastIndexOf('\r') + 1);
  const isAfterBar = shown.length < whole.length;
  const object = isAfterBar ? shown.indexOf('{') : 0;
  return object > 0 ? shown.slice(object) : shown;
}
