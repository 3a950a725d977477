// The questions of the page's part that predicts a whole table.
import type { TableAsk, TableAsks } from '../../../src/protocol/inference/table/table-panel';
import type { Host } from '../../kit/host/host';

/** Asks the host. Rejects with HostError. */
export function askTable<Q extends TableAsk>(
  host: Host,
  name: Q,
  input: TableAsks[Q]['input'],
  signal?: AbortSignal,
): Promise<TableAsks[Q]['answer']> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<TableAsks[Q]['answer']>;
}
