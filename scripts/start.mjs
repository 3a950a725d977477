// npm start: from a fresh clone to real VS Code on a project with real runs.
// --headless: everything but the editor. --fresh: a new copy of the sample, trained anew.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ownPlatform, packageExtension } from './package.mjs';
import { bootstrap } from './setup/bootstrap.mjs';
import { openEditor } from './setup/editor-window.mjs';
import { ensurePythonEnvironment, findPythonEnvironment } from './setup/python-environment.mjs';
import { rootFolder } from './setup/root.mjs';
import { prepareSample, stopEngine } from './setup/sample.mjs';
import { run, StepError } from './setup/shell.mjs';
import { step } from './setup/steps.mjs';

await bootstrap(async () => {
  const { headless, fresh } = readOptions();
  const build = join(rootFolder, 'scripts/build.mjs');
  await step('Building', () => run(process.execPath, [build], { cwd: rootFolder, says: 'The build failed.' }));
  const vsix = join(rootFolder, 'slipway.vsix');
  await step('Packaging the extension', () => packageExtension({ target: ownPlatform(), out: vsix }));
  const isNew = !findPythonEnvironment('flights');
  const title = isNew ? 'Making the Python environment (once, about a minute)' : 'Checking the Python environment';
  const python = await step(title, () => ensurePythonEnvironment('flights'));
  const { folder, runs } = await prepareSample({ python, isFresh: fresh });
  printRuns(folder, runs);
  let isLeftOpen = false;
  try {
    if (!headless) isLeftOpen = await openEditor(folder, vsix);
  } finally {
    if (!isLeftOpen) await stopEngine(folder);
  }
  return 0;
});

function readOptions() {
  try {
    return parseArgs({ options: { headless: { type: 'boolean' }, fresh: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new StepError(`${error.message.split('. ')[0]}. npm start knows --headless and --fresh.`);
  }
}

function printRuns(folder, runs) {
  const number = (value) => (typeof value === 'number' ? value.toFixed(4) : '');
  const seconds = (run) => (run.end_time ? `${((run.end_time - run.start_time) / 1000).toFixed(1)} s` : '');
  const rows = [...runs]
    .reverse()
    .map((run) => [
      run.name,
      run.status.toLowerCase(),
      number(run.metrics.roc_auc),
      number(run.metrics.log_loss),
      seconds(run),
      run.run_id,
    ]);
  const table = [['run', 'state', 'roc_auc', 'log_loss', 'took', 'id'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log(`\n${runs.length} runs in ${folder}`);
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
