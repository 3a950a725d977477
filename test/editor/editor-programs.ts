// Where the editor and the browser of these tests lie. A missing one is a failure with its remedy, never a skipped test.
import { join } from 'node:path';

/** The Node that runs code-server, and code-server's entry file. */
export function editorPrograms(): { node: string; entry: string } {
  const folder = required('SLIPWAY_TEST_EDITOR');
  return {
    node: join(folder, 'node_modules/node/bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
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
