// slipway.yaml belongs to people: what is written into it leaves all that stands around it as it is.
import { realpathSync, writeFileSync } from 'node:fs';
import type { Document } from 'yaml';
import { SlipwayError } from '../../base/errors';
import { explainDiskFault } from '../../platform/files/disk-fault';
import { UnfinishedFile } from '../../platform/files/unfinished-file';
import { parseConfig, readConfigText } from '../config';

/** `what` begins the sentence about a file that was not written: `The direction`. */
export interface ConfigChange {
  what: string;
  /** The text of a sound file with the change made; see `editedText`. */
  edit: (text: string) => string;
}

/**
 * Changes the slipway.yaml at `path`, which is made when it is missing. Throws SlipwayError `invalid` for a file with
 * mistakes, or a change that would make one, `read-only`, `disk-full` or `disk-failing` for one that cannot be written: it
 * is left as it is.
 */
export function editConfigFile(path: string, { what, edit }: ConfigChange): void {
  const old = readConfigText(path) ?? '';
  const [mistake] = parseConfig(old).problems;
  if (mistake !== undefined) {
    throw new SlipwayError('invalid', `${what} was not written, because the file has a mistake. ${mistake}`);
  }
  const text = edit(old);
  if (text === old) return;
  const [made] = parseConfig(text).problems;
  if (made !== undefined) throw new SlipwayError('invalid', `${what} was not written. ${made}`);
  replaceText(old === '' ? path : realpathSync(path), text);
}

/**
 * The text of a sound slipway.yaml after `edit` has changed its document; comments, order, line ends and byte order mark
 * stay. `edit` may return a text of its own.
 */
export function editedText(text: string, edit: (document: Document, plain: string) => string | undefined): string {
  const { parseDocument } = require('yaml') as typeof import('yaml');
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text.slice(mark.length);
  const document = parseDocument(plain.trim() === '' ? 'version: 1\n' : plain, { uniqueKeys: false });
  const changed = edit(document, plain) ?? document.toString({ lineWidth: 0, flowCollectionPadding: true });
  return mark + (text.includes('\r\n') ? changed.replace(/\r?\n/g, '\r\n') : changed);
}

/** Throws SlipwayError `invalid` where an anchor or alias on the way to `path` makes it hold for something else too. */
export function refuseShared(document: Document, path: readonly string[], what: string): void {
  const { isAlias, isNode } = require('yaml') as typeof import('yaml');
  const isShared = path.some((_, index) => {
    const node = document.getIn(path.slice(0, index + 1), true);
    return isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined);
  });
  if (!isShared) return;
  const sentence = `${what} was not written: in slipway.yaml an anchor shares it with others. Change it there.`;
  throw new SlipwayError('invalid', sentence);
}

/** An entry that says nothing any more goes, and with the last one the list. */
export function removeEmpty(document: Document, path: readonly string[]): void {
  const { isMap } = require('yaml') as typeof import('yaml');
  const node = document.getIn(path, true);
  if (path.length === 0 || !isMap(node) || node.items.length > 0) return;
  document.deleteIn(path);
  removeEmpty(document, path.slice(0, -1));
}

function replaceText(target: string, text: string): void {
  const file = new UnfinishedFile(target);
  try {
    writeFileSync(file.path, text);
    file.finish({ overwrite: true });
  } catch (error) {
    file.discard();
    throw explainDiskFault(error, target);
  }
}
