// Why the model says what it says of one row.
import { performance } from 'node:perf_hooks';
import type { RowExplanation, RowQuery } from '../../../protocol/inference/explain/explanation';
import { CoalitionGame } from '../../../statistics/explain/coalition-game';
import type { RowPredictor } from '../../../statistics/explain/row-predictor';
import { coalitionCount, shapleyValues } from '../../../statistics/explain/shapley-values';
import type { RunningModel } from '../running-model';
import { comparedRow, type ExplainSurroundings, predictorOf } from './explained-model';

/** As shap's default: 2 M + 2,048 coalitions of M features. */
const drawnCoalitions = 2048;

/** Throws SlipwayError as `ExplainQuestions` says. */
export async function explainRow(
  model: RunningModel,
  query: RowQuery,
  surroundings: ExplainSurroundings,
): Promise<RowExplanation> {
  const start = performance.now();
  const { space, output, row, background, taken, notes } = await comparedRow(model, query, surroundings.open);
  let predict: RowPredictor | undefined;
  const game = new CoalitionGame((rows, count) => (predict as RowPredictor)(rows, count), { row, background });
  const terms = { coalitions: 2 * space.width + drawnCoalitions, seed: query.seed };
  const total = coalitionCount(game.players.length, terms) * taken.rows;
  const outputs = [output.output];
  const { numbers } = output;
  predict = predictorOf(model, space, { outputs, numbers, total, what: 'Explaining' }, surroundings);
  const { method, coalitions, base, prediction, effects, errors } = await shapleyValues(game, space.width, terms);
  return {
    output: output.output,
    class: output.class,
    method,
    coalitions,
    base,
    prediction,
    additivity: prediction - base - effects.reduce((sum, effect) => sum + effect, 0),
    effects: space.features.map(({ name }, at) => ({
      feature: name,
      value: space.value(at, row[at] as number),
      effect: effects[at] as number,
      error: errors[at] as number,
    })),
    background: taken,
    notes,
    milliseconds: performance.now() - start,
  };
}
