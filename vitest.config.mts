// One project per folder of test/, each with the patience its surroundings need.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testEnvironment } from './scripts/setup/test-environment.mjs';

const root = import.meta.dirname;
const seconds = {
  unit: 5,
  architecture: 30,
  statistics: 180,
  engine: 60,
  recorder: 60,
  mlflow: 180,
  imports: 180,
  datasets: 180,
  inference: 180,
  editor: 180,
  bench: 1200,
  load: 1200,
};

// `bench` and `load` are asked for by npm run bench only.
const inEditor = ['editor', 'bench'];
// Most tests wait for processes. An editor with its browser keeps more than one core busy, and what is measured is alone.
const atOnce: Record<string, number> = { editor: 2, bench: 1, load: 1 };
// A browser loses a click now and then, and a busy machine a second; what passes only when tried again is named in the end.
const tries: Record<string, number> = {
  engine: 1,
  recorder: 1,
  mlflow: 1,
  imports: 1,
  datasets: 1,
  inference: 1,
  editor: 2,
};

// What is tested runs in processes of its own or keeps nothing between two calls: a worker loads it once and not for
// each file. What is measured begins anew.
const beginsAnew = ['bench', 'load'];

/** What takes longest begins first, so that it does not run alone in the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      [
        '/datasets/versions',
        '/datasets/bad-tables',
        '/mlflow/mlflow-clients',
        '/recorder/mlflow-join',
        '/engine/idle',
        '/drift/evidently',
        '/mlflow/oracle',
        '/mlflow/framework',
        '/imports/',
        '/inference/golden',
        '/recorder/',
      ].findIndex((part) => moduleId.includes(part));
    const sorted = await super.sort(files);
    const [long, short] = [sorted.filter((file) => rank(file) !== -1), sorted.filter((file) => rank(file) === -1)];
    return [...long.sort((a, b) => rank(a) - rank(b)), ...short];
  }
}

// Set here as well as in npm test, so that a single file can be run with `npx vitest run test/…`.
Object.assign(process.env, testEnvironment());

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: Object.entries(seconds)
      .filter(([area]) => existsSync(join(root, 'test', area)))
      .map(([area, patience]) => ({
        test: {
          name: area,
          root,
          include: [`test/${area}/**/*.test.ts`],
          testTimeout: patience * 1000,
          hookTimeout: Math.max(patience, 60) * 1000,
          // What is polled for comes soon or not at all; a busy machine must not decide which.
          expect: { poll: { timeout: Math.min(patience, inEditor.includes(area) ? 40 : 20) * 1000 } },
          pool: 'forks' as const,
          isolate: beginsAnew.includes(area),
          retry: tries[area] ?? 0,
          maxWorkers: atOnce[area] ?? 3,
          sequence: { groupOrder: inEditor.includes(area) ? 1 : 0 },
          ...(inEditor.includes(area) ? { globalSetup: [join(root, 'test/editor/shared-editor.ts')] } : {}),
        },
      })),
  },
});
