// A version's model in the editor of models: its files are copied to this machine's disk once, by their content.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { commands, Uri } from 'vscode';
import { registryVersion } from '../../../client/registry/registry-reading';
import { fetchVersion } from '../../../client/registry/version-files';
import type { DecidedVersion } from '../version-decisions';

/** Opens it; `storage` is the folder for such copies. Throws as `fetchVersion`. */
export async function tryVersion({ session, name, version }: DecidedVersion, storage: string): Promise<void> {
  const client = session.requireClient();
  const { files } = await client.api.registry.version.query({ name, version, identity: null });
  const digest = files?.find(({ path }) => /\.onnx$/i.test(path))?.sha256 ?? String(Date.now());
  const folder = join(storage, `${encodeURIComponent(name)}@${version} ${digest.slice(0, 12)}`);
  if (!existsSync(folder)) {
    const part = `${folder}.part`;
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true });
    await fetchVersion(client, await registryVersion(client, name, version), part);
    await rename(part, folder);
  }
  const models = readdirSync(folder).filter((file) => /\.onnx$/i.test(file));
  const model = models.find((file) => basename(file).toLowerCase() === 'model.onnx') ?? models[0] ?? 'model.onnx';
  await commands.executeCommand('vscode.openWith', Uri.file(join(folder, model)), 'slipway.model');
}
