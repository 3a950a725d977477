// The table behind this page: pages of rows, kept while they are near, and what is known of its columns.
import type { GridAnswer, GridAsk, GridAsks } from '../../src/protocol/datasets/table/grid-panel';
import type { Host } from '../kit/host/host';

/** Asks the host of a grid. Rejects with HostError. */
export function askGrid<Q extends GridAsk>(
  host: Host,
  name: Q,
  input: GridAsks[Q],
  signal?: AbortSignal,
): Promise<GridAnswer<Q>> {
  // A grid's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<GridAnswer<Q>>;
}
