// A model's files as a gate sees them: what it says of itself, and what names its content.
import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { readOutline } from '../../lifecycle/inference/model-file/model-file';
import { contentHash } from '../../platform/files/content-hash';
import { committedFile, neverHeld, pathInRepository, writeCommittedFile } from '../../platform/git/committed-file';
import type { ModelOutline } from '../../protocol/inference/outline';
import type { GateModel, NoModel } from './given';

/** SHA-256 of the file, or of the listing of all its files where weights lie beside it. Throws SlipwayError as reading the model does, `invalid` for weights that are not there. */
export async function modelSubject(path: string, name: string, version: string | null = null): Promise<GateModel> {
  const outline = readOutline(path);
  const beside = besideOf(outline, name);
  const files = await Promise.all(
    ['', ...beside].map(async (each) => ({
      path: each,
      ...(await contentHash(createReadStream(each === '' ? path : join(dirname(path), each)))),
    })),
  );
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const listing = files.map((each) => `${each.sha256} ${each.path}`).join('\n');
  const sha256 = files.length === 1 ? (files[0]?.sha256 ?? '') : createHash('sha256').update(listing).digest('hex');
  return { name, version, path, sha256, bytes, outline };
}

function besideOf({ externalFiles, blocks }: ModelOutline, name: string): string[] {
  const lost = blocks.find(({ code }) => code === 'external-data');
  if (lost !== undefined) throw new SlipwayError('invalid', `${name} cannot run: ${lost.text}`);
  return externalFiles.map((each) => each.path);
}

/**
 * A model as it stands in a commit, `git:REF:PATH`, with the weights beside it, written below `folder`; none where the commit
 * is from before there was one. Throws SlipwayError `not-found` or `invalid`.
 */
export async function committedModel(
  repository: string,
  address: string,
  folder: string,
): Promise<GateModel | NoModel> {
  const [, commit = '', said = ''] = /^git:([^:]+):(.+)$/.exec(address) ?? [];
  if (commit === '') throw new SlipwayError('invalid', `${address}: write git:REF:PATH, such as git:main:model.onnx.`);
  const path = await pathInRepository(repository, said);
  if (await neverHeld(repository, { commit, path })) {
    return { none: `${commit} has no ${path} yet: there is nothing to compare with.`, isFirst: true };
  }
  const target = join(folder, 'committed.onnx');
  await writeCommittedFile(repository, { commit, path }, target);
  for (const { path: beside } of readOutline(target).externalFiles) {
    if (beside.includes('/') || beside.includes('\\') || beside === 'committed.onnx') {
      throw new SlipwayError('invalid', `${address} has weights in ${beside}, which is no file beside it.`);
    }
    await writeCommittedFile(repository, { commit, path: besideInCommit(path, beside) }, join(folder, beside));
  }
  const logged = await committedFile(repository, commit, besideInCommit(path, 'MLmodel'));
  if (logged !== undefined) writeFileSync(join(folder, 'MLmodel'), logged);
  return modelSubject(target, address);
}

function besideInCommit(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + name;
}
