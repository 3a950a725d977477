// npm test: everything, on a machine that has only Node, npm and Python. Ends with `N passed, N failed`.
// --only unit,engine names areas; what follows -- goes to vitest.
import { parseArgs } from 'node:util';
import { bootstrap } from './setup/bootstrap.mjs';
import { StepError } from './setup/shell.mjs';
import { areas, TestRun } from './setup/test-run.mjs';

await bootstrap(async () => {
  const { chosen, rest } = readArguments();
  const run = new TestRun(chosen, rest);
  await run.build();
  await run.check();
  await run.prepare();
  await run.test();
  return run.report();
});

function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new StepError(
      `${error.message.split('. ')[0]}. npm test knows --only AREA,… and, after --, what vitest knows.`,
    );
  }
  const chosen = parsed.values.only?.split(',') ?? areas;
  const unknown = chosen.filter((area) => !areas.includes(area));
  if (unknown.length > 0)
    throw new StepError(`There is no area ${unknown.join(', ')}. There are: ${areas.join(', ')}.`);
  return { chosen, rest: parsed.positionals };
}
