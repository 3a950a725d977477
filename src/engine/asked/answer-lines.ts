// The answering side of a process of ours: questions come in as lines of JSON, answers go out as lines.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';
import type { Asks, QuestionTable, Says } from '../../protocol/conversation/conversation';
import type { JobProgress } from '../../protocol/jobs/job';

/** How a question is taken back, and how it tells what it has so far. */
export interface AskedOf<Partial> {
  signal: AbortSignal;
  progress(progress: JobProgress): void;
  partial(partial: Partial): void;
}

/** What a process answers, by the name of the question. */
export type AnswersTo<T extends QuestionTable<T>> = {
  [Q in keyof T]: (input: T[Q]['input'], asked: AskedOf<T[Q]['partial']>) => Promise<T[Q]['answer']>;
};

const clock = new Int32Array(new SharedArrayBuffer(4));

/** Answers until the input ends or nobody reads on; then calls `end`, which must end the process. `text` writes an answer as JSON. */
export function answerLines<T extends QuestionTable<T>>(
  answers: AnswersTo<T>,
  end: () => never,
  text: (said: Says) => string = JSON.stringify,
): void {
  const going = new Map<number, AbortController>();
  const say = (said: Says): void => writeLine(text(said), end);
  const answer = async ({ id, ask, input }: Extract<Asks<T>, { ask: unknown }>): Promise<void> => {
    const taken = new AbortController();
    going.set(id, taken);
    try {
      const act = answers[ask] as AnswersTo<T>[typeof ask] | undefined;
      if (act === undefined) throw new SlipwayError('internal', `This process knows no question ${ask}.`);
      const result = await act(input, {
        signal: taken.signal,
        progress: (progress) => say({ id, progress }),
        partial: (partial) => say({ id, partial }),
      });
      say({ id, result });
    } catch (error) {
      say({ id, error: { code: SlipwayError.is(error) ? error.code : null, message: messageOf(error) } });
    } finally {
      going.delete(id);
    }
  };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const asked = JSON.parse(line) as Asks<T>;
    if ('cancel' in asked) going.get(asked.cancel)?.abort();
    else void answer(asked);
  });
  lines.on('close', end);
}

function writeLine(line: string, end: () => never): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSome(rest, end));
}

/** How many bytes were taken; a pipe that is full takes some a moment later. */
function writeSome(bytes: Buffer, end: () => never): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if (systemCodeOf(error) === 'EPIPE') end();
    if (systemCodeOf(error) !== 'EAGAIN') throw error;
    Atomics.wait(clock, 0, 0, 2);
    return 0;
  }
}
