// Which dataset a path on the disk belongs to, whatever its bytes were.
import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { DatasetDefinition } from '../../protocol/datasets/dataset';
import { globMatcher, isGlob } from './content/glob';

/** Finds datasets by path. */
export class DatasetPlaces {
  readonly #places: { name: string; path: string; holds: (place: string) => boolean }[];

  /** `folder` is where the paths of definitions begin. */
  constructor(folder: string, datasets: readonly { name: string; definition: DatasetDefinition }[]) {
    this.#places = datasets.flatMap(({ name, definition: { path } }) =>
      [path ?? []].flat().map((each) => {
        const place = realPlace(resolve(folder, each));
        return { name, path: place, holds: holderOf(place) };
      }),
    );
  }

  /** The dataset that has this absolute path, or in which it lies; undefined for none. Links are followed. */
  at(place: string): string | undefined {
    const real = realPlace(place);
    return this.#places.find(({ holds }) => holds(real))?.name;
  }

  /** The same, and the first dataset that lies below this path. */
  touched(place: string): string | undefined {
    const real = realPlace(place);
    const above = real.endsWith(sep) ? real : real + sep;
    return this.at(place) ?? this.#places.find(({ path }) => path.startsWith(above))?.name;
  }
}

/** Without links, as far as it exists. */
function realPlace(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    const folder = dirname(place);
    return folder === place ? place : join(realPlace(folder), basename(place));
  }
}

function holderOf(path: string): (place: string) => boolean {
  const posix = path.split(sep).join('/');
  const matcher = isGlob(posix) ? globMatcher(posix) : undefined;
  return (place) =>
    place === path ||
    place.startsWith(path.endsWith(sep) ? path : path + sep) ||
    matcher?.test(place.split(sep).join('/')) === true;
}
