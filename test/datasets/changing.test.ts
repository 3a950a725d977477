// Data and contracts that change while a question about them is being answered: no answer is kept of what it is not of.
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { slipway, startEngine } from '../engine/engine-process';

const contract = `apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
status: active
schema:
  - name: a
    properties:
      - name: age
        logicalType: integer
        logicalTypeOptions: { minimum: 0, maximum: 120 }
`;

it('a profile of a file that changed meanwhile is not kept as that of the version before', async ({ skip }) => {
  await using engine = await startEngine();
  const at = (path: string): string => join(engine.workspace, path);
  const cwd = engine.workspace;
  writeFileSync(at('slipway.yaml'), 'version: 1\nsnapshots: { copy_limit: none }\n');
  const rows = Array.from({ length: 400_000 }, (_, row) => `${row},${row % 97}`).join('\n');
  writeFileSync(at('a.csv'), `id,age\n${rows}\n`);
  writeFileSync(at('b.csv'), `id,age\n${rows.replaceAll(',', ',9')}\n`);
  const { stdout, stderr } = await slipway(['dataset', 'add', 'a', 'a.csv', '--json'], { cwd });
  expect(stderr).toBe('');
  const added = JSON.parse(stdout);
  if (added.version.storage.kind === 'kept') skip('this disk shares contents');
  const version = added.version.id as string;
  const { api } = engine.client;
  const asked = { dataset: 'a', version, reference: null, make: true, again: false };
  const profile = api.datasetPanel.measureProfile.mutate(asked);
  const going = () => api.datasetPanel.work.query({ dataset: 'a', version, what: 'profile' });
  profile.catch(() => undefined);
  await expect.poll(going, { interval: 5 }).not.toBeNull();
  renameSync(at('b.csv'), at('a.csv'));
  await expect(profile).rejects.toThrow(/changed while it was being (profiled; try|read. Try) again/);
  expect(await api.datasets.findResult.query({ dataset: 'a', version, kind: 'profile', digest: null })).toBeNull();
}, 30_000);

it('a contract that is edited while the data are checked lets no failing data through', async () => {
  await using engine = await startEngine();
  const at = (path: string): string => join(engine.workspace, path);
  writeFileSync(at('a.csv'), 'id,age\n1,-5\n');
  writeFileSync(at('a.odcs.yaml'), contract);
  const add = ['dataset', 'add', 'a', 'a.csv', '--contract', 'a.odcs.yaml'];
  // Its data fail the contract, which is told when it is registered.
  expect((await slipway(add, { cwd: engine.workspace })).code).toBe(1);
  const editing = setInterval(() => appendFileSync(at('a.odcs.yaml'), '# edited\n'), 3);
  try {
    const judgement = engine.client.api.datasets.judgeLaunch.mutate({ runId: 'r', inputs: [at('a.csv')] });
    expect(await judgement).toMatchObject({ mayBegin: false, failing: [{ dataset: 'a' }] });
  } finally {
    clearInterval(editing);
  }
}, 30_000);
