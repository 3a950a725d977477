// The part of the API about models as files.
import type { InferenceApi } from '../../protocol/inference/inference-api';
import type { ModelPool } from '../../protocol/inference/model-pool';

/** Its methods, over the engine's model processes. */
export function inferenceApi(models: ModelPool): InferenceApi {
  return {
    modelOutline: ({ path, deadline }, signal) => models.ask('outline', { path }, { deadline, signal }),
    openModel: ({ path, deadline }, signal) => models.ask('open', { path }, { deadline, signal }),
    takeInput: ({ deadline, ...input }, signal) => models.ask('takeInput', input, { deadline, signal }),
    predict: ({ deadline, ...input }, signal) => models.ask('predict', input, { deadline, signal }),
  };
}
