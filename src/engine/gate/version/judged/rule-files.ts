// Files beside slipway.yaml that a verdict rests on: predictions, golden cases and what these name, contracts. They are pinned
// by their bytes.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { SlipwayError, systemCodeOf } from '../../../../base/errors';
import { contentHash } from '../../../../platform/files/content-hash';
import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import { countText } from '../../../../protocol/wording';
import type { Services } from '../../../services';
import { placeBelow } from '../../kinds/place-below';
import { heeding } from './heeding';

const mostFiles = 10_000;

/**
 * Each path with the SHA-256 of what lies there, of a folder that of its listing; '' where nothing is. `datasets`: whose
 * contracts are asked for. Throws when it is taken back, and SlipwayError `too-large` for a folder of more than 10,000 files.
 */
export async function ruleFilePins(
  { layout, datasets: known, readers }: Pick<Services, 'layout' | 'datasets' | 'readers'>,
  { gates }: ModelDefinition,
  { datasets, signal }: { datasets: readonly string[]; signal: AbortSignal },
): Promise<{ name: string; version: string }[]> {
  const named = gates.flatMap((rule) => ('path' in rule ? (rule.path ?? []) : []));
  const contracts = datasets.flatMap((dataset) => known.known.find(dataset)?.definition.contract ?? []);
  const paths = [...new Set([...named, ...contracts])];
  const pins: { name: string; version: string }[] = [];
  for (const path of paths) {
    const place = placeBelow(layout.root, path);
    pins.push({ name: path, version: place === undefined ? '' : await contentOf(place, { path, signal }) });
  }
  const golden = gates.flatMap((rule) => (rule.kind === 'golden' ? (rule.path ?? []) : []));
  const places = [...new Set(golden)].flatMap((path) => placeBelow(layout.root, path) ?? []);
  const cases = places.length === 0 ? [] : await readers.run('goldenFiles', { places });
  for (const { name, path } of new Map(cases.map((each) => [each.path ?? each.name, each])).values()) {
    const version = path === null ? '' : await contentOf(path, { path: name, signal });
    pins.push({ name: path === null ? name : relative(layout.root, path), version });
  }
  return pins;
}

async function contentOf(place: string, { path, signal }: { path: string; signal: AbortSignal }): Promise<string> {
  const hashOf = async (file: string): Promise<string> =>
    (await contentHash(heeding(createReadStream(file), signal))).sha256;
  try {
    if (!(await stat(place)).isDirectory()) return await hashOf(place);
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    const found = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    const paths = found.map((entry) => join(entry.parentPath, entry.name));
    const files = (await Promise.all(paths.map(async (file) => ((await isFile(file)) ? [file] : [])))).flat();
    if (files.length > mostFiles) {
      const many = `${path}, which a rule names, holds ${countText(files.length, 'file')}, and ${mostFiles.toLocaleString('en-US')} is the most that a verdict can rest on. Name a folder of fewer.`;
      throw new SlipwayError('too-large', many);
    }
    const listing = createHash('sha256');
    for (const file of files.sort()) listing.update(`${await hashOf(file)} ${relative(place, file)}\n`);
    return listing.digest('hex');
  } catch (error) {
    if (SlipwayError.is(error) || systemCodeOf(error) === undefined) throw error;
    return '';
  }
}

/** Links followed, as whoever reads the folder does. */
async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (systemCodeOf(error) === undefined) throw error;
    return undefined;
  });
  return found?.isFile() === true;
}
