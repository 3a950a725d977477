// The parts of a source as a URI has them, and what may never be in one.
import { SlipwayError } from '../../../base/errors';

/** `authority` is the host part after two slashes. Query and fragment are not kept. */
export interface SourceAddress {
  scheme: string;
  authority: string;
  path: string;
}

/** The parts of a URI, or of a plain path, which has no scheme. */
export function sourceAddress(source: string): SourceAddress {
  const parts = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(source);
  const [, scheme = '', authority = '', path = ''] = parts ?? [];
  return { scheme: scheme.toLowerCase(), authority: authority.toLowerCase(), path };
}

/** True for a place on this machine's disk: a plain path or a `file:` URI. */
export function isLocal({ scheme }: SourceAddress): boolean {
  return scheme === '' || scheme === 'file';
}

/** One percent-decoding; what is no UTF-8 stays as it is. */
function decoding(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** The text decoded until it stays the same. */
function fullyDecoded(text: string): string {
  let form = text;
  for (let decoded = decoding(form); decoded !== form; decoded = decoding(form)) form = decoded;
  return form;
}

/** Throws `invalid` for a source that leads elsewhere than it says, however often a reader decodes it. */
export function checkStraight(source: string): void {
  const decoded = fullyDecoded(source);
  const path = sourceAddress(decoded).path.replace(/\/+$/, '');
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
  const [inner, outer] = [sourceAddress(source), sourceAddress(root)];
  const [innerParts, outerParts] = [inner, outer].map(({ path }) => path.split('/').filter(Boolean).map(fullyDecoded));
  return (
    inner.scheme === outer.scheme &&
    inner.authority === outer.authority &&
    outerParts !== undefined &&
    outerParts.length > 0 &&
    outerParts.every((part, i) => part === innerParts?.[i])
  );
}
