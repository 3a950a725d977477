// The engine's own command line; only src/client and the CLI write it.
import { realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { messageOf, SlipwayError } from '../base/errors';
import { usualSilence } from '../lifecycle/runs/reading/run-state';

/** How one engine process was asked to run. */
export interface EngineOptions {
  workspace: string;
  /** Undefined: the workspace's own port, or any. */
  port: number | undefined;
  /** Undefined: the workspace's own token. Empty: no token is asked for. */
  token: string | undefined;
  database: string | undefined;
  artifactRoot: ArtifactRoot | undefined;
  foreground: boolean;
  /** Milliseconds without a client after which it ends. */
  idleLimit: number;
  durability: 'NORMAL' | 'FULL';
  /** Milliseconds after which a run known only over REST is no longer called running. */
  silence: number;
}

/** What the stages and surfaces may know of it: not what opens the door. */
export type EngineSettings = Omit<EngineOptions, 'token'>;

/** Where artifacts lie as plain files. `direct`: clients are handed `file://` addresses and write there themselves. */
export interface ArtifactRoot {
  folder: string;
  direct: boolean;
  url: string;
}

const twoMinutes = 120_000;
const longestSilence = 366 * 86_400_000;

/** Reads the arguments after `engine.js`. Throws SlipwayError `invalid` with the argument's name. */
export function parseEngineOptions(argv: readonly string[]): EngineOptions {
  const values = readArguments(argv);
  if (values.workspace === undefined) throw new SlipwayError('invalid', '--workspace is missing.');
  const foreground = values.foreground;
  return {
    workspace: existingFolder(values.workspace),
    port: values.port === undefined ? undefined : wholeNumber(values.port, '--port', 65_535),
    token: values.token,
    database: values.db === undefined ? undefined : resolve(values.db),
    artifactRoot: values['artifact-root'] === undefined ? undefined : artifactRootOf(values['artifact-root']),
    foreground,
    idleLimit: foreground
      ? Number.POSITIVE_INFINITY
      : values['idle-exit'] === undefined
        ? twoMinutes
        : wholeNumber(values['idle-exit'], '--idle-exit', 86_400_000),
    durability: durabilityOf(values.durability),
    silence: values.silence === undefined ? usualSilence : wholeNumber(values.silence, '--silence', longestSilence),
  };
}

function readArguments(argv: readonly string[]) {
  try {
    const string = { type: 'string' } as const;
    return parseArgs({
      args: [...argv],
      options: {
        workspace: string,
        port: string,
        token: string,
        db: string,
        'artifact-root': string,
        foreground: { type: 'boolean', default: false },
        'idle-exit': string,
        durability: string,
        silence: string,
      },
      strict: true,
    }).values;
  } catch (error) {
    throw new SlipwayError('invalid', messageOf(error), { cause: error });
  }
}

function durabilityOf(text: string | undefined): 'NORMAL' | 'FULL' {
  if (text === undefined || text === 'NORMAL') return 'NORMAL';
  if (text === 'FULL') return 'FULL';
  throw new SlipwayError('invalid', `--durability takes NORMAL or FULL, not ${text}.`);
}

/** Understands `--artifact-root`: a path (proxied) or a `file://` address (unproxied). */
function artifactRootOf(text: string): ArtifactRoot {
  const direct = text.startsWith('file:');
  if (!direct && /^[a-z][a-z0-9+.-]+:/i.test(text) && !isAbsolute(text)) {
    throw new SlipwayError('invalid', `--artifact-root takes a folder or a file:// address, not ${text}.`);
  }
  const folder = direct ? fileURLToPath(text) : resolve(text);
  return { folder, direct, url: direct ? pathToFileURL(folder).href : 'mlflow-artifacts:' };
}

function existingFolder(path: string): string {
  try {
    // The real path, so that a link to the folder and the folder itself share one engine.
    return realpathSync(path);
  } catch (error) {
    throw new SlipwayError('not-found', `${path} is not a folder.`, { cause: error });
  }
}

function wholeNumber(text: string, name: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new SlipwayError('invalid', `${name} takes a whole number from 0 to ${most}, not ${text}.`);
  }
  return value;
}
