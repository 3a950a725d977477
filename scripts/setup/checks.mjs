// The checks behind npm run check and the first part of npm test.
import { join } from 'node:path';
import { manifestProblems } from './manifest.mjs';
import { rootFolder } from './root.mjs';
import { run, StepError } from './shell.mjs';

const bin = (name) => join(rootFolder, 'node_modules/.bin', name);
const tool = (name, args) => () =>
  run(bin(name), args, { cwd: rootFolder, env: { NO_COLOR: '1' }, says: `${name} found problems.` });
const checks = {
  types: tool('tsc', ['-b']),
  lint: tool('biome', ['ci', '--colors=off', '--error-on-warnings', '.']),
  manifest: async () => {
    const problems = manifestProblems(rootFolder);
    if (problems.length > 0) throw new StepError('package.json and the code disagree.', problems.join('\n'));
  },
  architecture: tool('vitest', ['run', '--project', 'architecture']),
};

/** Runs the named checks side by side and prints a line for each. Returns `[{name, passed}]`. */
export function runChecks(names) {
  return Promise.all(names.map(runCheck));
}

async function runCheck(name) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  try {
    await checks[name]();
    console.log(`✓ ${name} (${seconds()} s)`);
    return { name, passed: true };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.log(`✗ ${name} (${seconds()} s): ${error.message}\n${error.detail}`);
    return { name, passed: false };
  }
}
