// Work that the user waits for, and can cancel.
import { type CancellationToken, ProgressLocation, window } from 'vscode';

/** What `work` answers, with a notification that says so; `signal` is aborted when the user cancels, and what it throws then is thrown on. */
export function cancellableWork<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, (_progress, token) => untilCancelled(token, work));
}

/** What `work` answers; `signal` is aborted when the token is cancelled meanwhile. */
export async function untilCancelled<T>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const cancelling = token.onCancellationRequested(() => ending.abort());
  try {
    return await work(ending.signal);
  } finally {
    cancelling.dispose();
  }
}
