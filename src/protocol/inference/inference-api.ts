// What the engine does for its clients about models as files.
import * as z from 'zod';
import type { TakeBackSignal } from '../conversation/take-back';
import type { ModelOrigin } from './form/model-origin';
import type { ModelOutline } from './outline';
import { inputFormats, type OpenedModel, type Prediction, type TakenInput } from './prediction';
import { tensorElements } from './tensor';

const path = z.string().min(1);
/** Milliseconds that the model may take. */
const deadline = z
  .number()
  .int()
  .min(1)
  .max(24 * 3600 * 1000)
  .optional();
const flatTensor = z.object({
  type: z.enum(tensorElements),
  shape: z.array(z.number().int().min(0)),
  data: z.array(z.union([z.number(), z.string(), z.boolean()])),
});
const format = z.enum(inputFormats).nullable();
const givenInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tensors'), feeds: z.record(z.string(), flatTensor) }),
  z.object({ kind: z.literal('text'), text: z.string(), format }),
  z.object({ kind: z.literal('file'), path, format }),
]);

/** `path` is absolute in each. */
export const modelQuery = z.object({ path, deadline });
export const inputQuery = z.object({ path, deadline, given: givenInput });
export const originQuery = z.object({ path });
export const predictionQuery = inputQuery.extend({ outputs: z.array(z.string()).nullable().default(null) });

/** Each runs or reads in the model's own process, and throws what a question of that process throws. */
export interface InferenceApi {
  modelOutline(query: z.output<typeof modelQuery>, signal: TakeBackSignal | undefined): Promise<ModelOutline>;
  /** Which run made the model, by the bytes of its file. Throws `not-found` where there is no such file. */
  modelOrigin(query: z.output<typeof originQuery>): Promise<ModelOrigin>;
  openModel(query: z.output<typeof modelQuery>, signal: TakeBackSignal | undefined): Promise<OpenedModel>;
  takeInput(query: z.output<typeof inputQuery>, signal: TakeBackSignal | undefined): Promise<TakenInput>;
  predict(query: z.output<typeof predictionQuery>, signal: TakeBackSignal | undefined): Promise<Prediction>;
}
