// Work that the user waits for, with a notification that says so and cancels it.
import { ProgressLocation, window } from 'vscode';

/** What `work` answers; `signal` is aborted when the user cancels, and what it throws then is thrown on. */
export function cancellableWork<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (_progress, token) => {
    const ending = new AbortController();
    const cancelling = token.onCancellationRequested(() => ending.abort());
    try {
      return await work(ending.signal);
    } finally {
      cancelling.dispose();
    }
  });
}
