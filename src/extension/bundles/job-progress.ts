// Long work of an engine as a notification that says how far it is and can cancel it.
import { l10n, ProgressLocation, window } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import { followJob } from '../../client/jobs/job-stream';
import type { JobProgress, JobRequest } from '../../protocol/jobs/job';
import { untilCancelled } from '../cancellable-work';

/** The job's result; undefined when the user cancelled it. Throws what the job throws. */
export async function jobWithProgress<T>(
  client: EngineClient,
  request: JobRequest,
  title: string,
): Promise<T | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    let shown = 0;
    const onProgress = ({ what, done, total }: JobProgress): void => {
      const share = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
      // Each stage begins anew; a bar that has come far stands until it is overtaken.
      const message = total > 0 ? l10n.t('{0} {1} %', what, share) : what;
      progress.report({ message, increment: Math.max(0, share - shown) });
      shown = Math.max(shown, share);
    };
    try {
      return await untilCancelled(token, (signal) => followJob<T>(client, request, { signal, onProgress }));
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}
