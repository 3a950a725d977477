// The registry is a gate: what is protected moves by a decision, and every way round it is closed.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, startEngine, temporaryFolder } from './engine-process';
import { GatedModels, onnxModel } from './gated-models';

const folder = temporaryFolder();
const rules = `  delay:
    approvals: { need: 1 }
    gates:
      - { id: licence, kind: license, value: [MIT] }
      - { id: small, kind: size, value: 1, unit: MB }
`;
const other = 'other@example.org';
let engine: EngineProcess;
let registry: GatedModels;

beforeAll(async () => {
  GatedModels.identity(folder, 'author@example.org');
  GatedModels.rules(folder, rules);
  engine = await startEngine({ workspace: folder });
  registry = new GatedModels(engine);
});
afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('a gated model', () => {
  test('goes to production when its gate passes and somebody else agrees, and back in one step', async () => {
    const first = await registry.version('delay', onnxModel({ doc: 'one', license: 'MIT' }));
    const alone = await registry.promote('delay', first.version);
    expect(alone.refused.map(({ rule }) => rule)).toEqual(['approvals']);
    const own = await registry.approve('delay', first.version, 'Author@example.org');
    expect(own.refused).toMatchObject([{ rule: 'approvals', why: expect.stringContaining('registered it') }]);
    expect((await registry.approve('delay', first.version, other)).refused).toEqual([]);
    expect((await registry.promote('delay', first.version)).refused).toEqual([]);
    expect(await registry.standing('delay')).toEqual(['1 production @champion']);
    const second = await registry.version('delay', onnxModel({ doc: 'two', license: 'MIT' }));
    await registry.approve('delay', second.version, other);
    const moved = await registry.stage('delay', second.version, 'Production');
    expect(moved.status).toBe(200);
    expect(await registry.standing('delay')).toEqual(['2 production @champion', '1 archived']);
    const detail = await engine.client.api.registry.version.query({ name: 'delay', version: '2' });
    expect(detail.tags).toMatchObject({ approved_by: other, approval_date: expect.stringMatching(/^\d{4}-/) });
    const back = await engine.client.api.registry.rollback.mutate({
      ...{ name: 'delay', identity: other, door: 'command line', reason: 'late flights' },
    });
    expect(back).toMatchObject({ version: '1', refused: [] });
    expect(await registry.standing('delay')).toEqual(['2 archived', '1 production @champion']);
    const again = await registry.promote('delay', second.version);
    expect(again.refused.map(({ rule }) => rule)).toEqual(['approvals']);
  });
});
