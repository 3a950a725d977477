// The files that a dataset's path stands for: one file, all below a folder, those a pattern matches, or a list of these.
import { type BigIntStats, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { globDepth, globMatcher, globParts, isGlob } from './glob';
import type { ListingKind } from './listing';

/** One file as it was found. `path` is relative to where the dataset begins, with forward slashes; '' for a single file. */
export interface FoundFile {
  path: string;
  place: string;
  stat: BigIntStats;
}

/** `root` is where the dataset begins; `kind`: one file, all below one folder, or what patterns and lists name. */
export interface FoundFiles {
  root: string;
  kind: ListingKind;
  files: FoundFile[];
  /** One sentence each: what was passed over. */
  notes: string[];
}

/** Folders of tools, which are nobody's data. */
const passedOver = new Set(['.slipway', '.git']);
const mostNotes = 5;

/**
 * Finds the files of `paths`, which are relative to `folder`. Throws SlipwayError `not-found` where there is nothing,
 * `invalid` for what cannot be read, such as a link to nothing. `goOn` is called now and then and may throw.
 */
export function findFiles(folder: string, paths: readonly string[], goOn: () => void): FoundFiles {
  const wanted = paths.map((path) => wantedAt(folder, path));
  const [only] = wanted;
  if (wanted.length === 1 && only?.kind === 'file') {
    const { place } = only;
    return { root: dirname(place), kind: 'single', files: [{ path: '', place, stat: statOf(place) }], notes: [] };
  }
  const root = commonFolder(wanted.map((each) => (each.kind === 'file' ? dirname(each.place) : each.place)));
  const walk = new Walk(root, goOn);
  for (const each of wanted) walk.add(each);
  const files = walk.files();
  if (files.length === 0) {
    throw new SlipwayError(
      'not-found',
      `${paths.join(', ')}: there is no file. Check the path; it begins at ${folder}.`,
    );
  }
  const isFolder = wanted.length === 1 && only?.kind === 'folder';
  return { root, kind: isFolder ? 'folder' : 'list', files, notes: walk.notes };
}

type Wanted =
  | { kind: 'file'; place: string }
  | { kind: 'folder'; place: string }
  | { kind: 'glob'; place: string; matcher: RegExp; depth: number };

function wantedAt(folder: string, path: string): Wanted {
  const place = resolve(folder, path);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found?.isFile()) return { kind: 'file', place };
  if (found?.isDirectory()) return { kind: 'folder', place };
  if (found !== undefined) throw new SlipwayError('invalid', `${path} is a device, a pipe or a socket, and no data.`);
  // A name that is there is meant as it is, whatever its characters could mean.
  const absolute = place.split(sep).join('/');
  if (!isGlob(absolute))
    throw new SlipwayError('not-found', `${path} does not exist. Check the path; it begins at ${folder}.`);
  const { folder: start, rest } = globParts(absolute);
  if (!statSync(start || '/', { throwIfNoEntry: false })?.isDirectory()) {
    throw new SlipwayError('not-found', `${path} matches nothing: there is no folder ${start}.`);
  }
  return { kind: 'glob', place: start || '/', matcher: globMatcher(rest), depth: globDepth(rest) };
}

class Walk {
  readonly notes: string[] = [];
  readonly #root: string;
  readonly #goOn: () => void;
  readonly #files = new Map<string, FoundFile>();
  #seen = 0;

  constructor(root: string, goOn: () => void) {
    this.#root = root;
    this.#goOn = goOn;
  }

  files(): FoundFile[] {
    return [...this.#files.values()];
  }

  add(wanted: Wanted): void {
    const { place } = wanted;
    if (wanted.kind === 'file') this.#take(place, statOf(place));
    else if (wanted.kind === 'folder') this.#folder(place, { depth: Number.POSITIVE_INFINITY, above: new Set() });
    else this.#folder(place, { depth: wanted.depth, above: new Set(), start: place, matcher: wanted.matcher });
  }

  #folder(folder: string, terms: FolderTerms): void {
    const real = realpathSync(folder);
    if (terms.above.has(real)) {
      this.#note(`${relative(this.#root, folder)} is a link that leads back to a folder above it and was passed over.`);
      return;
    }
    const above = new Set([...terms.above, real]);
    for (const entry of entriesOf(folder)) {
      this.#seen += 1;
      if (this.#seen % 1000 === 0) this.#goOn();
      if (passedOver.has(entry.name)) continue;
      const place = join(folder, entry.name);
      const isFile = entry.isFile();
      const stat = isFile || entry.isSymbolicLink() ? this.#wantedStat(place, terms) : undefined;
      if (stat?.isFile()) this.#take(place, stat);
      else if (entry.isDirectory() || stat?.isDirectory()) {
        if (terms.depth > 1) this.#folder(place, { ...terms, above, depth: terms.depth - 1 });
      } else if (!isFile && stat === undefined && !entry.isSymbolicLink()) {
        this.#note(`${relative(this.#root, place)} is no file and was passed over.`);
      }
    }
  }

  /** Undefined for a file that the pattern does not match. */
  #wantedStat(place: string, { start, matcher }: FolderTerms): BigIntStats | undefined {
    if (matcher === undefined || start === undefined) return statOf(place);
    if (matcher.test(relative(start, place).split(sep).join('/'))) return statOf(place);
    const found = statSync(place, { bigint: true, throwIfNoEntry: false });
    return found?.isDirectory() ? found : undefined;
  }

  #take(place: string, stat: BigIntStats): void {
    const path = relative(this.#root, place).split(sep).join('/');
    this.#files.set(path, { path, place, stat });
  }

  #note(sentence: string): void {
    if (this.notes.length < mostNotes) this.notes.push(sentence);
  }
}

interface FolderTerms {
  depth: number;
  above: ReadonlySet<string>;
  start?: string;
  matcher?: RegExp;
}

function entriesOf(folder: string): import('node:fs').Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new SlipwayError('invalid', `${folder} cannot be read (${systemCodeOf(error) ?? messageOf(error)}).`, {
      cause: error,
    });
  }
}

function statOf(place: string): BigIntStats {
  try {
    return statSync(place, { bigint: true });
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' && place.includes('\uFFFD')) {
      const sentence = `A file in ${dirname(place)} has a name that is not UTF-8. Rename it.`;
      throw new SlipwayError('invalid', sentence, { cause: error });
    }
    const why =
      code === 'ENOENT'
        ? 'is a link to nothing, or went away meanwhile'
        : code === 'ELOOP'
          ? 'is a link in a circle'
          : `cannot be read (${code ?? messageOf(error)})`;
    throw new SlipwayError('invalid', `${basename(place)} in ${dirname(place)} ${why}.`, { cause: error });
  }
}

/** The deepest folder that holds all of these. */
function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...others] = folders;
  return others.reduce((common, folder) => {
    let shared = common;
    while (folder !== shared && !folder.startsWith(shared.endsWith(sep) ? shared : shared + sep))
      shared = dirname(shared);
    return shared;
  }, first);
}
