// Which of several files is the model, and what goes with it.
import { posix } from 'node:path';
import { SlipwayError } from '../../../../base/errors';

/** The one called model.onnx, or the only one. Throws SlipwayError `not-found` where there is none, `invalid` for several. */
export function modelAmong(name: string, paths: readonly string[]): string {
  const models = paths.filter((path) => /\.onnx$/i.test(path));
  const usual = models.find((path) => posix.basename(path).toLowerCase() === 'model.onnx');
  const model = usual ?? models[0];
  if (model === undefined) {
    throw new SlipwayError('not-found', `${name} has no .onnx file, and nothing else can be run here.`);
  }
  if (usual !== undefined || models.length === 1) return model;
  const list = models.slice(0, 5).join(', ');
  throw new SlipwayError('invalid', `${name} has ${models.length} models: ${list}. Call one of them model.onnx.`);
}

/** The file and those beside it that begin as it does: weights, golden cases. No other model is one. */
export function partnersOf(file: string, names: readonly string[]): string[] {
  const stem = file.replace(/\.[^.]*$/, '');
  const goesWith = (name: string): boolean =>
    !/\.onnx$/i.test(name) && (name.startsWith(`${stem}.`) || name.startsWith(`${stem}_`));
  return [file, ...names.filter((name) => name !== file && goesWith(name))].sort();
}
