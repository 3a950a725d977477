// The procedures about models as files.
import { t } from '../router/procedures';
import { inputQuery, modelQuery, originQuery, predictionQuery } from './inference-api';

/** Each checks its input and asks the engine's `InferenceApi`. Predictions are mutations, because their input may be long. */
export const inferenceRoutes = t.router({
  outline: t.procedure.input(modelQuery).query(({ ctx, input, signal }) => ctx.api.modelOutline(input, signal)),
  origin: t.procedure.input(originQuery).query(({ ctx, input }) => ctx.api.modelOrigin(input)),
  open: t.procedure.input(modelQuery).mutation(({ ctx, input, signal }) => ctx.api.openModel(input, signal)),
  take: t.procedure.input(inputQuery).mutation(({ ctx, input, signal }) => ctx.api.takeInput(input, signal)),
  predict: t.procedure.input(predictionQuery).mutation(({ ctx, input, signal }) => ctx.api.predict(input, signal)),
});
