// Which of the files of a version is the model.
import { SlipwayError } from '../../../base/errors';

/** The one called model.onnx, or the only one. Throws SlipwayError `not-found` where there is none, `invalid` for several. */
export function modelAmong(name: string, paths: readonly string[]): string {
  const models = paths.filter((path) => /\.onnx$/i.test(path));
  const usual = models.find((path) => /(^|\/)model\.onnx$/i.test(path));
  const model = usual ?? models[0];
  if (model === undefined) {
    throw new SlipwayError('not-found', `${name} has no .onnx file, and nothing else can be run here.`);
  }
  if (usual !== undefined || models.length === 1) return model;
  const list = models.slice(0, 5).join(', ');
  throw new SlipwayError('invalid', `${name} has ${models.length} models: ${list}. Call one of them model.onnx.`);
}
