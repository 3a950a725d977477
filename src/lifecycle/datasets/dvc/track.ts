// What `dvc add` writes: contents in the cache, the `.dvc` file beside the data, a line in .gitignore.
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { explainDiskFault } from '../../../platform/files/disk-fault';
import { askGit } from '../../../platform/git/ask-git';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { commandText } from '../../../protocol/recording/command-line';
import { digestFile } from '../content/file-digest';
import { dvcFolder } from '../content/listing';
import { cachePlace } from './dvc-cache';
import { dvcFileFolder, dvcFileText, isImport, type NewOut } from './dvc-file';
import { dvcIgnore } from './dvc-ignore';
import { DvcRepository } from './dvc-repository';

/** What to track and what was read of it. `path` is how the workspace calls it, where commands are typed. `isFolder`: the files lie below it; else there is one, its path ''. */
export interface TrackedContent {
  place: string;
  path: string;
  isFolder: boolean;
  files: readonly DatasetFile[];
}

/** What was written: the `.dvc` file, absolute, and the id that it asks for. */
export interface Tracked {
  dvcFile: string;
  id: string;
}

/** Objects are read-only: DVC believes such an object without reading it again. */
const objectMode = 0o444;

/**
 * Writes what `dvc add` would. The contents come first and the `.dvc` file last, so that a broken-off attempt leaves
 * nothing that names what is not there. `onBytes` is told of what was copied and may throw. Throws SlipwayError `invalid`
 * where there is no repository of DVC's, where git, a stage or an import has the path already, or where a folder above is tracked;
 * `conflict` for a file that changed since it was read.
 */
export async function trackWithDvc(content: TrackedContent, onBytes: (bytes: number) => void): Promise<Tracked> {
  const repository = DvcRepository.around(dirname(content.place));
  if (repository === undefined) {
    const sentence = `${dirname(content.place)} is not in a DVC repository. Run \`dvc init\` at the top of the project first.`;
    throw new SlipwayError('invalid', sentence);
  }
  const { cache, isWithoutGit } = repository.config;
  const dvcFile = requireFree(repository, content.place);
  if (!isWithoutGit) await requireNotInGit(content);
  const rules = content.files.find(({ path }) => basename(path) === '.dvcignore');
  if (rules !== undefined) {
    const sentence = `${content.place} holds a .dvcignore (${rules.path}), and DVC tracks no such folder. Move it above.`;
    throw new SlipwayError('invalid', sentence);
  }
  const isIgnored = dvcIgnore(repository.root);
  const files = content.files.filter(({ path }) => !isIgnored(join(content.place, path)));
  if (files.length === 0) throw new SlipwayError('invalid', `DVC ignores ${content.place} (.dvcignore).`);
  try {
    for (const file of files) keepObject(cache, join(content.place, file.path), file.md5, onBytes);
    const out = content.isFolder ? keepListing(cache, content.place, files) : singleOut(content.place, files);
    if (!isWithoutGit) await ignoreInGit(content.place);
    return writeDvcFile(dvcFile, content.place, out);
  } catch (error) {
    throw explainDiskFault(error, repository.root);
  }
}

/** The `.dvc` file that is to be written: the one that names the path already, else the one beside it. */
function requireFree(repository: DvcRepository, place: string): string {
  const { outs } = repository.state();
  const above = outs.find((out) => place !== out.place && place.startsWith(out.place + sep));
  if (above !== undefined) {
    const sentence = `${above.place} holds it and is tracked by DVC already (${basename(above.saidBy)}). Track one of the two.`;
    throw new SlipwayError('invalid', sentence);
  }
  const below = outs.find((out) => out.place.startsWith(place + sep));
  if (below !== undefined) {
    const sentence = `${below.place} in it is tracked by DVC already (${basename(below.saidBy)}). Track one of the two.`;
    throw new SlipwayError('invalid', sentence);
  }
  const made = outs.find((out) => out.place === place && out.stage !== null);
  if (made !== undefined) {
    const sentence = `The stage ${made.stage} of dvc.yaml writes it, so DVC tracks it already. Run \`dvc repro\` to bring it up to date.`;
    throw new SlipwayError('invalid', sentence);
  }
  const dvcFile = outs.find((out) => out.place === place)?.saidBy ?? `${place}.dvc`;
  if (!existsSync(dvcFile) || !isImport(dvcFile)) return dvcFile;
  const sentence = `${basename(place)} is an import of DVC's. \`dvc update ${basename(dvcFile)}\` fetches it again, \`dvc commit ${basename(dvcFile)}\` keeps what is here.`;
  throw new SlipwayError('invalid', sentence);
}

/** DVC refuses what git keeps too: it would be kept twice, and the .gitignore would have no effect. */
async function requireNotInGit({ place, path }: TrackedContent): Promise<void> {
  const asked = await askGit(dirname(place), ['ls-files', '--', basename(place)], 1000);
  if (asked.code !== 0 || asked.output.trim() === '') return;
  const command = commandText(['git', 'rm', '-r', '--cached', path]);
  const sentence = `Git keeps ${path} already. Take it out with \`${command}\`, then track it.`;
  throw new SlipwayError('invalid', sentence);
}

function keepObject(cache: string, place: string, md5: string, onBytes: (bytes: number) => void): void {
  const object = cachePlace(cache, md5, 'md5');
  if (existsSync(object)) {
    onBytes(statSync(object).size);
    return;
  }
  mkdirSync(dirname(object), { recursive: true });
  const unfinished = `${object}.${process.pid}.unfinished`;
  try {
    copyFileSync(place, unfinished, constants.COPYFILE_FICLONE);
    if (digestFile(unfinished, { names: ['md5'], read: onBytes }).md5 !== md5) {
      throw new SlipwayError('conflict', `${place} changed since it was read. Refresh the dataset, then try again.`);
    }
    chmodSync(unfinished, objectMode);
    renameSync(unfinished, object);
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (SlipwayError.is(error) || systemCodeOf(error) !== 'ENOENT') throw error;
    throw new SlipwayError('conflict', `${place} is gone since it was read (${messageOf(error)}).`, { cause: error });
  }
}

function singleOut(place: string, [file]: readonly DatasetFile[]): NewOut {
  return { path: basename(place), md5: file?.md5 as string, bytes: file?.bytes as number, files: null };
}

function keepListing(cache: string, place: string, files: readonly DatasetFile[]): NewOut {
  const { text, md5 } = dvcFolder(files);
  const object = cachePlace(cache, `${md5}.dir`, 'md5');
  if (!existsSync(object)) {
    mkdirSync(dirname(object), { recursive: true });
    const unfinished = `${object}.${process.pid}.unfinished`;
    writeFileSync(unfinished, text, { mode: objectMode });
    renameSync(unfinished, object);
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { path: basename(place), md5, bytes, files: files.length };
}

function writeDvcFile(dvcFile: string, place: string, out: NewOut): Tracked {
  const known = existsSync(dvcFile) ? readFileSync(dvcFile, 'utf8') : undefined;
  const unfinished = `${dvcFile}.${process.pid}.unfinished`;
  const path = relative(known === undefined ? dirname(dvcFile) : dvcFileFolder(dvcFile), place);
  writeFileSync(unfinished, dvcFileText({ ...out, path: path.split(sep).join('/') }, known));
  renameSync(unfinished, dvcFile);
  return { dvcFile, id: out.files === null ? out.md5 : `${out.md5}.dir` };
}

async function ignoreInGit(place: string): Promise<void> {
  const folder = dirname(place);
  const asked = await askGit(folder, ['check-ignore', '-q', '--', basename(place)], 1000);
  // Neither: there is no git here, or no repository of it.
  if (asked.code !== 1) return;
  const path = join(folder, '.gitignore');
  const known = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const line = `/${basename(place).replace(/[\\!#*?[\]]| $/g, '\\$&')}`;
  writeFileSync(path, `${known}${known === '' || known.endsWith('\n') ? '' : '\n'}${line}\n`);
}
