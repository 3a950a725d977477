// The end of what the command printed, live.
import { memo, useLayoutEffect, useRef } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { bytesText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import type { Host } from '../../kit/host';
import { useHost, useLive } from '../../kit/live';
import { Section } from '../../kit/section';
import { plainText } from './output-text';

const tailBytes = 64_000;
/** Closer than this to the end, the view follows the output. */
const stickyPixels = 24;

/** What scrolls must be within reach of the keys, whether or not it holds a control. */
const reachable = { tabIndex: 0 };

interface Tail {
  text: string;
  next: number;
  size: number;
}

/** Nothing for a run that Slipway did not record: its output went to its own terminal. */
export const OutputSection = memo(function OutputSection({ run }: { run: RunDetail }) {
  const host = useHost();
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  const live = useLive<Tail>({
    key: run.recorded ? run.runId : '',
    rest: 500,
    load: (from, signal, previous) => readTail(from, { runId: run.runId, signal, previous }),
  });
  const text = live.value?.text ?? '';
  useLayoutEffect(() => {
    if (box.current !== null && follows.current && text !== '') box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  if (!run.recorded) return null;
  const size = live.value?.size ?? 0;
  return (
    <Section
      title="Output"
      answer={answerFor(run, live.value)}
      acts={size > 0 ? <Link label="Open log" onAct={() => void host.command('run.openLog', null)} /> : undefined}
    >
      {run.recording?.problems.map((problem) => (
        <p key={problem} className="note">
          {problem}
        </p>
      ))}
      {text !== '' && (
        <pre
          ref={box}
          {...reachable}
          className="output"
          role="log"
          aria-live="off"
          aria-label="Last lines of output"
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            follows.current = scrollHeight - scrollTop - clientHeight < stickyPixels;
          }}
        >
          {plainText(text)}
        </pre>
      )}
    </Section>
  );
});

async function readTail(
  host: Host,
  ask: { runId: string; signal: AbortSignal; previous: Tail | undefined },
): Promise<Tail> {
  const { runId, signal, previous } = ask;
  const from = previous?.next ?? null;
  const piece = await host.query('output.read', { runId, from, bytes: tailBytes }, signal);
  // More than a tail's worth was printed since: start from the end again.
  if (previous !== undefined && piece.next < piece.size) {
    const tail = await host.query('output.read', { runId, from: null, bytes: tailBytes }, signal);
    return { text: tail.text, next: tail.next, size: tail.size };
  }
  const text = ((previous?.text ?? '') + piece.text).slice(-tailBytes);
  return { text, next: piece.next, size: piece.size };
}

function answerFor(run: RunDetail, tail: Tail | undefined): string | undefined {
  if (tail === undefined) return undefined;
  if (tail.size === 0) return run.state === 'running' ? 'nothing printed yet' : 'nothing was printed';
  const part = tail.size > tailBytes ? `, the last ${bytesText(tailBytes)} shown` : '';
  return `${bytesText(tail.size)}${part}`;
}
