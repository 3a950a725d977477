// Files beside a model that hold its weights. Only what lies in the model's folder or below is looked at.
import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { ExternalFile } from '../../../../protocol/inference/outline';
import type { WeightHead } from '../graph/graph-walk';

/** By the paths that the model at `model` names. */
export function externalFiles(model: string, weights: readonly WeightHead[]): ExternalFile[] {
  const files = new Map<string, { tensors: number; needs: number }>();
  for (const { external, bytes } of weights) {
    if (external === null) continue;
    const known = files.get(external.path) ?? { tensors: 0, needs: 0 };
    known.tensors += 1;
    known.needs = Math.max(known.needs, external.offset + (external.length ?? bytes));
    files.set(external.path, known);
  }
  return [...files].map(([path, { tensors, needs }]) => ({ path, tensors, needs, ...found(model, path, needs) }));
}

/** Where the file really lies that the model at `model` calls `path`; null where nothing is read from. Throws where nothing is there. */
export function weightFile(model: string, path: string): string | null {
  const folder = realFolder(model);
  if (path === '' || isAbsolute(path) || /^[a-zA-Z]:|\\|\0/.test(path) || !isWithin(folder, join(folder, path)))
    return null;
  const real = realpathSync(join(folder, path));
  return isWithin(folder, real) ? real : null;
}

function found(model: string, path: string, needs: number): Pick<ExternalFile, 'size' | 'state'> {
  try {
    const real = weightFile(model, path);
    if (real === null) return { size: null, state: 'outside' };
    const status = statSync(real);
    if (!status.isFile()) return { size: null, state: 'no file' };
    return { size: status.size, state: status.size < needs ? 'short' : 'found' };
  } catch {
    return { size: null, state: 'missing' };
  }
}

/** A model may be reached by a link: its weights lie beside the file itself. */
function realFolder(model: string): string {
  try {
    return dirname(realpathSync(model));
  } catch {
    return dirname(model);
  }
}

function isWithin(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}
