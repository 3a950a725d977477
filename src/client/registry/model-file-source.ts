// What goes with an .onnx file of the disk when it becomes a version: its weights, and its golden cases.
import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { RegisteredSource } from './registered-file';

/**
 * Reads the model at the absolute `path` before anything is kept: what is no model, or lacks its weights, becomes no version.
 * Throws SlipwayError `invalid` for that, and what the model process says of the file.
 */
export async function modelFileSource(models: ModelPool, path: string): Promise<RegisteredSource> {
  const name = basename(path);
  if (!statSync(path).isFile()) throw new SlipwayError('invalid', `${name} is a folder. Name an .onnx file.`);
  const { externalFiles, blocks } = await models.ask('outline', { path });
  const lost = blocks.find(({ code }) => code === 'external-data');
  if (lost !== undefined) throw new SlipwayError('invalid', `${name} cannot run: ${lost.text}`);
  const golden = name.replace(/\.onnx$/i, '.golden.yaml');
  const others = (await hasGolden(models, path, golden)) ? [golden] : [];
  const files = [name, ...externalFiles.map((each) => each.path)];
  return { kind: 'file', folder: dirname(path), files, others };
}

/** Whether golden cases lie beside the model. Throws SlipwayError `invalid` for a file of them that is a link, or has mistakes. */
async function hasGolden(models: ModelPool, path: string, golden: string): Promise<boolean> {
  const found = lstatSync(join(dirname(path), golden), { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isFile()) throw new SlipwayError('invalid', `${golden} is no file. Put the file itself beside the model.`);
  const [problem] = (await models.ask('goldenCases', { path })).problems;
  if (problem === undefined) return true;
  throw new SlipwayError('invalid', `${golden}:${problem.line}:${problem.column}: ${problem.message}`);
}
