// Where the editor and the browser of these tests lie. A missing one is a failure with its remedy, never a skipped test.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The Node that runs code-server, and code-server's entry file. */
export function editorPrograms(): { node: string; entry: string } {
  const folder = required('SLIPWAY_TEST_EDITOR');
  return {
    node: join(folder, 'node_modules/node/bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

const usedBuiltIns = [
  'diff',
  'git',
  'git-base',
  'ini',
  'ipynb',
  'json',
  'log',
  'markdown-basics',
  'markdown-language-features',
  'python',
  'search-result',
  'shellscript',
  'theme-defaults',
  'theme-modern-icons',
  'theme-seti',
  'xml',
  'yaml',
];

/**
 * Links into `folder` the extensions that come with VS Code and that somebody with data, Python and Git has use for.
 * Without the other seventy-eight (web languages, accounts, assistants) a window opens in two thirds of the time.
 */
export function linkUsedBuiltIns(folder: string): string {
  const all = join(required('SLIPWAY_TEST_EDITOR'), 'node_modules/code-server/lib/vscode/extensions');
  for (const name of usedBuiltIns) symlinkSync(join(all, name), join(folder, name));
  return folder;
}

/** The browser's executable. */
export function chromiumPath(): string {
  return required('SLIPWAY_TEST_CHROMIUM');
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the editor tests with: npm test -- --only editor`);
  return value;
}
