// What the verbs about datasets have in common.
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import { datasetName, parseVersionReference, type VersionReference } from '../protocol/datasets/dataset';
import { bytesText, countText } from '../protocol/wording';

/** Adds the options of every verb. */
export function common(command: Command, description: string): Command {
  return command.description(description).option('--workspace <dir>', 'the workspace').option('--json', 'print JSON');
}

/** `NAME@VERSION` or `NAME`. Throws SlipwayError `invalid`. */
export function referenceOf(named: string): VersionReference {
  const found = parseVersionReference(named);
  if (found !== undefined) return found;
  throw new SlipwayError(
    'invalid',
    `${named} names no dataset. Write NAME, NAME@LABEL or NAME@ the beginning of an id.`,
  );
}

/** `3 files, 1.2 MB`. */
export function sizeText({ files, bytes }: { files: number; bytes: number }): string {
  return `${countText(files, 'file')}, ${bytesText(bytes)}`;
}

/** The name of a dataset as it was typed. Throws SlipwayError `invalid`. */
export function named(name: string): string {
  const read = datasetName.safeParse(name);
  if (read.success) return read.data;
  throw new SlipwayError(
    'invalid',
    `${name === '' ? 'An empty text' : name} is no name for a dataset: ${read.error.issues[0]?.message}.`,
  );
}
