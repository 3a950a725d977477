// Which Python a script of a folder is started with.
import { join } from 'node:path';
import { extensions, type WorkspaceFolder } from 'vscode';
import { isExecutable, isOnPath } from './program-lookup';

/** What is used here of the Python extension's public interface. */
interface PythonExtension {
  environments?: { getActiveEnvironmentPath(resource: unknown): { path: string } };
}

/**
 * The interpreter chosen in the Python extension, else the folder's own environment (`.venv`, `venv`), else the name
 * that is on the PATH.
 */
export async function pythonInterpreter(folder: WorkspaceFolder): Promise<string> {
  const root = folder.uri.fsPath;
  const isWindows = process.platform === 'win32';
  const own = ['.venv', 'venv'].map((name) => join(root, name, isWindows ? 'Scripts/python.exe' : 'bin/python'));
  const named = (await chosenInEditor(folder)) ?? own.find(isExecutable);
  if (named !== undefined) return named;
  return isWindows || isOnPath('python') || !isOnPath('python3') ? 'python' : 'python3';
}

async function chosenInEditor(folder: WorkspaceFolder): Promise<string | undefined> {
  const python = extensions.getExtension<PythonExtension>('ms-python.python');
  try {
    const path = (await python?.activate())?.environments?.getActiveEnvironmentPath(folder.uri).path;
    // Without a choice it answers with a bare name.
    return path?.includes('/') || path?.includes('\\') ? path : undefined;
  } catch {
    return undefined;
  }
}
