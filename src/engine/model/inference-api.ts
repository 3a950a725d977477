// The part of the API about models as files.
import type { InferenceApi } from '../../protocol/inference/inference-api';
import type { Services } from '../services';

/** Its methods, over the engine's model processes, and over what the workspace knows of a model's bytes. */
export function inferenceApi({ modelProcesses: models, readers, layout }: Services): InferenceApi {
  return {
    modelOrigin: ({ path }) => readers.run('modelOrigin', { path, folder: layout.root, objects: layout.objects }),
    modelOutline: ({ path, deadline }, signal) => models.ask('outline', { path }, { deadline, signal }),
    openModel: ({ path, deadline }, signal) => models.ask('open', { path }, { deadline, signal }),
    takeInput: ({ deadline, ...input }, signal) => models.ask('takeInput', input, { deadline, signal }),
    predict: ({ deadline, ...input }, signal) => models.ask('predict', input, { deadline, signal }),
  };
}
