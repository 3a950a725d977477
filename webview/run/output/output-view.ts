// Which part of the output is in sight: its end, which follows, or a place somewhere before.
import { useCallback, useRef, useState } from 'react';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';

/** Bytes of the end that are shown. */
const tailBytes = 64_000;
/** Bytes shown before and after a place that was gone to. */
const aroundBytes = 32_000;

/** A part of the output, in bytes from its beginning. `above` and `below` meet at the place that was gone to. */
export interface OutputPart {
  start: number;
  above: string;
  below: string;
  next: number;
  size: number;
}

export interface OutputView {
  /** Undefined before the first answer. */
  part: OutputPart | undefined;
  /** True while the end is shown. */
  isTail: boolean;
  error: Error | undefined;
  goTo: (offset: number) => void;
  goToEnd: () => void;
}

/** The output of a run; nothing is asked for a run without one (`runId` empty). */
export function useOutputView(runId: string): OutputView {
  const host = useHost();
  const [place, setPlace] = useState<OutputPart>();
  const [problem, setProblem] = useState<Error>();
  const live = useLive<OutputPart>({
    key: runId,
    rest: 500,
    load: (from, signal, previous) => readTail(from, { runId, signal, previous }),
  });
  // Whoever goes on before an answer is there does not want it any more.
  const goings = useRef(0);
  const goTo = useCallback(
    (offset: number): void => {
      setProblem(undefined);
      goings.current += 1;
      const going = goings.current;
      const arrive = (then: () => void): void => {
        if (going === goings.current) then();
      };
      readAround(host, runId, offset).then(
        (part) => arrive(() => setPlace(part)),
        (error: Error) => arrive(() => setProblem(error)),
      );
    },
    [host, runId],
  );
  const goToEnd = useCallback(() => {
    goings.current += 1;
    setPlace(undefined);
  }, []);
  return { part: place ?? live.value, isTail: place === undefined, error: problem ?? live.error, goTo, goToEnd };
}

async function readTail(
  host: Host,
  ask: { runId: string; signal: AbortSignal; previous: OutputPart | undefined },
): Promise<OutputPart> {
  const { runId, signal, previous } = ask;
  const read = (from: number | null) => host.query('output.read', { runId, from, bytes: tailBytes }, signal);
  const piece = await read(previous?.next ?? null);
  const { next, size } = piece;
  // More than a tail's worth was printed since, or the file began anew: start from the end again.
  if (previous !== undefined && (next < size || size < previous.next)) {
    const tail = await read(null);
    return { start: tail.start, above: '', below: tail.text, next: tail.next, size: tail.size };
  }
  const whole = (previous?.below ?? '') + piece.text;
  const below = whole.slice(-tailBytes);
  const start = below.length < whole.length ? next - byteLength(below) : (previous?.start ?? piece.start);
  return { start, above: '', below, next, size };
}

async function readAround(host: Host, runId: string, offset: number): Promise<OutputPart> {
  const start = Math.max(0, offset - aroundBytes);
  const before = offset - start;
  const [above, below] = await Promise.all([
    before === 0 ? undefined : host.query('output.read', { runId, from: start, bytes: before }),
    host.query('output.read', { runId, from: offset, bytes: aroundBytes }),
  ]);
  return { start, above: wholeLines(above?.text ?? '', start), below: below.text, next: below.next, size: below.size };
}

/** Without the line that began before the part did. */
function wholeLines(text: string, start: number): string {
  return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
