// What two runs differ in, where one of them knows less.
import { expect, it } from 'vitest';
import type { ComparedRun } from '../../src/lifecycle/runs/comparison/compared-run';
import { runDifferences } from '../../src/lifecycle/runs/comparison/run-differences';

/** A run of which only this much is known. */
function runWith(packages: Record<string, string> | null): ComparedRun {
  const listed = Object.entries(packages ?? {}).map(([name, version]) => ({ name, version }));
  const environment = { version: '3.11.7', packages: listed };
  const recording = packages === null ? null : { command: ['x'], git: null, inputs: [], environment };
  return { params: [], datasets: [], tags: [], recording } as unknown as ComparedRun;
}

function packageChanges(before: ComparedRun, after: ComparedRun): object[] {
  return runDifferences([before], [after], []).changes.filter(({ what }) => what === 'package');
}

it('packages of which one run knows nothing are one line, and not as many additions', () => {
  const known = runWith({ numpy: '2.0', pandas: '3.0' });
  const line = { what: 'package', name: 'environment' };
  expect(packageChanges(runWith(null), known)).toEqual([{ ...line, baseline: null, candidate: '3 packages' }]);
  expect(packageChanges(known, runWith(null))).toEqual([{ ...line, baseline: '3 packages', candidate: null }]);
  expect(packageChanges(runWith(null), runWith(null))).toEqual([]);
  expect(packageChanges(known, runWith({ numpy: '2.1' }))).toEqual([
    { what: 'package', name: 'numpy', baseline: '2.0', candidate: '2.1' },
    { what: 'package', name: 'pandas', baseline: '3.0', candidate: null },
  ]);
});

it('what both have alike is told apart from what differs, and what neither has is in neither', () => {
  const params = (lr: string): ComparedRun['params'] => [
    { key: 'lr', value: lr },
    { key: 'depth', value: '6' },
    { key: 'seed', value: lr },
  ];
  const [before, after] = ['0.1', '0.2'].map((lr) => ({ ...runWith({ numpy: '2.0' }), params: params(lr) }));
  const { changes, same } = runDifferences([before as ComparedRun], [after as ComparedRun], ['seed']);
  expect(changes).toEqual([{ what: 'param', name: 'lr', baseline: '0.1', candidate: '0.2' }]);
  expect(same).toEqual([
    { what: 'param', name: 'depth', value: '6' },
    { what: 'package', name: 'numpy', value: '2.0' },
    { what: 'package', name: 'python', value: '3.11.7' },
    { what: 'command', name: 'command', value: 'x' },
  ]);
});
