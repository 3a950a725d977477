// The questions of the page's part that times the model.
import type { BenchmarkAsk, BenchmarkAsks } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import type { Host } from '../../kit/host/host';

/** Asks the host. Rejects with HostError. */
export function askBenchmark<Q extends BenchmarkAsk>(
  host: Host,
  name: Q,
  input: BenchmarkAsks[Q]['input'],
  signal?: AbortSignal,
): Promise<BenchmarkAsks[Q]['answer']> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<BenchmarkAsks[Q]['answer']>;
}
