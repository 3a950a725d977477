// The model behind this page.
import type { ModelAsk, ModelAsks, ModelPanelAnswer } from '../../src/protocol/inference/model-panel';
import type { Host } from '../kit/host/host';

/** Asks the host of a model. Rejects with HostError. */
export function askModel<Q extends ModelAsk>(
  host: Host,
  name: Q,
  input: ModelAsks[Q],
  signal?: AbortSignal,
): Promise<ModelPanelAnswer<Q>> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<ModelPanelAnswer<Q>>;
}
