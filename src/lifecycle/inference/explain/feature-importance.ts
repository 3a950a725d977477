// Which features the model needs to be right.
import { performance } from 'node:perf_hooks';
import { SlipwayError } from '../../../base/errors';
import type { ImportanceQuery, ImportanceResult } from '../../../protocol/inference/explain/explanation';
import { permutationImportance, seededShuffle } from '../../../statistics/explain/permutation-importance';
import type { ToldColumn } from '../batch/told-columns';
import type { RunningModel, RunValues } from '../running-model';
import { type ExplainSurroundings, predictorOf } from './explained-model';
import { type ExplainableOutputs, explainableOutputs, numbersOf, toldClasses } from './explained-output';
import { rowTensors } from './explained-rows';
import { FeatureSpace } from './feature-space';

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
  const output = outputs.label ?? (outputs.scores as string);
  const { values } = await model.run(space.tensors(encoded.subarray(0, space.width), 1), [output]);
  const scoring = scoringOf(outputs, values, found.label as ToldColumn);
  const total = count * (1 + repeats * space.width);
  const reading = { outputs: [output], numbers: scoring.numbers, total, what: 'Shuffling features' };
  const predict = predictorOf(model, space, reading, surroundings);
  const explained = { rows: encoded, width: space.width, score: scoring.score };
  const shuffle = seededShuffle(count, seed);
  const { score, features } = await permutationImportance(predict, explained, { repeats, shuffle });
  return {
    metric: scoring.metric,
    output,
    score,
    repeats,
    features: space.features.map(({ name }, at) => ({ feature: name, ...(features[at] as (typeof features)[number]) })),
    table: found.taken,
    notes: found.notes,
    milliseconds: performance.now() - start,
  };
}

interface Scoring {
  metric: ImportanceResult['metric'];
  numbers(values: RunValues, rows: number): Float64Array;
  score(answers: Float64Array): number;
}

/** `values`: an answer of one row, which shows whether there are classes. */
function scoringOf(outputs: ExplainableOutputs, values: RunValues, label: ToldColumn): Scoring {
  if (toldClasses(outputs, values, 1) === undefined) return numberScoring(outputs.scores as string, label);
  const codes = new Map<string, number>();
  const codeOf = (told: string): number => {
    const text = truthWords.get(told) ?? told;
    if (!codes.has(text)) codes.set(text, codes.size);
    return codes.get(text) as number;
  };
  const told = Array.from(label.values, String);
  requireKnown(outputs, told);
  const truth = told.map(codeOf);
  return {
    metric: 'accuracy',
    numbers: (found, rows) => {
      const told = toldClasses(outputs, found, rows) as string[];
      return Float64Array.from(told, (text) => codeOf(text));
    },
    score: (answers) => answers.filter((code, row) => code === truth[row]).length / answers.length,
  };
}

function requireKnown({ classes }: ExplainableOutputs, told: readonly string[]): void {
  const known = classes?.map(String) ?? [];
  const texts = [...new Set(told)];
  const isKnown = (text: string): boolean => known.includes(text) || known.includes(truthWords.get(text) ?? text);
  if (known.length === 0 || texts.some(isKnown)) return;
  throw new SlipwayError(
    'invalid',
    `The labels are ${listed(texts)}, and the model tells ${listed(known)}: choose the column that holds its classes.`,
  );
}

function listed(texts: readonly string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join(', ')}, …` : texts.join(', ');
}

/** onnxruntime's truth values are 0 and 1; a table may say it in words. */
const truthWords: ReadonlyMap<string, string> = new Map([
  ['true', '1'],
  ['false', '0'],
]);

function numberScoring(output: string, label: ToldColumn): Scoring {
  const truth = Float64Array.from(label.values, Number);
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const spread = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (!Number.isFinite(mean) || spread === 0) {
    throw new SlipwayError(
      'invalid',
      'The labels are no numbers that vary, and the model tells a number: R² has no value.',
    );
  }
  const errors = (answers: Float64Array): number =>
    answers.reduce((sum, value, row) => sum + (value - (truth[row] as number)) ** 2, 0);
  return {
    metric: 'r2',
    numbers: (found, rows) => numbersOf(found, output, rows),
    score: (answers) => 1 - errors(answers) / spread,
  };
}
