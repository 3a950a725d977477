// Which features the model needs to be right.
import { performance } from 'node:perf_hooks';
import type { ImportanceQuery, ImportanceResult } from '../../../protocol/inference/explain/explanation';
import { permutationImportance, seededShuffle } from '../../../statistics/explain/permutation-importance';
import { predictionMetrics } from '../../../statistics/metrics/prediction-metric';
import type { ToldColumn } from '../batch/told-columns';
import type { RunningModel } from '../running-model';
import { type ExplainSurroundings, predictorOf } from './explained-model';
import { explainableOutputs } from './explained-output';
import { rowTensors } from './explained-rows';
import { FeatureSpace } from './feature-space';
import { scoringOf } from './importance-scoring';

/** Throws SlipwayError as `ExplainQuestions` says, and `invalid` for labels that the output is not of. */
export async function featureImportance(
  model: RunningModel,
  query: ImportanceQuery,
  surroundings: ExplainSurroundings,
): Promise<ImportanceResult> {
  const start = performance.now();
  const { table, most, seed, repeats, label, target } = query;
  const rows = { ...table, apart: [...new Set([...table.apart, label])] };
  const found = await rowTensors(model, { rows, label, pick: { most, seed } }, surroundings.open);
  const space = new FeatureSpace(model.opened.inputs, found.tensors, found.names);
  const encoded = space.encoded(found.tensors);
  const count = found.taken.rows;
  const outputs = explainableOutputs(model, target.output);
  const used = [outputs.label, outputs.scores].flatMap((name) => name ?? []);
  const { values } = await model.run(space.tensors(encoded.subarray(0, space.width), 1), used);
  const scoring = scoringOf({ outputs, values, label: found.label as ToldColumn }, query.metric ?? null);
  const { output } = scoring;
  const total = count * (1 + repeats * space.width);
  const reading = { outputs: [output], numbers: scoring.numbers, total, what: 'Shuffling features' };
  const predict = predictorOf(model, space, reading, surroundings);
  const explained = { rows: encoded, width: space.width, score: scoring.score };
  const shuffle = seededShuffle(count, seed);
  const { score, features } = await permutationImportance(predict, explained, { repeats, shuffle });
  return {
    metric: scoring.metric,
    direction: predictionMetrics[scoring.metric]?.direction ?? 'up',
    output,
    score: predictionMetrics[scoring.metric]?.direction === 'down' ? -score : score,
    repeats,
    features: space.features.map(({ name }, at) => ({ feature: name, ...(features[at] as (typeof features)[number]) })),
    table: found.taken,
    notes: found.notes,
    milliseconds: performance.now() - start,
  };
}
