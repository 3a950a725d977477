// slipway.yaml belongs to people: a direction is written into it without touching what stands around it.
import { realpathSync, writeFileSync } from 'node:fs';
import { SlipwayError } from '../base/errors';
import { explainDiskFault } from '../platform/files/disk-fault';
import { UnfinishedFile } from '../platform/files/unfinished-file';
import { parseConfig, readConfigText } from './config';

/** Which way a metric is to be better; null takes the word away, so that its name decides again. */
export interface DirectionChange {
  key: string;
  direction: 'up' | 'down' | null;
}

/**
 * Writes the direction of one metric into the slipway.yaml at `path`, which is made when it is missing. Comments and
 * order stay. Throws SlipwayError `invalid` for a file with mistakes, `read-only`, `disk-full` or `disk-failing` for one
 * that cannot be written: it is left as it is.
 */
export function writeMetricDirection(path: string, change: DirectionChange): void {
  const old = readConfigText(path) ?? '';
  const [problem] = parseConfig(old).problems;
  if (problem !== undefined) {
    throw new SlipwayError('invalid', `The direction was not written, because the file has a mistake. ${problem}`);
  }
  const target = old === '' ? path : realpathSync(path);
  const text = withDirection(old, change);
  const file = new UnfinishedFile(target);
  try {
    writeFileSync(file.path, text);
    file.finish({ overwrite: true });
  } catch (error) {
    file.discard();
    throw explainDiskFault(error, target);
  }
}

/**
 * The text of a sound slipway.yaml with the change made; its line ends and byte order mark stay. Throws SlipwayError
 * `invalid` where an anchor or alias makes what is said of this metric hold for something else too.
 */
export function withDirection(text: string, change: DirectionChange): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const changed = withDirectionIn(text.slice(mark.length), change);
  return mark + (text.includes('\r\n') ? changed.replace(/\r?\n/g, '\r\n') : changed);
}

function withDirectionIn(text: string, { key, direction }: DirectionChange): string {
  const { isScalar, parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(text.trim() === '' ? 'version: 1\n' : text, { uniqueKeys: false });
  const path = ['metrics', key, 'direction'];
  if (path.some((_, index) => isShared(document.getIn(path.slice(0, index + 1), true)))) {
    const sentence = `The direction of ${key} was not written: in slipway.yaml an anchor shares it with others. Change it there.`;
    throw new SlipwayError('invalid', sentence);
  }
  const known = document.getIn(path, true);
  if (direction !== null && isScalar(known) && known.range) {
    const [start, end] = known.range;
    return text.slice(0, start) + direction + text.slice(end);
  }
  if (direction === null && known === undefined) return text;
  if (direction !== null) document.setIn(path, direction);
  else {
    document.deleteIn(path);
    removeEmpty(document, ['metrics', key]);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function isShared(node: unknown): boolean {
  const { isAlias, isNode } = require('yaml') as typeof import('yaml');
  return isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined);
}

/** An entry that says nothing any more goes, and with the last one the list. */
function removeEmpty(document: import('yaml').Document, path: string[]): void {
  const { isMap } = require('yaml') as typeof import('yaml');
  const node = document.getIn(path, true);
  if (path.length === 0 || !isMap(node) || node.items.length > 0) return;
  document.deleteIn(path);
  removeEmpty(document, path.slice(0, -1));
}
