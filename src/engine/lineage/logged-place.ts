// Where the data lie that a run logged.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The absolute path that MLflow's word for a dataset's source names, a path of no root beginning at `folder`; undefined
 * for code, tables of servers and what lies elsewhere.
 */
export function placeOfSource(source: string, folder: string): string | undefined {
  const uri = uriOf(source);
  if (uri === undefined || uri === '') return undefined;
  if (uri.startsWith('file:')) {
    try {
      return fileURLToPath(uri);
    } catch {
      return undefined;
    }
  }
  return /^[a-z][a-z0-9+.-]+:/i.test(uri) ? undefined : resolve(folder, uri);
}

/** The version that Slipway's own word for a source names, by its SHA-256; undefined where another wrote it. */
export function versionOfSource(source: string): string | undefined {
  try {
    const { version } = JSON.parse(source) as Record<string, unknown>;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

function uriOf(source: string): string | undefined {
  try {
    const { uri, path, url } = JSON.parse(source) as Record<string, unknown>;
    return [uri, path, url].find((each): each is string => typeof each === 'string');
  } catch {
    return undefined;
  }
}
