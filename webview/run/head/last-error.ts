// What a failed command said last: the error itself, and the line of the user's own code that raised it.
import { plainOutput } from '../../../src/protocol/recording/terminal-escapes';

/** `line` counts from 1. */
export interface LastError {
  text: string;
  place: { path: string; line: number } | null;
}

const frame = /^\s+File "([^"<]+)", line (\d+)/;
const foreign = /[\\/](?:site-packages|dist-packages|lib[\\/]python[\d.]+)[\\/]/;
/** How a line that tells of an error reads, where there is no traceback. */
const telling = /\b(error|exception|fatal|panic|not found|no such|denied|killed|cannot|failed)\b/i;
/** So many last lines are looked at for one. */
const lookedAt = 20;

/** Reads the end of an output: the last Python traceback, else a last line that tells of an error; null without one. */
export function lastError(output: string): LastError | null {
  const lines = plainOutput(output).split('\n');
  const start = lines.findLastIndex((line) => line.trimStart().startsWith('Traceback (most recent call last)'));
  const end = start === -1 ? -1 : lines.findIndex((line, index) => index > start && /^[^\s+|]/.test(line));
  if (end !== -1) return { text: lines[end]?.trim() ?? '', place: placeIn(lines.slice(start, end)) };
  const said = lines.filter((line) => line.trim() !== '').slice(-lookedAt);
  const text = said.findLast((line) => telling.test(line))?.trim();
  return text === undefined ? null : { text, place: null };
}

/** The innermost frame outside of installed packages, else the innermost. */
function placeIn(traceback: readonly string[]): LastError['place'] {
  const frames = traceback.flatMap((line) => {
    const [, path, number] = frame.exec(line) ?? [];
    return path === undefined ? [] : [{ path, line: Number(number) }];
  });
  return frames.findLast(({ path }) => !foreign.test(path)) ?? frames.at(-1) ?? null;
}
