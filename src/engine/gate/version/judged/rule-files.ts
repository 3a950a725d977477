// Files beside slipway.yaml that a verdict rests on: predictions, golden cases, contracts. They are pinned by their bytes.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { systemCodeOf } from '../../../../base/errors';
import { contentHash } from '../../../../platform/files/content-hash';
import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import type { Services } from '../../../services';
import { placeBelow } from '../../kinds/place-below';

const mostFiles = 10_000;

/** Each path with the SHA-256 of what lies there, of a folder that of its listing; '' where nothing is. `datasets`: whose contracts are asked for. */
export async function ruleFilePins(
  { layout, datasets: known }: Pick<Services, 'layout' | 'datasets'>,
  { gates }: ModelDefinition,
  datasets: readonly string[],
): Promise<{ name: string; version: string }[]> {
  const named = gates.flatMap((rule) => ('path' in rule ? (rule.path ?? []) : []));
  const contracts = datasets.flatMap((dataset) => known.known.find(dataset)?.definition.contract ?? []);
  const paths = [...new Set([...named, ...contracts])];
  return Promise.all(
    paths.map(async (path) => ({ name: path, version: await contentOf(placeBelow(layout.root, path)) })),
  );
}

async function contentOf(path: string | undefined): Promise<string> {
  if (path === undefined) return '';
  try {
    if (!(await stat(path)).isDirectory()) return (await contentHash(createReadStream(path))).sha256;
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const listing = createHash('sha256');
    for (const file of files.sort().slice(0, mostFiles)) {
      listing.update(`${(await contentHash(createReadStream(file))).sha256} ${relative(path, file)}\n`);
    }
    return listing.digest('hex');
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    return '';
  }
}
