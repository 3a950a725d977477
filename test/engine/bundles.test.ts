// slipway export and import: one file, everything in it, nothing twice, nothing half.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportResult, ImportResult } from '../../src/protocol/jobs/job';
import { manifestOf, rezip } from './bundle-file';
import { type BundleWorkspace, createRun, fillWorkspace, get, json, post, put } from './bundle-workspace';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';
import { count, expectNoLeftovers } from './workspace-rows';

let source: EngineProcess;
let made: BundleWorkspace;
let bundle: string;
const folders: string[] = [];

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made;
}

/** What `export --json` says of what it left out. */
type LeftOut = Omit<ExportResult, 'leftOut'> & { left_out: ExportResult['leftOut'] };

beforeAll(async () => {
  source = await startEngine();
  made = await fillWorkspace(source);
  bundle = join(folder(), 'all.zip');
  await json<ExportResult>(source, 'export', bundle);
}, 60_000);
afterAll(async () => {
  await source[Symbol.asyncDispose]();
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

describe('a round trip', () => {
  it('export, import into an empty workspace, export: the same manifest, and MLflow reads the same', async () => {
    await using other = await startEngine();
    const first = await json<ImportResult>(other, 'import', bundle);
    expect(first).toMatchObject({ refused: [], missing: [], skipped: { experiment: 1 } });
    expect(first.imported).toEqual({
      experiment: 1,
      run: 3,
      'logged-model': 1,
      trace: 1,
      'registered-model': 1,
    });
    const again = join(folder(), 'again.zip');
    await json<ExportResult>(other, 'export', again);
    expect(await manifestOf(again)).toEqual(await manifestOf(bundle));
    for (const runId of [made.richRun, made.plainRun, made.recordedRun]) {
      expect(await get(other, `runs/get?run_id=${runId}`)).toEqual(await get(source, `runs/get?run_id=${runId}`));
    }
    const history = `metrics/get-history?run_id=${made.richRun}&metric_key=auc`;
    expect(await get(other, history)).toEqual(await get(source, history));
    expect((await other.client.artifact(made.richRun, 'ünïcode/empty')).status).toBe(200);
    expect(await (await other.client.artifact(made.richRun, 'plots/roc.txt')).text()).toBe('a curve\n');
    const alias = 'registered-models/alias?name=delay&alias=champion';
    expect(await get(other, alias)).toEqual(await get(source, alias));
    const output = await other.client.api.output.read.query({ runId: made.recordedRun });
    expect(output.text).toBe('said\n');

    const second = await json<ImportResult>(other, 'import', bundle);
    expect([second.imported, second.refused]).toEqual([{}, []]);
    expect(second.skipped).toEqual({ experiment: 2, run: 3, 'logged-model': 1, trace: 1, 'registered-model': 1 });
    expect(count(other, 'spans')).toBe(250);
    await expectNoLeftovers(other);
  });

  it('joins an experiment of the same name that has another id, and logging goes on in an imported run', async () => {
    await using other = await startEngine();
    for (const name of ['first', 'delay']) await post(other, 'experiments/create', { name });
    await createRun(other, '2', 'own');
    await json<ImportResult>(other, 'import', bundle);
    const { run } = (await get(other, `runs/get?run_id=${made.richRun}`)) as { run: { info: object } };
    expect(run.info).toMatchObject({ experiment_id: '2' });
    const found = await get(other, 'experiments/get?experiment_id=2');
    expect(found).toMatchObject({ experiment: { name: 'delay', tags: [{ key: 'team', value: 'vision' }] } });
    await post(other, 'runs/update', { run_id: made.richRun, status: 'RUNNING' });
    const point = { run_id: made.richRun, key: 'auc', value: 1, timestamp: 1, step: 5000 };
    await post(other, 'runs/log-metric', point);
    const { metrics } = (await get(other, `metrics/get-history?run_id=${made.richRun}&metric_key=auc`)) as {
      metrics: object[];
    };
    expect(metrics).toHaveLength(901);
  });

  it('of chosen runs holds these and what belongs to them, and leaves out one that still runs by name', async () => {
    const chosen = join(folder(), 'chosen.zip');
    const running = await createRun(source, '0', 'still-going');
    const result = await json<LeftOut>(source, 'export', chosen, '--runs', 'plain', running);
    expect(result.counts).toEqual({ objects: 0, experiment: 1, run: 1 });
    expect(result.left_out).toEqual([{ name: 'still-going', why: 'it still runs' }]);
    const filtered = ['export', chosen, '--filter', "params.lr = '0.1'", '--experiment', 'delay', '--force'];
    const second = await json<ExportResult>(source, ...filtered);
    expect(second.counts).toMatchObject({ run: 1, 'logged-model': 1, 'registered-model': 1, objects: 3 });
    await post(source, 'runs/update', { run_id: running, status: 'FINISHED', end_time: 5 });
    await source.client.api.runs.change.mutate({
      changes: [{ runId: running, deleted: true, expected: { deleted: false } }],
    });
  });

  it('files that lie elsewhere are not in it, and are named', async () => {
    const root = folder();
    await using plain = await startEngine({ arguments: ['--artifact-root', root] });
    const runId = await createRun(plain, '0', 'plain-files');
    await put(plain, `0/${runId}/artifacts/a.txt`, 'a');
    await post(plain, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: 5 });
    const result = await json<LeftOut>(plain, 'export', join(folder(), 'plain.zip'));
    expect(result.left_out).toEqual([{ name: 'plain-files', why: `its files lie in ${root}/0/${runId}/artifacts` }]);
    expect(result.counts).toMatchObject({ run: 1, objects: 0 });
  });

  it('a file that is there is left as it is without --force', async () => {
    const place = join(folder(), 'taken.zip');
    writeFileSync(place, 'mine');
    const { code, stderr } = await slipway(['export', place, '--workspace', source.workspace]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^slipway: .*taken\.zip exists and was left as it is/)]);
    expect(readFileSync(place, 'utf8')).toBe('mine');
  });
});

describe('what is here already', () => {
  it('a run of the same id with other content is refused by name, the others come in, exit 1', async () => {
    await using other = await startEngine();
    await json<ImportResult>(other, 'import', bundle);
    await post(other, 'runs/set-tag', { run_id: made.richRun, key: 'own', value: 'word' });
    const before = await get(other, `runs/get?run_id=${made.richRun}`);
    const { code, stdout } = await slipway(['import', bundle, '--json', '--workspace', other.workspace]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      imported: {},
      refused: [{ name: `calm-elk (${made.richRun})`, why: 'another run with its id is here' }],
    });
    expect(await get(other, `runs/get?run_id=${made.richRun}`)).toEqual(before);
  });

  it('a part that the database will not have is refused by name, and the others come in', async () => {
    await using other = await startEngine();
    const path = join(folder(), 'odd.zip');
    copyFileSync(bundle, path);
    const edit = (text: string): string => {
      if (text.startsWith('["traces",')) return text.replace('"status":"UNSET"', '"status":"FINE"');
      if (text.startsWith('["registered_models",'))
        return text.replace(/"creation_time":\d+/, '"creation_time":"soon"');
      return text;
    };
    await rezip(path, { edit });
    const { code, stdout } = await slipway(['import', path, '--json', '--workspace', other.workspace]);
    const why = expect.stringContaining('does not fit into the database');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as ImportResult).refused).toEqual([
      { name: expect.stringMatching(/^tr-/), why },
      { name: 'delay', why },
    ]);
    const kept = ['traces', 'spans', 'registered_models'].map((table) => count(other, table));
    expect(kept).toEqual([0, 0, 0]);
    expect(count(other, 'runs')).toBe(3);
  });

  it("a run whose files would lie in another's folder is refused, so that erasing it takes nothing of the other", async () => {
    await using other = await startEngine();
    const { run } = (await get(source, `runs/get?run_id=${made.richRun}`)) as {
      run: { info: { artifact_uri: string } };
    };
    const rich = run.info.artifact_uri;
    for (const uri of [rich, `${rich}/${made.plainRun}/artifacts`, 'mlflow-artifacts:/0']) {
      const path = join(folder(), 'theirs.zip');
      copyFileSync(bundle, path);
      await rezip(path, {
        edit: (text) => text.replaceAll(`mlflow-artifacts:/0/${made.plainRun}/artifacts`, uri),
      });
      const { refused } = await json<ImportResult>(other, 'import', path);
      const why = `Its files lie at ${uri}, which is not its own folder.`;
      expect(refused).toEqual([{ name: `plain (${made.plainRun})`, why }]);
    }
  });

  it('--dry-run says what would come and changes nothing', async () => {
    await using other = await startEngine();
    const result = await json<ImportResult>(other, 'import', bundle, '--dry-run');
    expect(result).toMatchObject({ dry_run: true, imported: { experiment: 1, run: 3 } });
    expect(await get(other, `runs/get?run_id=${made.richRun}`)).toMatchObject({
      error_code: 'RESOURCE_DOES_NOT_EXIST',
    });
    await expectNoLeftovers(other);
  });
});
