// What slipway gate is about: an .onnx file, or a version of a registered model, and what its rules compare it with.
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import { type RegistryVersion, registryVersion } from '../client/registry/registry-reading';
import { fetchVersion } from '../client/registry/version-files';
import { trackingGet } from '../client/tracking/tracking-requests';
import { noChampion, versionItself } from '../protocol/models/gate/compared-words';
import type { GateFilesQuery, GateOther, GateSubject } from '../protocol/models/gate/gate-questions';
import { type NamedVersion, namedVersion } from './decision';

/** What of the question is about models. */
export type GateModels = Pick<GateFilesQuery, 'candidate' | 'others' | 'logged' | 'said'>;

/** `against`: what was named for all rules; `wanted`: what the rules name themselves. */
export interface GateWishes {
  against: string | undefined;
  wanted: readonly string[];
}

/** NAME@V; undefined for what is a file, or names no version. */
export function versionNamed(subject: string): NamedVersion | undefined {
  return existsSync(subject) || subject.lastIndexOf('@') <= 0 ? undefined : namedVersion(subject);
}

/** Of a file nothing is known but what is named: for all rules, or by a rule itself from `folder`, that of slipway.yaml. Throws SlipwayError `not-found`. */
export function fileModels(file: string, { against, wanted, folder }: GateWishes & { folder: string }): GateModels {
  const candidate = { path: existingModel(file), name: basename(file), version: null };
  // Also where no rule compares: the rules themselves may be others than those of its commit.
  const others: Record<string, GateOther> = against === undefined ? {} : { [against]: namedOther(against) };
  for (const word of wanted) {
    const place = resolve(folder, word);
    if (against !== undefined) others[word] = namedOther(against);
    else if (word.startsWith('git:')) others[word] = namedOther(word);
    else if (/\.onnx$/i.test(word))
      others[word] = existsSync(place) ? { path: place, name: word, version: null } : noFile(word);
  }
  return { candidate, others, logged: {}, said: {} };
}

function noFile(word: string): GateOther {
  return { none: `There is no file ${word} in the folder of slipway.yaml.`, isFirst: false };
}

/**
 * Copies the files of the version, and of those it is compared with, below `scratch`; `folder` is that of slipway.yaml,
 * from which its rules name files. Throws SlipwayError `not-found`.
 */
export async function versionModels(
  client: EngineClient,
  { name, version }: { name: string; version: string },
  { against, wanted, folder, scratch }: GateWishes & { folder: string; scratch: string },
): Promise<GateModels> {
  const own = await registryVersion(client, name, version);
  const candidate = await fetched(client, own, join(scratch, 'candidate'));
  const others: Record<string, GateOther> = {};
  for (const [at, word] of wanted.entries()) {
    const place = join(scratch, `other-${at}`);
    others[word] =
      against === undefined
        ? await otherOf(client, { own, place, word, folder })
        : (fileNamed(against, process.cwd()) ?? (await otherOf(client, { own, place, word: against, folder: null })));
  }
  return {
    candidate,
    others,
    logged: await loggedBy(client, own),
    said: { ...own.tags, description: own.description },
  };
}

/** As the engine reads the words of rules: what is registered goes before files in `folder`. */
async function otherOf(
  client: EngineClient,
  { own, place, word, folder }: { own: RegistryVersion; place: string; word: string; folder: string | null },
): Promise<GateOther> {
  let named = word.replace(/^@/, '');
  if (word === 'champion') {
    const { champion, hadChampion } = await client.api.registry.get.query({ name: own.name, limit: 1 });
    if (champion === null) return noChampion(own.name, hadChampion);
    named = champion;
  }
  try {
    const found = await registryVersion(client, own.name, named);
    return found.version === own.version ? versionItself(word) : await fetched(client, found, place);
  } catch (error) {
    const file = SlipwayError.is(error) && folder !== null ? fileNamed(word, folder) : undefined;
    if (file === undefined) throw error;
    return file;
  }
}

function fileNamed(word: string, from: string): GateOther | undefined {
  if (word.startsWith('git:')) return namedOther(word);
  const file = resolve(from, word);
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? namedOther(file) : undefined;
}

async function fetched(client: EngineClient, version: RegistryVersion, folder: string): Promise<GateSubject> {
  const path = await fetchVersion(client, version, folder);
  return { path, name: `${version.name}@${version.version}`, version: version.version };
}

async function loggedBy(client: EngineClient, { run_id }: RegistryVersion): Promise<Record<string, number>> {
  if (run_id === '') return {};
  const { run } = await trackingGet<{ run: { data: { metrics?: { key: string; value: number | string }[] } } }>(
    client,
    'runs/get',
    { run_id },
  );
  return Object.fromEntries((run.data.metrics ?? []).map(({ key, value }) => [key, Number(value)]));
}

function namedOther(against: string): GateOther {
  if (against.startsWith('git:')) return { commit: against };
  return { path: existingModel(against), name: basename(against), version: null };
}

function existingModel(file: string): string {
  if (existsSync(file)) return resolve(file);
  throw new SlipwayError('not-found', `There is no file ${file}. Name an .onnx file, or a version as NAME@V.`);
}
