// Long work on the command line: how far it is on the terminal, and Ctrl-C, which leaves everything whole.
import { followJob } from '../client/jobs/job-stream';
import type { JobRequest } from '../protocol/jobs/job';
import type { CliContext, CommonOptions } from './context';
import { ProgressLine } from './progress-line';

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
