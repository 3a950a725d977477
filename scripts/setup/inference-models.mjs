// Models that real exporters wrote, with inputs and what onnxruntime-python answers: made once per list of exporters and
// script, outside the clone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEntry, entryPath, isComplete } from './cache.mjs';
import { ensurePythonEnvironment, findPythonEnvironment } from './python-environment.mjs';
import { rootFolder } from './root.mjs';
import { run } from './shell.mjs';

const script = join(rootFolder, 'test/inference/make-models.py');

/** The folder of the models when they were made already, else undefined. */
export function findInferenceModels() {
  const python = findPythonEnvironment('inference');
  const folder = python && modelsFolder(python);
  return folder && isComplete(folder) ? folder : undefined;
}

/** Makes them unless they are there. Returns their folder: a folder per model, and `models.json`. */
export async function ensureInferenceModels() {
  const python = await ensurePythonEnvironment('inference');
  return ensureEntry(modelsFolder(python), (folder) =>
    run(python, [script, folder], { says: 'Exporting models failed.' }),
  );
}

function modelsFolder(python) {
  return entryPath('inference-models', [readFileSync(script, 'utf8'), python]);
}
