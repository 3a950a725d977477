// The codes that colour a terminal and move its cursor, taken out of a text.
import { withoutEnd } from '../../base/text-end';

const introducer = String.fromCharCode(27);
const bell = String.fromCharCode(7);
const escapes = new RegExp(
  `${introducer}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${introducer}]*(?:${bell}|${introducer}\\\\)|[@-_])`,
  'g',
);

/** Output as a terminal leaves it: no codes, and of a line drawn over itself (a progress bar) what stood there last. */
export function plainOutput(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutEscapes(drawnLast(line)))
    .join('\n');
}

/** What stands on a line in the end, when carriage returns have drawn it over and over; codes stay. */
export function drawnLast(line: string): string {
  const whole = withoutEnd(line, /\r/);
  return whole.slice(whole.lastIndexOf('\r') + 1);
}

/** What is left of a text when a terminal has obeyed its codes. */
export function withoutEscapes(text: string): string {
  return text.includes(introducer) ? text.replace(escapes, '') : text;
}
