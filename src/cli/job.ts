// Long work on the command line: how far it is on the terminal, and Ctrl-C, which leaves everything whole.
import { followJob } from '../client/jobs/job-stream';
import type { JobProgress, JobRequest } from '../protocol/jobs/job';
import type { CliContext, CommonOptions } from './context';

/** Runs a job to its end. Throws what it throws, and SlipwayError `unavailable` after Ctrl-C. */
export async function runJob<T>(context: CliContext, options: CommonOptions, request: JobRequest): Promise<T> {
  const client = await context.client(options);
  const abort = new AbortController();
  const cancel = (): void => abort.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, cancel);
  const line = new ProgressLine();
  try {
    return await followJob<T>(client, request, { onProgress: (each) => line.show(each), signal: abort.signal });
  } finally {
    line.clear();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, cancel);
  }
}

/** One line on stderr that is written over; nothing where stderr is no terminal. */
class ProgressLine {
  show({ what, done, total }: JobProgress): void {
    if (!process.stderr.isTTY) return;
    const share = total > 0 ? ` ${Math.min(100, Math.floor((100 * done) / total))} %` : '';
    process.stderr.write(`\r\u001b[K${what}${share}`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
