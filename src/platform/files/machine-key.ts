// A secret of this user on this machine. What is signed with it was agreed to here: a folder that comes from elsewhere, its
// database included, cannot bring such a signature along.
import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';

const size = 32;

/** The signature of a text; undefined while this user has no key, so that nothing was signed. */
export function signatureOf(text: string): string | undefined {
  const key = knownKey();
  return key === undefined ? undefined : signed(key, text);
}

/** Signs a text, and makes the key at the first time. Throws SlipwayError `read-only` where it cannot be kept. */
export function sign(text: string): string {
  return signed(readKey(ownPlace()) ?? makeKey(), text);
}

function knownKey(): Buffer | undefined {
  return readKey(ownPlace()) ?? keyOfSession();
}

/**
 * Below the home folder that the system's list of users has. An editor that is installed as a snap, as a Flatpak or with a
 * server of its own may give its processes another HOME, and a folder that is opened may set the environment of its terminals.
 */
function ownPlace(): string {
  const home = homeOfUser();
  return home === undefined ? placeOfSession() : join(home, ...settingsBelowHome, 'slipway', 'machine-key');
}

const settingsBelowHome = process.platform === 'win32' ? ['AppData', 'Roaming'] : ['.config'];

let knownHome: { folder: string | undefined } | undefined;

/** Undefined for a number that has no entry among the users, as containers may run under. */
function homeOfUser(): string | undefined {
  if (knownHome === undefined) {
    try {
      knownHome = { folder: userInfo().homedir || undefined };
    } catch {
      knownHome = { folder: undefined };
    }
  }
  return knownHome.folder;
}

/** Where the environment of this process says that settings are kept. */
function placeOfSession(): string {
  const { XDG_CONFIG_HOME, APPDATA } = process.env;
  const folder = XDG_CONFIG_HOME || (process.platform === 'win32' && APPDATA) || join(homedir(), '.config');
  return join(folder, 'slipway', 'machine-key');
}

/** One that lies where the environment says, and that nobody but this user can have put there or read. */
function keyOfSession(): Buffer | undefined {
  const place = placeOfSession();
  if (process.getuid === undefined || place === ownPlace()) return undefined;
  try {
    const { uid, mode } = statSync(place);
    return uid === process.getuid() && (mode & 0o077) === 0 ? readKey(place) : undefined;
  } catch {
    return undefined;
  }
}

function readKey(place: string): Buffer | undefined {
  try {
    const key = readFileSync(place);
    return key.length === size ? key : undefined;
  } catch {
    return undefined;
  }
}

/** A home folder that cannot be written, as of users of services, leaves the place that the environment says. */
function makeKey(): Buffer {
  const key = keyOfSession() ?? randomBytes(size);
  const own = ownPlace();
  let fault: unknown;
  for (const place of process.getuid === undefined ? [own] : [own, placeOfSession()]) {
    try {
      return keepKey(place, key);
    } catch (error) {
      fault ??= error;
    }
  }
  const sentence = `What you agree to on this machine cannot be kept: ${own} cannot be written (${messageOf(fault)}). Check its permissions.`;
  throw new SlipwayError('read-only', sentence, { cause: fault });
}

function keepKey(place: string, key: Buffer): Buffer {
  const made = `${place}.${process.pid}`;
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  writeFileSync(made, key, { mode: 0o600 });
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
}

function signed(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
