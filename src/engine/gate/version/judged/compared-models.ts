// What rules compare a version with: the champion, other versions, files beside slipway.yaml, models of commits. Each word
// has content that it means today, so that nobody is judged by one thing and moved by another.
import { createReadStream, statSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import { type EvidenceSubject, filesDigest } from '../../../../lifecycle/models/decision/evidence';
import { hadChampion } from '../../../../lifecycle/models/decision/store/champion-history';
import type { ModelVersionRow } from '../../../../lifecycle/models/model-version';
import { contentHash } from '../../../../platform/files/content-hash';
import { askGit } from '../../../../platform/git/ask-git';
import { type NothingCompared, noChampion, versionItself } from '../../../../protocol/models/gate/compared-words';
import type { GateOther } from '../../../../protocol/models/gate/gate-questions';
import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import type { VersionFile } from '../../../../protocol/models/registry/model-version';
import type { Services } from '../../../services';
import { placeBelow } from '../../kinds/place-below';
import type { KnownHashes } from './known-hashes';
import { partnersOf } from './model-partners';
import { VersionFiles } from './version-files';

type Parts = Pick<Services, 'artifacts' | 'runs' | 'models' | 'layout' | 'opened'>;

/** The version that is judged, and its rules. `known`: what is only shown need not be read anew. */
export interface Comparing {
  row: ModelVersionRow;
  definition: ModelDefinition;
  known?: KnownHashes | undefined;
}

/** A word that rules use, and what it is. */
type Found =
  | { kind: 'version'; row: ModelVersionRow }
  | { kind: 'wrong'; why: string }
  | { kind: 'file'; path: string }
  | { kind: 'commit'; name: string; commit: string; path: string }
  | ({ kind: 'none' } & NothingCompared);

/** What the words mean: `others` for the gate, the rest for what names the evidence. */
export interface ComparedModels {
  others: Record<string, GateOther>;
  pins: EvidenceSubject['data'];
  champion: EvidenceSubject['champion'];
}

/** The version in production; null where there is none, or it is the one that is judged. `files` is '' where they are gone. */
export async function championPin(
  parts: Parts,
  { row, known }: Comparing,
  signal: AbortSignal,
): Promise<EvidenceSubject['champion']> {
  const champion = parts.models.decisions.championOf(row.model);
  if (champion === undefined || champion.version === row.version) return null;
  const files = await tolerated(async () => (await VersionFiles.of(parts, champion)).hashed(signal, known));
  return { version: champion.version, files: 'none' in files ? '' : filesDigest(files) };
}

/** Each word but `champion` with what names its content; '' of what is not there. */
export async function comparedPins(
  parts: Parts,
  comparing: Comparing,
  signal: AbortSignal,
): Promise<EvidenceSubject['data']> {
  const pins: EvidenceSubject['data'] = [];
  for (const word of words(comparing)) {
    if (word !== 'champion')
      pins.push(
        await pinOf(parts, word, { found: await find(parts, comparing, word), signal, known: comparing.known }),
      );
  }
  return pins;
}

/** Lays all of them below `folder`. The pins are of what was laid there. Throws when it is taken back. */
export async function comparedModels(
  parts: Parts,
  comparing: Comparing,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<ComparedModels> {
  const compared: ComparedModels = { others: {}, pins: [], champion: await championPin(parts, comparing, signal) };
  for (const [at, word] of words(comparing).entries()) {
    const found = await find(parts, comparing, word);
    const laid = await tolerated(() => lay(parts, found, { folder: join(folder, `other-${at}`), signal }));
    if ('none' in laid) {
      compared.others[word] = nothingOf(parts, found, laid.none);
      if (word !== 'champion') compared.pins.push({ name: `against ${word}`, version: unreadable(found) });
      continue;
    }
    const isOther = found.kind === 'version' && !isAsDecided(parts, found.row, laid.content);
    compared.others[word] = isOther ? { wrong: otherFiles(found.row) } : laid.other;
    if (word !== 'champion') compared.pins.push({ name: `against ${word}`, version: laid.content });
    else if (compared.champion?.files !== laid.content) throw changed(word);
  }
  return compared;
}

/** The registered version that a word means, for its data; or why there is none. */
export async function comparedVersion(
  parts: Parts,
  comparing: Comparing,
  word: string,
): Promise<ModelVersionRow | { none: string; isFirst: boolean }> {
  const found = await find(parts, comparing, word);
  if (found.kind === 'version') return found.row;
  if (found.kind === 'wrong') throw new SlipwayError('conflict', found.why);
  if (found.kind === 'none') return found;
  return { none: `${word} is no registered version: what it was trained on is not known.`, isFirst: false };
}

function words({ definition }: Comparing): string[] {
  return [...new Set(definition.gates.flatMap((rule) => ('against' in rule ? (rule.against ?? []) : [])))];
}

async function find(parts: Parts, { row }: Comparing, word: string): Promise<Found> {
  if (word === 'champion') return champion(parts, row);
  if (word.startsWith('git:')) return commitOf(parts, word);
  const registered = registeredAs(parts, row, word);
  if (registered !== undefined) {
    const doubt = isNumber(word) ? null : parts.models.decisions.aliasDoubt(registered, word.replace(/^@/, ''));
    if (doubt !== null) return { kind: 'wrong', why: notCompared(doubt) };
    return registered.version === row.version ? nothing(versionItself(word)) : { kind: 'version', row: registered };
  }
  const path = isNumber(word) ? undefined : placeBelow(parts.layout.root, word);
  if (path !== undefined && statSync(path).isFile()) return { kind: 'file', path };
  const none = `${word} is no version and no alias of ${row.name}, and no file beside slipway.yaml.`;
  return { kind: 'none', none, isFirst: false };
}

/** What the registry knows of a word goes before any file: whoever may write files must not choose what a rule compares with. */
function registeredAs({ models }: Parts, { name }: ModelVersionRow, word: string): ModelVersionRow | undefined {
  const named = word.replace(/^@/, '');
  try {
    return isNumber(word) ? models.versions.row(name, Number(named)) : models.aliases.version(name, named);
  } catch (error) {
    if (SlipwayError.is(error)) return undefined;
    throw error;
  }
}

/** A number is a version, also where there is none of it. */
function isNumber(word: string): boolean {
  return /^@?\d+$/.test(word);
}

function nothing(why: NothingCompared): Found {
  return { kind: 'none', ...why };
}

function champion({ models, opened }: Parts, { model, name, version }: ModelVersionRow): Found {
  const row = models.decisions.championOf(model);
  const doubt = models.decisions.championDoubt({ model, name });
  if (doubt !== null) return { kind: 'wrong', why: notCompared(doubt) };
  if (row !== undefined) return row.version === version ? nothing(versionItself('champion')) : { kind: 'version', row };
  return nothing(noChampion(name, hadChampion(opened.database, { model, name })));
}

/** What stands in a protected place has the files that were decided over. */
function isAsDecided({ models }: Parts, row: ModelVersionRow, content: string): boolean {
  return models.decisions.decidedPlaces(row).every(({ files }) => files === content);
}

/** Of what could not be laid there. A version that was decided over, and that nobody can read any more, is not one that never was. */
function nothingOf(parts: Parts, found: Found, none: string): GateOther {
  if (found.kind === 'wrong') return { wrong: found.why };
  if (found.kind === 'version' && !isAsDecided(parts, found.row, ''))
    return { wrong: `${none} ${otherFiles(found.row)}` };
  return { none, isFirst: found.kind === 'none' && found.isFirst };
}

/** What names the content of what is not there. */
function unreadable({ kind }: Found): string {
  return kind === 'wrong' ? kind : '';
}

function notCompared(why: string): string {
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}. Nothing is compared with it: \`slipway audit verify\` tells more.`;
}

function otherFiles({ name, version }: ModelVersionRow): string {
  const back = `put them back, or go back to the one before: slipway rollback ${name} --reason …`;
  return `The files of ${name}@${version} are not those that were decided over, and nothing is compared with them: ${back}`;
}

/** A branch moves: what is judged is the commit that it names now. */
async function commitOf({ layout }: Parts, address: string): Promise<Found> {
  const [, name = '', path = ''] = /^git:([^:]+):(.+)$/.exec(address) ?? [];
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { code, output } = await askGit(layout.root, args, 1000);
  if (name !== '' && code === 0) return { kind: 'commit', name: address, commit: output.trim(), path };
  return { kind: 'none', none: `git knows no commit ${name || address}. Write git:REF:PATH.`, isFirst: false };
}

async function pinOf(
  parts: Parts,
  word: string,
  { found, signal, known }: { found: Found; signal: AbortSignal; known: KnownHashes | undefined },
): Promise<{ name: string; version: string }> {
  const content = await tolerated(async () => {
    if (found.kind === 'version')
      return filesDigest(await (await VersionFiles.of(parts, found.row)).hashed(signal, known));
    if (found.kind === 'file') return filesDigest(await beside(found.path));
    return found.kind === 'commit' ? found.commit : unreadable(found);
  });
  return { name: `against ${word}`, version: typeof content === 'string' ? content : '' };
}

interface Laid {
  other: GateOther;
  content: string;
}

async function lay(
  parts: Parts,
  found: Found,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<Laid> {
  if (found.kind === 'none') throw new SlipwayError('not-found', found.none);
  if (found.kind === 'wrong') throw new SlipwayError('conflict', found.why);
  if (found.kind === 'commit') {
    return {
      other: { commit: `git:${found.commit}:${found.path}`, name: found.name, isDue: true },
      content: found.commit,
    };
  }
  await mkdir(folder, { recursive: true });
  if (found.kind === 'file') {
    const name = basename(found.path);
    for (const each of await partners(found.path)) await copyFile(join(dirname(found.path), each), join(folder, each));
    const path = join(folder, name);
    return { other: { path, name, version: null }, content: filesDigest(await beside(path)) };
  }
  const files = await VersionFiles.of(parts, found.row);
  const content = filesDigest(await files.copied(folder, signal));
  return {
    other: { path: join(folder, files.model()), name: files.name, version: String(found.row.version) },
    content,
  };
}

async function beside(path: string): Promise<VersionFile[]> {
  const names = await partners(path);
  return Promise.all(
    names.map(async (name) => ({ path: name, ...(await contentHash(createReadStream(join(dirname(path), name)))) })),
  );
}

async function partners(path: string): Promise<string[]> {
  const entries = await readdir(dirname(path), { withFileTypes: true });
  return partnersOf(
    basename(path),
    entries.filter((entry) => entry.isFile()).map(({ name }) => name),
  );
}

/** SlipwayErrors as why there is nothing. */
async function tolerated<T>(act: () => Promise<T>): Promise<T | { none: string }> {
  try {
    return await act();
  } catch (error) {
    if (SlipwayError.is(error)) return { none: error.message };
    throw error;
  }
}

function changed(word: string): SlipwayError {
  return new SlipwayError(
    'conflict',
    `The files of ${word} changed while they were read. Nothing was kept: try again.`,
  );
}
