// The workspace's models that have golden cases.
import { dirname } from 'node:path';
import { FileType, Uri, workspace } from 'vscode';

const excluded = '**/{node_modules,.venv,venv,.git,.slipway}/**';

/** Files with cases of each kind that are looked for: more would keep the window busy at every change. */
export const mostFiles = 1000;

/** `files` hold the cases. `isCut`: there are more of them than were looked for. */
export interface TestedModels {
  models: Uri[];
  files: Uri[];
  isCut: boolean;
}

/** Throws nothing for folders that are gone meanwhile. */
export async function testedModels(): Promise<TestedModels> {
  const [written, sets] = await Promise.all([found('**/*.golden.yaml'), found('**/test_data_set_*/output_0.pb')]);
  const stems = new Set(
    written.slice(0, mostFiles).map(({ path }) => path.replace(/\.golden\.yaml$/, '').toLowerCase()),
  );
  const setFolders = new Set(sets.slice(0, mostFiles).map((file) => parent(parent(file)).toString()));
  const folders = new Set([...written.slice(0, mostFiles).map((file) => parent(file).toString()), ...setFolders]);
  const listed = await Promise.all([...folders].map((folder) => modelsIn(Uri.parse(folder))));
  const models = listed.flat().filter((model) => {
    const isWritten = stems.has(model.path.replace(/\.onnx$/i, '').toLowerCase());
    return isWritten || setFolders.has(parent(model).toString());
  });
  return { models, files: [...written, ...sets], isCut: written.length > mostFiles || sets.length > mostFiles };
}

async function found(pattern: string): Promise<Uri[]> {
  return workspace.findFiles(pattern, excluded, mostFiles + 1);
}

async function modelsIn(folder: Uri): Promise<Uri[]> {
  try {
    const entries = await workspace.fs.readDirectory(folder);
    const names = entries.flatMap(([name, type]) =>
      type !== FileType.Directory && /\.onnx$/i.test(name) ? [name] : [],
    );
    return names.map((name) => Uri.joinPath(folder, name));
  } catch {
    // Gone since it was found; the watcher asks again.
    return [];
  }
}

function parent(file: Uri): Uri {
  return file.with({ path: dirname(file.path) });
}
