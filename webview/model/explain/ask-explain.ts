// The questions of the page's part that explains a prediction.
import type { ExplainAsk, ExplainAsks } from '../../../src/protocol/inference/explain/explain-panel';
import type { Host } from '../../kit/host/host';

/** Asks the host. Rejects with HostError. */
export function askExplain<Q extends ExplainAsk>(
  host: Host,
  name: Q,
  input: ExplainAsks[Q]['input'],
  signal?: AbortSignal,
): Promise<ExplainAsks[Q]['answer']> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<ExplainAsks[Q]['answer']>;
}
