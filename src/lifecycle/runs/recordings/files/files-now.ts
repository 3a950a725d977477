// Whether what a run read and wrote still lies on the disk as it was.
import { resolve } from 'node:path';
import { systemCodeOf } from '../../../../base/errors';
import { pathContent, pathSize } from '../../../../platform/files/path-content';
import type { FileDigest, FileNow } from '../../../../protocol/run';

/** Files that hold more than this are not read just to answer a question: a disk takes a minute for it. */
const readLimit = 8_000_000_000;

/** One answer per file, in their order; paths are relative to `folder`. Never throws. */
export async function filesNow(files: readonly FileDigest[], folder: string): Promise<FileNow[]> {
  const answers: FileNow[] = [];
  for (const file of files) answers.push({ path: file.path, state: await stateOf(file, resolve(folder, file.path)) });
  return answers;
}

async function stateOf({ sha256, bytes, isVersion }: FileDigest, path: string): Promise<FileNow['state']> {
  // A version is its content, wherever the files are by now.
  if (isVersion) return 'same';
  try {
    const size = await pathSize(path);
    if (sha256 === null) return 'unknown';
    if (size !== bytes) return 'changed';
    if (size > readLimit) return 'unknown';
    return (await pathContent(path)).sha256 === sha256 ? 'same' : 'changed';
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT' ? 'gone' : 'unknown';
  }
}
