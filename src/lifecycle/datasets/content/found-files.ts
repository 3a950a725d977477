// The files that a dataset's path stands for: one file, all below a folder, those a pattern matches, or a list of these.
import { type BigIntStats, type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
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
    if (wanted.kind === 'file') this.#take(this.#pathOf(place), place, statOf(place));
    else if (wanted.kind === 'folder') this.#folder(place, this.#below(place, Number.POSITIVE_INFINITY));
    else this.#folder(place, { ...this.#below(place, wanted.depth), matcher: wanted.matcher });
  }

  #below(place: string, depth: number): FolderTerms {
    const path = this.#pathOf(place);
    return { depth, above: new Set(), prefix: path === '' ? '' : `${path}/`, within: '' };
  }

  #pathOf(place: string): string {
    return relative(this.#root, place).split(sep).join('/');
  }

  #folder(folder: string, terms: FolderTerms): void {
    const real = realpathSync(folder);
    if (terms.above.has(real)) {
      this.#note(`${this.#pathOf(folder)} is a link that leads back to a folder above it and was passed over.`);
      return;
    }
    const above = new Set([...terms.above, real]);
    const start = folder.endsWith(sep) ? folder : folder + sep;
    for (const entry of entriesOf(folder)) {
      this.#seen += 1;
      if (this.#seen % 1000 === 0) this.#goOn();
      const { name } = entry;
      if (!passedOver.has(name)) this.#entry(entry, start + name, { ...terms, above });
    }
  }

  #entry(entry: Dirent, place: string, terms: FolderTerms): void {
    const { name } = entry;
    const isFile = entry.isFile();
    const isLink = entry.isSymbolicLink();
    const stat = isFile || isLink ? wantedStat(place, terms.within + name, terms) : undefined;
    if (stat?.isFile()) this.#take(terms.prefix + name, place, stat);
    else if (entry.isDirectory() || stat?.isDirectory()) {
      if (terms.depth <= 1) return;
      const [prefix, within] = [`${terms.prefix}${name}/`, `${terms.within}${name}/`];
      this.#folder(place, { ...terms, depth: terms.depth - 1, prefix, within });
    } else if (!isFile && !isLink) this.#note(`${terms.prefix}${name} is no file and was passed over.`);
  }

  #take(path: string, place: string, stat: BigIntStats): void {
    this.#files.set(path, { path, place, stat });
  }

  #note(sentence: string): void {
    if (this.notes.length < mostNotes) this.notes.push(sentence);
  }
}

/** Undefined for a file that the pattern does not match; `path` is relative to where the pattern begins. */
function wantedStat(place: string, path: string, { matcher }: FolderTerms): BigIntStats | undefined {
  if (matcher === undefined || matcher.test(path)) return statOf(place);
  const found = statSync(place, { bigint: true, throwIfNoEntry: false });
  return found?.isDirectory() ? found : undefined;
}

/** `prefix` begins the paths below the folder, `within` those that the pattern is asked about. */
interface FolderTerms {
  depth: number;
  above: ReadonlySet<string>;
  prefix: string;
  within: string;
  matcher?: RegExp;
}

function entriesOf(folder: string): Dirent[] {
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
