// One run of all tests: prepares what the chosen areas need and counts every check and test that ran.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ownPlatform, packageExtension } from '../package.mjs';
import { runChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { editorFolder, ensureEditor } from './editor.mjs';
import { ensureInferenceModels } from './inference-models.mjs';
import { ensurePythonEnvironment } from './python-environment.mjs';
import { rootFolder } from './root.mjs';
import { run, StepError } from './shell.mjs';
import { step } from './steps.mjs';

const checkAreas = ['types', 'lint', 'manifest'];
const vitestAreas = [
  'architecture',
  'unit',
  'statistics',
  'engine',
  'recorder',
  'mlflow',
  'imports',
  'datasets',
  'inference',
  'editor',
];

/** What `--only` may name, in the order in which it runs. */
export const areas = [...checkAreas, ...vitestAreas];

/** Counts as it goes; a preparation that fails fails the areas that need it, by name. */
export class TestRun {
  #passed = 0;
  /** What failed, as a person would find it. */
  #failures = [];
  #vsix;

  constructor(chosen, vitestArguments) {
    this.chosen = chosen;
    this.vitestArguments = vitestArguments;
    this.results = mkdtempSync(join(tmpdir(), 'slipway-tests-'));
  }

  async build() {
    const script = join(rootFolder, 'scripts/build.mjs');
    await this.#need(vitestAreas, 'Building', () =>
      run(process.execPath, [script], { cwd: rootFolder, says: 'The build failed.' }),
    );
  }

  async check() {
    for (const { name, passed } of await runChecks(checkAreas.filter((area) => this.chosen.includes(area))))
      this.#count(passed, `${name}: see above`);
  }

  /** Makes environments, editor and VSIX; an area whose surroundings cannot be had is counted as failed. */
  async prepare() {
    await this.#need(['statistics', 'datasets'], 'Preparing the statistics to compare with', async () => {
      process.env.SLIPWAY_TEST_PYTHON_STATISTICS = await ensurePythonEnvironment('statistics');
      process.env.SLIPWAY_TEST_PYTHON_EVIDENTLY = await ensurePythonEnvironment('evidently');
    });
    await this.#need(['mlflow', 'imports', 'editor'], 'Preparing the newest MLflow client', async () => {
      process.env.SLIPWAY_TEST_PYTHON_MLFLOW3 = await ensurePythonEnvironment('mlflow3');
    });
    await this.#need(['mlflow', 'imports'], 'Preparing the MLflow 2 client', async () => {
      process.env.SLIPWAY_TEST_PYTHON_MLFLOW2 = await ensurePythonEnvironment('mlflow2');
    });
    await this.#need(['imports'], 'Preparing the other trackers', async () => {
      process.env.SLIPWAY_TEST_PYTHON_TRACKERS = await ensurePythonEnvironment('trackers');
    });
    await this.#need(['datasets'], 'Preparing DVC', async () => {
      process.env.SLIPWAY_TEST_PYTHON_DVC = await ensurePythonEnvironment('dvc');
    });
    await this.#need(['datasets'], 'Preparing Great Expectations and pandera', async () => {
      process.env.SLIPWAY_TEST_PYTHON_CONTRACTS = await ensurePythonEnvironment('contracts');
    });
    await this.#need(['inference', 'editor'], 'Exporting models', async () => {
      process.env.SLIPWAY_TEST_PYTHON_INFERENCE = await ensurePythonEnvironment('inference');
      process.env.SLIPWAY_TEST_MODELS = await ensureInferenceModels();
    });
    await this.#need(['inference'], 'Preparing the schemas of CI servers', async () => {
      process.env.SLIPWAY_TEST_PYTHON_CI = await ensurePythonEnvironment('ci');
    });
    await this.#need(['editor'], 'Preparing VS Code and Chromium', async () => {
      process.env.SLIPWAY_TEST_CHROMIUM = await ensureChromium();
      await ensureEditor();
      process.env.SLIPWAY_TEST_EDITOR = editorFolder();
    });
    await this.#need(['editor'], 'Packaging the extension', async () => {
      this.#vsix = join(this.results, 'slipway.vsix');
      await packageExtension({ target: ownPlatform(), out: this.#vsix });
      process.env.SLIPWAY_TEST_VSIX = this.#vsix;
    });
    if (this.#vsix) this.#passed += 1;
  }

  async test() {
    const quick = vitestAreas.filter((area) => area !== 'editor' && this.chosen.includes(area));
    if (quick.length > 0) await this.#vitest(quick);
    if (this.chosen.includes('editor')) await this.#vitest(['editor']);
  }

  /** Prints what failed and the closing line, and returns the exit code. */
  report() {
    rmSync(this.results, { recursive: true, force: true });
    if (this.#failures.length > 0)
      console.log(['', 'Failed:', ...this.#failures.map((each) => `  ${each}`)].join('\n'));
    console.log(`\n${this.#passed} passed, ${this.#failures.length} failed`);
    return this.#failures.length === 0 && this.#passed > 0 ? 0 : 1;
  }

  async #need(users, title, work) {
    if (!users.some((area) => this.chosen.includes(area))) return;
    try {
      await step(title, work);
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      console.error([error.detail, error.message].filter(Boolean).join('\n'));
      this.#failures.push(`${title}: ${error.message}`);
      this.chosen = this.chosen.filter((area) => !users.includes(area));
    }
  }

  async #vitest(names) {
    const file = join(this.results, `${names.at(-1)}.json`);
    const tries = join(rootFolder, 'scripts/setup/second-tries.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--reporter=${tries}`, `--outputFile.json=${file}`];
    const projects = names.flatMap((name) => ['--project', name]);
    const vitest = join(rootFolder, 'node_modules/vitest/vitest.mjs');
    let isClean = true;
    try {
      const args = [vitest, 'run', ...projects, ...reporters, ...this.vitestArguments];
      await run(process.execPath, args, { cwd: rootFolder, show: true });
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      isClean = false;
    }
    const before = this.#failures.length;
    const files = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [];
    for (const result of files) this.#countFile(result);
    if (this.vitestArguments.length === 0) this.#expectTests(names, files);
    // An error outside of every test is a failure too.
    if (!isClean && this.#failures.length === before) this.#failures.push('an error outside of every test, see above');
  }

  #countFile({ name, status, message, assertionResults }) {
    const path = relative(rootFolder, name);
    const ran = assertionResults.filter((result) => result.status === 'passed' || result.status === 'failed');
    for (const { status: ended, fullName, failureMessages } of ran)
      this.#count(ended === 'passed', `${path}: ${fullName}\n    ${firstLines(failureMessages[0])}`);
    if (status === 'failed' && ran.every((result) => result.status === 'passed'))
      this.#failures.push(`${path}: ${firstLines(message)}`);
  }

  #expectTests(names, files) {
    for (const name of names) {
      const folder = join(rootFolder, 'test', name);
      if (files.some((file) => file.name.startsWith(folder) && file.assertionResults.length > 0)) continue;
      this.#failures.push(`No test ran in test/${name}.`);
    }
  }

  #count(isPassed, name) {
    if (isPassed) this.#passed += 1;
    else this.#failures.push(name);
  }
}

/** Enough of a failure's text to tell which it was: the whole stands further up, in what a log may have cut. */
function firstLines(text) {
  const lines = stripVTControlCharacters(text ?? '').split('\n');
  return lines.slice(0, 6).join('\n    ').slice(0, 800);
}
