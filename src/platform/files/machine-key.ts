// A secret of this user on this machine. What is signed with it was agreed to here: a folder that comes from elsewhere, its
// database included, cannot bring such a signature along.
import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';

const size = 32;

/** The signature of a text; undefined while this user has no key, so that nothing was signed. */
export function signatureOf(text: string): string | undefined {
  const key = readKey(keyPlace());
  return key === undefined ? undefined : signed(key, text);
}

/** Signs a text, and makes the key at the first time. Throws SlipwayError `read-only` where it cannot be kept. */
export function sign(text: string): string {
  const place = keyPlace();
  return signed(readKey(place) ?? makeKey(place), text);
}

function keyPlace(): string {
  const { XDG_CONFIG_HOME, APPDATA } = process.env;
  const folder = XDG_CONFIG_HOME || (process.platform === 'win32' && APPDATA) || join(homedir(), '.config');
  return join(folder, 'slipway', 'machine-key');
}

function readKey(place: string): Buffer | undefined {
  try {
    const key = readFileSync(place);
    return key.length === size ? key : undefined;
  } catch {
    return undefined;
  }
}

function makeKey(place: string): Buffer {
  const made = `${place}.${process.pid}`;
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    writeFileSync(made, randomBytes(size), { mode: 0o600 });
    try {
      // Whoever comes first has made it, whole.
      linkSync(made, place);
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
      if (readKey(place) === undefined) writeFileSync(place, readFileSync(made), { mode: 0o600 });
    } finally {
      rmSync(made, { force: true });
    }
    return readFileSync(place);
  } catch (error) {
    const sentence = `What you agree to on this machine cannot be kept: ${place} cannot be written (${messageOf(error)}). Check its permissions.`;
    throw new SlipwayError('read-only', sentence, { cause: error });
  }
}

function signed(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
