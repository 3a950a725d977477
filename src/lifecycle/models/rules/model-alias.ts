// The rules of aliases: plain names that cannot be taken for a version.
import { SlipwayError } from '../../../base/errors';
import { checkLength } from '../../../workspace/key-name';

const longest = 255;

/** The alias that is never set: it always means the newest version. */
export function isLatest(alias: string): boolean {
  return alias.toLowerCase() === 'latest';
}

/** Throws `invalid` unless the text could be an alias. */
export function checkAlias(alias: string): void {
  if (!/^[\p{L}\p{N}_-]*$/u.test(alias)) {
    throw new SlipwayError(
      'invalid',
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  checkLength('Registered model alias name', longest, alias);
}

/** Throws `invalid` for an alias that nobody may set. */
export function checkSettableAlias(alias: string): void {
  checkAlias(alias);
  if (isLatest(alias)) {
    throw new SlipwayError('invalid', "'latest' alias name (case insensitive) is reserved.");
  }
  if (/^[vV]\d+$/.test(alias)) throw new SlipwayError('invalid', `Version alias name '${alias}' is reserved.`);
}
