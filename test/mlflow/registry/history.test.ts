// What the registry keeps of every move and of what was deleted, and how a model with very many versions reads.
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../../engine/engine-process';
import { type Answer, api, post, send } from '../rest-engine';
import { ask, logged, newModel, newVersion, run, withRegistry } from './registry-engine';

withRegistry();

describe('what is kept', () => {
  interface Event {
    move: string;
    model_name: string;
    version: number | null;
    alias: string | null;
    from_value: string | null;
    to_value: string | null;
    gate: string;
    actor: string;
  }

  it('every move: who, when, what, from and to', async () => {
    const name = await newModel();
    const before = Date.now();
    await newVersion(name);
    await newVersion(name);
    const alias = (number: string): Promise<Answer> =>
      post('/registered-models/alias', { name, alias: 'best', version: number });
    await alias('1');
    await alias('1');
    await alias('2');
    await post('/model-versions/transition-stage', { name, version: '1', stage: 'Staging' });
    await post('/model-versions/transition-stage', {
      name,
      version: '2',
      stage: 'Staging',
      archive_existing_versions: true,
    });
    await post('/registered-models/rename', { name, new_name: `${name} new` });
    await send('DELETE', '/model-versions/delete', { name: `${name} new`, version: '2' });
    await send('DELETE', '/registered-models/delete', { name: `${name} new` });
    const events = ask<Event & { time: number }>(
      `SELECT * FROM registry_events WHERE model = (SELECT model FROM registry_events WHERE model_name = ?) ORDER BY event`,
      name,
    );
    const source = `${run.artifactUri}/model`;
    expect(events.map((each) => [each.move, each.version, each.alias, each.from_value, each.to_value])).toEqual([
      ['model created', null, null, null, name],
      ['version created', 1, null, null, source],
      ['version created', 2, null, null, source],
      ['alias set', 1, 'best', null, '1'],
      ['alias moved', 2, 'best', '1', '2'],
      ['stage changed', 1, null, 'None', 'Staging'],
      ['stage changed', 1, null, 'Staging', 'Archived'],
      ['stage changed', 2, null, 'None', 'Staging'],
      ['model renamed', null, null, name, `${name} new`],
      ['alias deleted', 2, 'best', '2', null],
      ['version deleted', 2, null, source, null],
      ['model deleted', null, null, `${name} new`, null],
    ]);
    expect(new Set(events.map(({ gate, actor }) => `${gate} ${actor !== ''}`))).toEqual(new Set(['ungated true']));
    expect(events.slice(1).every(({ time }) => time >= before && time <= Date.now())).toBe(true);
  });

  it('what a deleted version and a deleted model were made from', async () => {
    const name = await newModel();
    await newVersion(name, { run_link: 'https://elsewhere' });
    await newVersion(name, { source: `models:/${logged.modelId}`, model_id: logged.modelId });
    await send('DELETE', '/model-versions/delete', { name, version: '1' });
    await send('DELETE', '/registered-models/delete', { name });
    await post('/registered-models/create', { name });
    expect(await newVersion(name)).toMatchObject({ version: '1' });
    const kept = ask(
      `SELECT v.version, v.source, v.run_id, v.run_link, v.model_id FROM model_versions v JOIN registered_models m USING (model)
       WHERE m.name = ? AND v.deleted_time IS NOT NULL ORDER BY v.version`,
      name,
    );
    expect(kept).toEqual([
      {
        version: 1,
        source: `${run.artifactUri}/model`,
        run_id: run.runId,
        run_link: 'https://elsewhere',
        model_id: '',
      },
      { version: 2, source: `models:/${logged.modelId}`, run_id: run.runId, run_link: '', model_id: logged.modelId },
    ]);
  });

  it('a history that no statement can change', async () => {
    const own = await startEngine();
    await own.json('POST', `${api}/registered-models/create`, { name: 'a' });
    await own.end();
    const database = new BetterSqlite3(join(own.workspace, '.slipway/slipway.db'));
    expect(() => database.exec(`UPDATE registry_events SET actor = 'nobody'`)).toThrow('is never changed');
    expect(() => database.exec('DELETE FROM registry_events')).toThrow('is never changed');
    database.close();
    await own[Symbol.asyncDispose]();
  });

  it('an answered move, also when the engine is killed right after it', async () => {
    const own = await startEngine({ token: '' });
    await own.json('POST', `${api}/registered-models/create`, { name: 'a' });
    await own.json('POST', `${api}/model-versions/create`, { name: 'a', source: 's3://bucket/model' });
    await own.json('POST', `${api}/registered-models/alias`, { name: 'a', alias: 'best', version: '1' });
    await own.end('SIGKILL');
    await using again = await startEngine({ token: '', workspace: own.workspace });
    const { body } = await again.json('GET', `${api}/registered-models/alias?name=a&alias=best`);
    expect(body.model_version).toMatchObject({ version: '1', aliases: ['best'] });
    await again.end();
    await own[Symbol.asyncDispose]();
  });
});

describe('a model with very many versions', () => {
  const many = `
    INSERT INTO registered_models (model, name, creation_time, last_update_time, next_version)
      VALUES (1, 'small', 1, 1, 2), (2, 'large', 1, 1, 40001);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
    INSERT INTO model_versions
        (model, version, source, storage_location, run_id, run_link, model_id, creation_time, last_update_time)
      SELECT 2, n, 's3://b', 's3://b', '', '', '', 1, 1 FROM numbers
      UNION ALL SELECT 1, 1, 's3://b', 's3://b', '', '', '', 1, 1`;

  it('is not slow to read', async () => {
    const before = await startEngine();
    const { workspace } = before;
    await before.end();
    const database = new BetterSqlite3(join(workspace, '.slipway/slipway.db'));
    database.exec(many);
    database.close();
    await using own = await startEngine({ token: '', workspace });
    const fastest = async (name: string): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 8; i += 1) {
        const start = performance.now();
        expect((await own.json('GET', `${api}/registered-models/get?name=${name}`)).status).toBe(200);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const small = await fastest('small');
    expect(await fastest('large')).toBeLessThan(small * 4 + 10);
    await own.end();
    await before[Symbol.asyncDispose]();
  });
});
