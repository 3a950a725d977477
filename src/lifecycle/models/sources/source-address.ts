// What may never be in the source of a model version.

import { SlipwayError } from '../../../base/errors';
import { withoutEnd } from '../../../base/text-end';
import { percentDecoded, type UriParts, uriParts } from '../../../base/uri';

/** True for a place on this machine's disk: a plain path or a `file:` URI. */
export function isLocal({ scheme }: UriParts): boolean {
  return scheme === '' || scheme === 'file';
}

/** The text decoded until it stays the same. */
function fullyDecoded(text: string): string {
  let form = text;
  // What was encoded over and over (`%252525…`) comes out in one pass, for each pass goes over all of it.
  const once = (encoded: string): string => percentDecoded(encoded.replace(/%(?:25)+/g, '%'));
  for (let decoded = once(form); decoded !== form; decoded = once(form)) form = decoded;
  return form;
}

/** Throws `invalid` for a source that leads elsewhere than it says, however often a reader decodes it. */
export function checkStraight(source: string): void {
  const decoded = fullyDecoded(source);
  const path = withoutEnd(uriParts(decoded).path, /\//);
  const isBent = decoded.split(/[/\\]/).some((part) => part === '.' || part === '..');
  if (isBent || /[\0#]/.test(decoded) || !path.startsWith('/')) throw bent(source);
}

/** As `checkStraight` for a place on disk, where an open `..` is followed: only what is hidden in it is refused. */
export function checkOpen(source: string): void {
  if (/#|%(?:25)*(?:2e|2f|5c|00|23)/i.test(source)) throw bent(source);
}

function bent(source: string): SlipwayError {
  return new SlipwayError(
    'invalid',
    `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.`,
  );
}

/** True when `source` is `root` or below it, both decoded part by part. */
export function isBelow(source: string, root: string): boolean {
  const [inner, outer] = [uriParts(source), uriParts(root)];
  const [innerParts, outerParts] = [inner, outer].map(({ path }) => path.split('/').filter(Boolean).map(fullyDecoded));
  return (
    inner.scheme === outer.scheme &&
    inner.host === outer.host &&
    outerParts !== undefined &&
    outerParts.length > 0 &&
    outerParts.every((part, i) => part === innerParts?.[i])
  );
}
