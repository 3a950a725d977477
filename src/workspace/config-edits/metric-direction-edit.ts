// Which way a metric is better, written into slipway.yaml.
import type { Document } from 'yaml';
import { editConfigFile, editedText, refuseShared, removeEmpty } from './config-edit';

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
  editConfigFile(path, { what: 'The direction', edit: (text) => withDirection(text, change) });
}

/**
 * The text of a sound slipway.yaml with the change made; its line ends and byte order mark stay. Throws SlipwayError
 * `invalid` where an anchor or alias makes what is said of this metric hold for something else too.
 */
export function withDirection(text: string, change: DirectionChange): string {
  return editedText(text, (document, plain) => direct(document, plain, change));
}

function direct(document: Document, text: string, { key, direction }: DirectionChange): string | undefined {
  const { isScalar } = require('yaml') as typeof import('yaml');
  const path = ['metrics', key, 'direction'];
  refuseShared(document, path, `The direction of ${key}`);
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
  return undefined;
}
