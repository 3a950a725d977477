// The questions of the page's part that tries a model.
import type { TryAsk, TryAsks } from '../../../src/protocol/inference/form/try-panel';
import type { Host } from '../../kit/host/host';

/** Asks the host. Rejects with HostError. */
export function askTry<Q extends TryAsk>(
  host: Host,
  name: Q,
  input: TryAsks[Q]['input'],
  signal?: AbortSignal,
): Promise<TryAsks[Q]['answer']> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<TryAsks[Q]['answer']>;
}
