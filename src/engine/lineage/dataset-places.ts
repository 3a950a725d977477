// Which dataset a path on the disk belongs to, whatever its bytes were.
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globMatcher, isGlob } from '../../lifecycle/datasets/content/glob';
import type { DatasetDefinition } from '../../protocol/datasets/dataset';

/** Finds datasets by path. */
export class DatasetPlaces {
  readonly #places: { name: string; holds: (place: string) => boolean }[];

  /** `folder` is where the paths of definitions begin. */
  constructor(folder: string, datasets: readonly { name: string; definition: DatasetDefinition }[]) {
    this.#places = datasets.flatMap(({ name, definition: { path } }) =>
      [path ?? []].flat().map((each) => ({ name, holds: holderOf(resolve(folder, each)) })),
    );
  }

  /** The dataset that has this absolute path, or lies in it; undefined for none. */
  at(place: string): string | undefined {
    return this.#places.find(({ holds }) => holds(place))?.name;
  }
}

function holderOf(path: string): (place: string) => boolean {
  const posix = path.split(sep).join('/');
  const matcher = isGlob(posix) ? globMatcher(posix) : undefined;
  return (place) =>
    place === path ||
    place.startsWith(path.endsWith(sep) ? path : path + sep) ||
    path.startsWith(place + sep) ||
    matcher?.test(place.split(sep).join('/')) === true;
}

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

function uriOf(source: string): string | undefined {
  try {
    const { uri, path, url } = JSON.parse(source) as Record<string, unknown>;
    return [uri, path, url].find((each): each is string => typeof each === 'string');
  } catch {
    return undefined;
  }
}
