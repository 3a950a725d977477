// Paths of artifacts come from clients and end up near a disk: one place decides which are sound.
import { SlipwayError } from '../../../base/errors';
import { percentDecoded } from '../../../base/uri';

/** What is asked of a path beyond the rules that always hold. */
export interface ArtifactPathRules {
  /** Refuse names that Windows treats specially, because the path becomes a file name there. */
  windowsNames: boolean;
}

const longest = 4096;
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Returns `raw` if it is a relative path with forward slashes that stays where it is put, however often a reader
 * decodes it. Throws SlipwayError `invalid`, whose sentence begins with "Invalid path", otherwise.
 */
export function artifactPath(raw: string, rules: ArtifactPathRules = onThisMachine): string {
  if (raw.length > longest) refuse(`it is longer than ${longest} characters`);
  let form = raw;
  // A reader further on may decode again (%252e%252e%252f is three decodings away from ../), so every form must hold.
  for (let round = 0; ; round++) {
    judge(form, rules);
    const decoded = percentDecoded(form);
    if (decoded === form) return raw;
    if (round === 16) refuse('it is encoded too many times');
    form = decoded;
  }
}

/** As `artifactPath`, for a folder: '' is the root, and one slash at the end is taken off. */
export function artifactFolder(raw: string, rules: ArtifactPathRules = onThisMachine): string {
  const trimmed = raw.endsWith('/') && raw.length > 1 ? raw.slice(0, -1) : raw;
  return trimmed === '' ? '' : artifactPath(trimmed, rules);
}

const onThisMachine: ArtifactPathRules = { windowsNames: process.platform === 'win32' };

function judge(path: string, rules: ArtifactPathRules): void {
  if (path.includes('\0')) refuse('it holds a NUL character');
  if (path.includes('\\')) refuse('it holds a backslash');
  if (path.includes('#')) refuse('it holds a #');
  if (path.startsWith('/')) refuse('it is absolute');
  for (const segment of path.split('/')) {
    if (segment === '') refuse('it has an empty part');
    if (segment === '.' || segment === '..') refuse(`"${segment}" is not allowed in it`);
    if (rules.windowsNames && (/[. ]$/.test(segment) || deviceName.test(segment) || /[<>:"|?*]/.test(segment))) {
      refuse('it holds a name that Windows does not allow');
    }
  }
}

function refuse(why: string): never {
  throw new SlipwayError('invalid', `Invalid path: ${why}.`, { details: { unsoundPath: true } });
}
