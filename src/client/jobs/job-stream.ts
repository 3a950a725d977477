// Asks an engine for long work and follows it to its end.
import { SlipwayError } from '../../base/errors';
import { type JobLine, type JobProgress, type JobRequest, jobRoute } from '../../protocol/jobs/job';
import { loopbackRequest } from '../connection/loopback-request';
import { AnswerCutOff } from '../connection/no-answer';
import { asSlipwayError, type EngineClient, refusal } from '../engine-client';

/** Who hears how far it is, and who can end it. */
export interface JobFollowing {
  onProgress: (progress: JobProgress) => void;
  signal: AbortSignal;
}

/**
 * The job's result. Throws what the job throws, and SlipwayError `unavailable` when it was cancelled or the engine ended
 * before it.
 */
export async function followJob<T>(client: EngineClient, request: JobRequest, following: JobFollowing): Promise<T> {
  try {
    const answer = await loopbackRequest(`${client.address.url}${jobRoute}`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: following.signal,
    });
    if (answer.status >= 300) throw await refusal(answer, `The engine refused (HTTP ${answer.status}).`);
    for await (const line of jobLines(answer.body)) {
      if ('progress' in line) following.onProgress(line.progress);
      else if ('result' in line) return line.result as T;
      else throw new SlipwayError(line.error.code, line.error.message);
    }
  } catch (error) {
    if (following.signal.aborted)
      throw new SlipwayError(
        'unavailable',
        'The work was cancelled and left everything whole. Start it again to finish it.',
        { cause: error },
      );
    if (!(error instanceof AnswerCutOff)) throw asSlipwayError(error);
  }
  throw new SlipwayError('unavailable', 'The engine ended before the work was done. Start it again.');
}

async function* jobLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<JobLine> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as JobLine;
  }
}
