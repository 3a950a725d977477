// What the page asks of the two tables.
import type { DiffAsk, DiffAsks } from '../../src/protocol/datasets/table/diff-panel';
import type { Host } from '../kit/host/host';

/** Asks the host of this panel. Rejects with HostError. */
export function askDiff<Q extends DiffAsk>(
  host: Host,
  name: Q,
  input: DiffAsks[Q]['input'],
  signal?: AbortSignal,
): Promise<DiffAsks[Q]['answer']> {
  // This panel's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<DiffAsks[Q]['answer']>;
}
