// One code-server process with a profile of its own: VS Code as a user on a remote machine would have it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { editorPrograms } from './editor-programs';

export type Theme =
  | 'Default Dark Modern'
  | 'Default Light Modern'
  | 'Default High Contrast'
  | 'Default High Contrast Light';

export interface CodeServerOptions {
  /** Folder with the installed extensions; without it the editor has none. */
  extensions?: string;
  /** Folder with the extensions that count as VS Code's own; without it they are all that come with it. */
  builtIns?: string;
  theme?: Theme;
  /** `trusted` (the default) switches workspace trust off; `restricted` opens every folder in restricted mode. */
  trust?: 'trusted' | 'restricted';
  /** User settings on top of the quiet ones. */
  settings?: Record<string, unknown>;
  /** An interpreter whose folder comes first on the PATH of the editor and its terminals. */
  python?: string;
  /** Run by the superuser, do without the right to write where permissions forbid it. */
  unprivileged?: boolean;
  /** Variables added to the editor's environment; undefined removes one. */
  environment?: Record<string, string | undefined>;
}

/** A running code-server: `url` is its address on localhost, `profile` the folder of its users' data. */
export interface ServedEditor {
  url: string;
  profile: string;
}

/** True when a code-server that was started without these options will do for them. */
export function isServedByAny(options: CodeServerOptions): boolean {
  const { extensions, python, unprivileged, environment } = options;
  return extensions === undefined && python === undefined && !unprivileged && environment === undefined;
}

/** Makes the profile that of a user who has just these settings, and has used the editor for nothing yet. */
export function resetProfile(profile: string, options: CodeServerOptions): void {
  const user = join(profile, 'user/User');
  rmSync(user, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify(userSettings(options), null, 2));
}

/** Disposing ends the process and removes its profile. */
export class CodeServer implements ServedEditor, AsyncDisposable {
  private constructor(
    readonly url: string,
    readonly profile: string,
    private readonly process: ChildProcess,
  ) {}

  /** Starts one on a free port. Throws with its output when it does not listen within 30 s. */
  static async start(options: CodeServerOptions): Promise<CodeServer> {
    const profile = mkdtempSync(join(tmpdir(), 'slipway-profile-'));
    mkdirSync(join(profile, 'home'));
    resetProfile(profile, options);
    writeFileSync(join(profile, 'config.yaml'), 'auth: none\n');
    const { node, entry } = editorPrograms();
    const places = ['--config', join(profile, 'config.yaml'), '--user-data-dir', join(profile, 'user')];
    places.push('--extensions-dir', options.extensions ?? join(profile, 'extensions'));
    if (options.builtIns !== undefined) places.push('--builtin-extensions-dir', options.builtIns);
    const flags = ['--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
    // The terminals of a window that was left would run for hours.
    flags.push('--reconnection-grace-time', '30');
    const [program, args] = asUser(options, [node, entry, ...places, ...flags]);
    const child = spawn(program, args, {
      env: environment(options, join(profile, 'home')),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    return new CodeServer(await listeningUrl(child), profile, child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    // Its own process group: the extension host and the terminals end with it.
    if (this.process.exitCode === null && this.process.pid !== undefined) {
      process.kill(-this.process.pid, 'SIGTERM');
      await ended;
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function asUser(options: CodeServerOptions, [program = '', ...args]: string[]): [string, string[]] {
  if (options.unprivileged !== true || process.getuid?.() !== 0) return [program, args];
  const rights = ['--bounding-set', '-dac_override', '--inh-caps', '-dac_override'];
  return ['setpriv', [...rights, program, ...args]];
}

function userSettings(options: CodeServerOptions): Record<string, unknown> {
  return {
    'chat.disableAIFeatures': true,
    'workbench.startupEditor': 'none',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.colorTheme': options.theme ?? 'Default Dark Modern',
    'workbench.tips.enabled': false,
    // Icons that turn are drawn by the processor here: a fifth of all it has to do.
    'workbench.reduceMotion': 'on',
    'telemetry.telemetryLevel': 'off',
    'security.workspace.trust.enabled': options.trust === 'restricted',
    'security.workspace.trust.startupPrompt': 'never',
    'terminal.integrated.defaultProfile.linux': 'bash',
    'window.restoreWindows': 'none',
    'remote.autoForwardPorts': false,
    'git.openRepositoryInParentFolders': 'never',
    ...options.settings,
  };
}

/** The developer's home stays out: its shell start files could put other interpreters before the tests' own. */
function environment(options: CodeServerOptions, home: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|VITEST|ELECTRON_|MLFLOW_|SLIPWAY_|npm_)/.test(name),
  );
  const path = [options.python && dirname(options.python), process.env.PATH].filter(Boolean).join(delimiter);
  // Every window's extension host loads the same few megabytes. What is measured (with all extensions) does without.
  const compiled = options.builtIns && { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };
  return {
    ...Object.fromEntries(own),
    ...compiled,
    HOME: home,
    SHELL: '/bin/bash',
    PATH: path,
    ...options.environment,
  };
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string) => reject(new Error(`code-server ${why}:\n${printed}`));
    const timer = setTimeout(() => fail('did not listen within 30 s'), 30_000);
    child.once('exit', (code) => fail(`ended with ${code}`));
    const read = (data: Buffer) => {
      printed += data;
      const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(`http://localhost:${port}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}
