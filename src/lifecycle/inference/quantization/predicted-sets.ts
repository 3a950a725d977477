// What a model says of labelled rows that are no table: pictures, and other tensors.
import { setImmediate } from 'node:timers/promises';
import type { QuantizationQuestions } from '../../../protocol/inference/quantization/quantization-questions';
import { type ToldColumn, toldColumns } from '../batch/told-columns';
import type { ExplainSurroundings } from '../explain/explained-model';
import { explainableOutputs, toldClasses } from '../explain/explained-output';
import type { RunningModel } from '../running-model';
import { PredictionFile } from '../scan/prediction-file';
import { setFeeds, truthOf } from './tensor-sets';

type Asked = QuantizationQuestions['predictSets'];

/** Throws SlipwayError `invalid` where the model tells neither a class nor a number of each row. */
export async function predictSets(
  model: RunningModel,
  { rows: set, output }: Asked['input'],
  { spill, signal, progress }: ExplainSurroundings,
): Promise<Asked['answer']> {
  const { truth, places } = truthOf(set);
  const truthType = typeOf(truth);
  const outputs = explainableOutputs(model, null);
  const names = [outputs.label, outputs.scores].flatMap((name) => name ?? []);
  const file = await PredictionFile.open(output, spill);
  try {
    let done = 0;
    for (const { feeds, rows } of setFeeds(model, set)) {
      const { values } = await model.run(feeds, names);
      const told = toldColumns(outputs, values, rows);
      const classes = told.some(({ name }) => name === 'y_pred') ? undefined : toldClasses(outputs, values, rows);
      const known: ToldColumn[] = [
        { name: 'id', type: 'BIGINT', values: places.slice(done, done + rows) },
        { name: 'y_true', type: truthType, values: truth.slice(done, done + rows).map(asType(truthType)) },
        // Scores of classes without names are not probabilities for sure: the class of the highest is all that is compared.
        ...(classes === undefined ? told : [{ name: 'y_pred', type: 'VARCHAR' as const, values: classes }]),
      ];
      await file.add(known, rows);
      done += rows;
      progress({ what: 'Predicting', done, total: set.rows });
      await setImmediate();
      signal.throwIfAborted();
    }
    await file.finish(new Map(), signal);
    return { rows: done };
  } finally {
    file.close();
  }
}

/** Of numbers, so that they can be held against numbers; of texts otherwise. */
function typeOf(truth: readonly string[]): 'BIGINT' | 'DOUBLE' | 'VARCHAR' {
  if (truth.every((each) => /^-?\d{1,15}$/.test(each))) return 'BIGINT';
  return truth.every((each) => each.trim() !== '' && Number.isFinite(Number(each))) ? 'DOUBLE' : 'VARCHAR';
}

function asType(type: ReturnType<typeof typeOf>): (text: string) => string | number {
  return type === 'VARCHAR' ? (text) => text : Number;
}
