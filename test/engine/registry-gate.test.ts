// The registry is a gate: what is protected moves by a decision, and every way round it is closed.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followJob } from '../../src/client/jobs/job-stream';
import { standingWord } from '../../src/protocol/models/registry/registry-words';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';
import { type Answered, GatedModels, onnxModel } from './gated-models';

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
    const lost = /0 of 1 people agreed.*; the approval by other@example.org of .* UTC is void: /;
    expect(again.refused).toMatchObject([{ rule: 'approvals', why: expect.stringMatching(lost) }]);
  });
});

/** The status and the rules' ids that the sentence names. */
function refusal({ status, body }: Answered): [number, unknown, string] {
  return [status, body.error_code, String(body.message)];
}

const denied = (rule: string): unknown => [403, 'PERMISSION_DENIED', expect.stringContaining(rule)];

/** Puts other bytes where the workspace keeps these. */
function overwrite(kept: Buffer, by: Buffer): void {
  const sha256 = createHash('sha256').update(kept).digest('hex');
  const file = join(folder, '.slipway/objects', sha256.slice(0, 2), sha256.slice(2));
  chmodSync(file, 0o600);
  writeFileSync(file, by);
}

describe('what else is decided', () => {
  const said = { identity: other, door: 'command line' as const };

  test('a version leaves production when people agree that it leaves', async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', 'leaving'));
    const { version } = await registry.version('leaving', onnxModel({ doc: 'leaving', license: 'MIT' }));
    await registry.approve('leaving', version, other);
    await registry.alias('leaving', 'champion', version);
    expect(await registry.standing('leaving')).toEqual(['1 production @champion']);
    const gone = { name: 'leaving', alias: 'champion' };
    expect(refusal(await registry.mlflow('DELETE', 'registered-models/alias', gone))).toEqual(denied('approvals'));
    expect(refusal(await registry.stage('leaving', version, 'None'))).toEqual(denied('approvals'));
    const agreed = await registry.approve('leaving', version, other);
    expect(agreed).toMatchObject({ sentence: expect.stringContaining('agreed that leaving@1 leaves production') });
    expect((await registry.mlflow('DELETE', 'registered-models/alias', gone)).status).toBe(200);
    expect(await registry.standing('leaving')).toEqual(['1 archived']);
    // Whoever agreed to that did not agree that it comes back.
    expect((await registry.promote('leaving', version)).refused.map(({ rule }) => rule)).toEqual(['approvals']);
    const nowhere = await engine.client.api.registry.rollback.mutate({
      ...said,
      name: 'leaving',
      reason: 'was it good?',
    });
    const instead = 'slipway promote leaving@V --to production puts one there';
    expect(nowhere.refused).toEqual([{ rule: 'rollback', why: `no version is in production: ${instead}` }]);
    await registry.approve('leaving', version, other);
    await registry.promote('leaving', version);
    const only = await engine.client.api.registry.rollback.mutate({ ...said, name: 'leaving', reason: 'was it good?' });
    expect(only.refused).toEqual([
      { rule: 'rollback', why: `no version was put there by a decision before leaving@1: ${instead}` },
    ]);
  });

  test('a rule is let pass by a person with a reason until a day, and a signature never', async () => {
    const signed = rules
      .replace('delay', 'waived')
      .replace('    gates:', '    gates:\n      - { id: io, kind: signature, against: "1" }');
    GatedModels.rules(folder, rules + signed);
    await registry.version('waived', onnxModel({ doc: 'first' }));
    const { version } = await registry.version('waived', onnxModel({ doc: 'second' }));
    const of = { ...said, name: 'waived', version: String(version), reason: 'the licence comes on Monday' };
    const expires = Date.now() + 60_000;
    const { waive } = engine.client.api.registry;
    const never = await waive.mutate({ ...of, rule: 'io', expires });
    expect(never.refused).toMatchObject([{ rule: 'io', why: expect.stringContaining('never waived') }]);
    const author = await waive.mutate({ ...of, identity: 'author@example.org', rule: 'licence', expires });
    expect(author.refused.map(({ rule }) => rule)).toEqual(['approvals']);
    await expect(waive.mutate({ ...of, rule: 'licence', expires: 1 })).rejects.toThrow(/later time/);
    await expect(waive.mutate({ ...of, rule: 'nothing', expires })).rejects.toThrow(/io, licence, small/);
    await registry.approve('waived', version, other);
    expect((await registry.promote('waived', version)).refused.map(({ rule }) => rule)).toEqual(['licence']);
    expect((await waive.mutate({ ...of, rule: 'licence', expires })).refused).toEqual([]);
    expect(await registry.promote('waived', version)).toMatchObject({
      refused: [],
      sentence: expect.stringMatching(
        /is production now, with licence waived by other@example.org until \d+ \w+ .*\d\d:\d\d\.$/,
      ),
    });
    const { items } = await engine.client.api.registry.get.query({ name: 'waived', limit: 5 });
    expect(items.map(standingWord)).toEqual(['Fail, waived', 'Not judged']);
    // One that only a rule stopped that people let pass was not among those that wait for people.
    const third = await registry.version('waived', onnxModel({ doc: 'third' }));
    await registry.promote('waived', third.version);
    const waiting = async (): Promise<number> =>
      (await engine.client.api.registry.get.query({ name: 'waived', limit: 1 })).waiting;
    expect(await waiting()).toBe(0);
    await waive.mutate({ ...of, version: String(third.version), rule: 'licence', expires });
    expect(await waiting()).toBe(1);
  });

  test('whoever approves is told what the gate says of it, and that is nothing of one that passes', async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', 'told'));
    const approve = async (version: number): Promise<string> => {
      const answer = await slipway(['approve', `told@${version}`, '--workspace', folder]);
      return answer.stdout.replace(/^\S+ /, '').trim();
    };
    const judge = (version: number) => slipway(['gate', `told@${version}`, '--workspace', folder]);
    const bad = await registry.version('told', onnxModel({ doc: 'told, without a licence' }));
    const good = await registry.version('told', onnxModel({ doc: 'told', license: 'MIT' }));
    GatedModels.identity(folder, other);
    expect(await approve(bad.version)).toBe('approved told@1. Its gate has not judged it as it is now.');
    await judge(bad.version);
    const fails = 'Its gate says: told@1 does not pass: 1 rule fails, 1 of 2 pass';
    expect(await approve(bad.version)).toBe(`approved told@1. ${fails}.`);
    const waive = ['waive', 'told@1', 'licence', '--reason', 'on Monday', '--until', '1h', '--workspace', folder];
    expect((await slipway(waive)).code).toBe(0);
    expect(await approve(bad.version)).toContain(`${fails}, with licence waived by ${other} until `);
    await judge(good.version);
    expect(await approve(good.version)).toBe('approved told@2.');
    // What it found last was against a champion that is none any more.
    expect((await registry.promote('told', good.version)).refused).toEqual([]);
    await judge(bad.version);
    await registry.approve('told', good.version, other);
    expect((await registry.promote('told', good.version, 'archived')).refused).toEqual([]);
    const shown = await engine.client.api.registry.version.query({ name: 'told', version: '1' });
    expect([shown.gate, await approve(bad.version)]).toEqual([
      'outdated',
      'approved told@1. What its gate found last is outdated: slipway gate told@1 judges it as it is now.',
    ]);
    GatedModels.identity(folder, 'author@example.org');
  });

  test('a rejection stands until its author approves', async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', 'disputed'));
    const { version } = await registry.version('disputed', onnxModel({ doc: 'disputed', license: 'MIT' }));
    await registry.approve('disputed', version, 'third@example.org');
    const of = { ...said, name: 'disputed', version: String(version) };
    await engine.client.api.registry.approve.mutate({ ...of, verdict: 'rejected', comment: 'too slow on Mondays' });
    const stopped = await registry.stage('disputed', version, 'Production');
    expect(refusal(stopped)).toEqual(denied('too slow on Mondays'));
    await registry.approve('disputed', version, other);
    expect((await registry.stage('disputed', version, 'Production')).status).toBe(200);
  });

  test('a version that was in production before there were rules stays, and is told of no more than any', async () => {
    const old = await registry.version('settled', onnxModel({ doc: 'settled' }));
    await registry.stage('settled', old.version, 'Production');
    await registry.alias('settled', 'champion', old.version);
    GatedModels.rules(folder, rules + rules.replace('delay', 'settled'));
    const next = await registry.version('settled', onnxModel({ doc: 'next', license: 'MIT' }));
    expect((await engine.client.api.audit.verify.query()).problems).toEqual([]);
    await registry.approve('settled', next.version, other);
    expect((await registry.promote('settled', next.version)).refused).toEqual([]);
    const back = await engine.client.api.registry.rollback.mutate({ ...said, name: 'settled', reason: 'worse' });
    expect([back.refused, back.version]).toEqual([[], '1']);
    expect(await registry.standing('settled')).toEqual(['2 archived', '1 production @champion']);
  });

  test('a version in production that loses another protected alias has not left production', async () => {
    const many = rules.replace('delay:\n', 'many:\n    protects: [production, beta, staging]\n');
    GatedModels.rules(folder, rules + many);
    const first = await registry.version('many', onnxModel({ doc: 'many', license: 'MIT' }));
    const second = await registry.version('many', onnxModel({ doc: 'more', license: 'MIT' }));
    for (const { version } of [first, second]) await registry.approve('many', version, other);
    // Others of a protected stage make room for the version that takes their place.
    expect((await registry.stage('many', first.version, 'Staging')).status).toBe(200);
    expect((await registry.stage('many', second.version, 'Staging', true)).status).toBe(200);
    expect(await registry.standing('many')).toEqual(['2 staging', '1 archived']);
    expect((await registry.promote('many', first.version)).refused).toEqual([]);
    expect((await registry.alias('many', 'beta', first.version)).status).toBe(200);
    expect(await registry.standing('many')).toEqual(['2 staging', '1 production @beta @champion']);
    // Wherever a decision put it, its files are those that it was over.
    const bytes = ['many', 'more'].map((doc) => onnxModel({ doc, license: 'MIT' }));
    const changed = ['many@1 is production, @beta', 'many@2 is staging'];
    for (const [at, kept] of bytes.entries()) {
      overwrite(kept, onnxModel({ doc: 'evil', license: 'MIT' }));
      const message = `${changed[at]}, and its files are not those that were decided over.`;
      expect((await engine.client.api.audit.verify.query()).problems).toEqual([{ seq: null, message }]);
      overwrite(kept, kept);
    }
    // Whoever agreed that it comes there did not agree that it goes to another protected place, and leaves nobody there.
    expect(refusal(await registry.stage('many', first.version, 'Staging'))).toEqual(denied('approvals'));
    const gone = { name: 'many', alias: 'beta' };
    expect(refusal(await registry.mlflow('DELETE', 'registered-models/alias', gone))).toEqual(denied('leave beta'));
    await registry.approve('many', first.version, 'carl@example.org');
    expect((await registry.mlflow('DELETE', 'registered-models/alias', gone)).status).toBe(200);
    expect(await registry.standing('many')).toEqual(['2 staging', '1 production @champion']);
    const { items } = await engine.client.api.audit.list.query({ subject: 'many@1', limit: 20 });
    const left = items.find(({ action }) => action === 'version withdrawn');
    expect(left?.detail).toMatchObject({ target: 'beta', approved_by: ['carl@example.org'] });
    expect((await registry.promote('many', first.version)).refused).toEqual([]);
    expect((await engine.client.api.audit.verify.query()).problems).toEqual([]);
  });

  test('rules in another order are the same rules, and data that are read from elsewhere are asked about', async () => {
    const ordered = rules.replace('delay:\n', 'ordered:\n    data: { holdout: hours@latest }\n');
    const from = (path: string): string => `datasets:\n  hours: { path: ${path}, label: late }\n`;
    for (const path of ['hours.csv', 'easy.csv']) writeFileSync(join(folder, path), 'x,late\n1,0\n2,1\n');
    GatedModels.rules(folder, `${ordered}${from('hours.csv')}`);
    const { version } = await registry.version('ordered', onnxModel({ doc: 'ordered', license: 'MIT' }));
    await registry.approve('ordered', version, other);
    const [, approvals = '', licence = '', size = ''] = / +(approvals.*\n) +gates:\n(.*\n)(.*\n)/.exec(ordered) ?? [];
    const turned = `  ordered:\n    gates:\n${size}${licence}    data: { holdout: hours@latest }\n    ${approvals}`;
    GatedModels.rules(folder, `${turned}${from('hours.csv')}`);
    const of = { name: 'ordered', version: String(version), identity: null };
    const { gated } = await engine.client.api.registry.version.query(of);
    expect(gated?.approvals.map((each) => each.void)).toEqual([null]);
    GatedModels.rules(folder, `${turned}${from('easy.csv')}`);
    const { refused } = await registry.promote('ordered', version);
    expect(refused).toContainEqual({
      rule: 'rules',
      why: expect.stringContaining('hours is read from somewhere else'),
    });
    const agreed = { ...said, name: 'ordered', comment: '' };
    expect((await engine.client.api.registry.approveRules.mutate(agreed)).refused).toEqual([]);
    const rest = (await registry.promote('ordered', version)).refused;
    expect(rest.map(({ rule }) => rule)).toEqual(['approvals']);
    expect(rest[0]?.why).toContain('is void');
  });

  test('a model whose rules people agreed to take away is approved and moved by people alone', async () => {
    const freed = rules.replace('delay', 'freed');
    GatedModels.rules(folder, rules + freed);
    const { version } = await registry.version('freed', onnxModel({ doc: 'freed' }));
    GatedModels.rules(folder, rules);
    const agreed = { ...said, name: 'freed', comment: 'it is nobody’s any more' };
    expect((await engine.client.api.registry.approveRules.mutate(agreed)).refused).toEqual([]);
    expect((await registry.promote('freed', version)).refused.map(({ rule }) => rule)).toEqual(['approvals']);
    expect((await registry.approve('freed', version, other)).refused).toEqual([]);
    expect((await registry.promote('freed', version)).refused).toEqual([]);
    expect(await registry.standing('freed')).toEqual(['1 production @champion']);
  });

  test('a rollback names the versions that it passes over, and waits for rules that nobody agreed to', async () => {
    const judged = rules.replace('delay:\n', 'back:\n    data: { holdout: weeks@latest }\n');
    const labelled = (label: string): string => `datasets:\n  weeks: { path: weeks.csv, label: ${label} }\n`;
    writeFileSync(join(folder, 'weeks.csv'), 'x,late\n1,0\n2,1\n');
    GatedModels.rules(folder, `${judged}${labelled('late')}`);
    const bytes = ['back one', 'back two', 'back 3rd'].map((doc) => onnxModel({ doc, license: 'MIT' }));
    for (const each of bytes) {
      const { version } = await registry.version('back', each);
      // Its gate reads data that nobody has read yet: then it is known what people agree to.
      expect((await registry.promote('back', version)).refused.map(({ rule }) => rule)).toEqual(['approvals']);
      await registry.approve('back', version, other);
      expect((await registry.promote('back', version)).refused).toEqual([]);
    }
    const asked = { ...said, name: 'back', reason: 'late by noon' };
    const { rollback } = engine.client.api.registry;
    GatedModels.rules(folder, `${judged}${labelled('punctual')}`);
    expect((await rollback.mutate(asked)).refused.map(({ rule }) => rule)).toEqual(['rules']);
    GatedModels.rules(folder, `${judged}${labelled('late')}`);
    overwrite(bytes[1] as Buffer, onnxModel({ doc: 'back 2nd', license: 'MIT' }));
    const back = await rollback.mutate(asked);
    const why = 'back@2 was passed over: its files are not those that were decided over.';
    expect(back).toMatchObject({ refused: [], version: '1', sentence: expect.stringContaining(why) });
    const { items } = await engine.client.api.audit.list.query({ subject: 'back@1', limit: 20 });
    const done = items.find(({ action }) => action === 'version rolled back');
    expect(done?.detail.passed_over).toEqual([why]);
    overwrite(bytes[1] as Buffer, bytes[1] as Buffer);
  });

  test('a rollback took out the version that came to production meanwhile, and told of the one before', async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', 'swift').replace(/ +approvals.*\n/, ''));
    const versions: { version: number; path: string }[] = [];
    for (const doc of ['heavy', 'second', 'third']) {
      versions.push(await registry.version('swift', onnxModel({ doc, license: 'MIT' })));
    }
    const [heavy, second, third] = versions;
    // What takes long to look at is what another decision comes in between of.
    const beside = heavy?.path.replace('model.onnx', 'model_weights.bin');
    await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${beside}`, {
      method: 'PUT',
      body: new Uint8Array(60_000_000),
    });
    for (const each of [heavy, second])
      expect((await registry.promote('swift', each?.version ?? 0)).refused).toEqual([]);
    const following = { signal: new AbortController().signal, onProgress: () => undefined };
    await followJob(engine.client, { job: 'model-gate', name: 'swift', version: '3' }, following);
    const back = engine.client.api.registry.rollback.mutate({ ...said, name: 'swift', reason: 'late by noon' });
    const [told] = await Promise.allSettled([back, registry.promote('swift', third?.version ?? 0)]);
    const { items } = await engine.client.api.audit.list.query({ subject: 'swift@1', limit: 10 });
    const left = items.flatMap(({ action, detail }) => (action === 'version rolled back' ? [detail.before] : []));
    if (told?.status === 'rejected') {
      expect(String(told.reason)).toContain('another version is the champion meanwhile (swift@3 is there)');
      expect([left, await registry.standing('swift')]).toEqual([
        [],
        [expect.stringContaining('3 production'), '2 archived', '1 archived'],
      ]);
    } else {
      expect([told?.value.sentence, left]).toEqual([expect.stringContaining('and swift@2 is archived'), [2]]);
    }
  });

  test('another contract for the data that a rule reads was no change of the rules', async () => {
    const contracted = `  kept:
    approvals: { need: 1 }
    gates:
      - { id: data, kind: data, dataset: seats, on_missing: warn }
      - { id: any, kind: data, on_missing: warn }
`;
    const of = (contract: string): string =>
      `${rules}${contracted}datasets:\n  seats: { path: seats.csv${contract} }\n  rows: { path: seats.csv, contract: rows.odcs.yaml }\n`;
    writeFileSync(join(folder, 'seats.csv'), 'x\n1\n');
    GatedModels.rules(folder, of(', contract: strict.odcs.yaml'));
    const { version } = await registry.version('kept', onnxModel({ doc: 'kept' }));
    const blocked = async (): Promise<string[]> =>
      (await registry.promote('kept', version)).refused.flatMap(({ rule, why }) => (rule === 'rules' ? [why] : []));
    expect(await blocked()).toEqual([]);
    for (const contract of [', contract: lax.odcs.yaml', '']) {
      GatedModels.rules(folder, of(contract));
      expect(await blocked()).toEqual([expect.stringContaining('the contract of seats is another one, and nobody')]);
    }
    GatedModels.rules(folder, of(', contract: strict.odcs.yaml').replace(', contract: rows.odcs.yaml', ''));
    expect(await blocked()).toEqual([expect.stringContaining('the contract of rows is another one')]);
    GatedModels.rules(folder, of(', contract: strict.odcs.yaml'));
    expect(await blocked()).toEqual([]);
  });

  test('stricter rules count at once, and another truth for the holdout only when people agree to it', async () => {
    const judged = rules.replace('delay:\n', 'strict:\n    data: { holdout: days@latest }\n');
    const datasets = (label: string): string => `datasets:\n  days: { path: days.csv, label: ${label} }\n`;
    GatedModels.rules(folder, `${judged}${datasets('late')}`);
    writeFileSync(join(folder, 'days.csv'), 'x,late\n1,0\n2,1\n');
    expect((await slipway(['dataset', 'refresh', 'days', '--workspace', folder])).code).toBe(0);
    const { version } = await registry.version('strict', onnxModel({ doc: 'strict', license: 'MIT' }));
    await registry.approve('strict', version, other);
    const stricter = `${judged}      - { id: told, kind: doc, value: [owner] }\n`;
    GatedModels.rules(folder, `${stricter}${datasets('late')}`);
    const ids = async (): Promise<string[]> =>
      (await registry.promote('strict', version)).refused.map(({ rule }) => rule);
    expect(await ids()).toEqual(['told', 'approvals']);
    GatedModels.rules(folder, `${judged}${datasets('late')}`);
    expect(await ids()).toEqual(['told', 'approvals']);
    const { pendingRules } = await engine.client.api.registry.get.query({ name: 'strict' });
    expect(pendingRules).toContain('the rule told is gone');
    GatedModels.rules(folder, `${stricter}${datasets('punctual')}`);
    expect(await ids()).toContain('rules');
    const of = { name: 'strict', door: 'command line' as const, comment: '' };
    const { approveRules } = engine.client.api.registry;
    expect((await approveRules.mutate({ ...of, identity: other })).refused).toEqual([]);
    expect(await ids()).toEqual(['told', 'approvals']);
    await expect(approveRules.mutate({ ...of, identity: other })).rejects.toThrow(/nothing is to be decided/);
  });

  test('a limit that is made stricter counts at once, a looser one when people agree, and another unit is only a change', async () => {
    const limited = (small: string): void => {
      const gates = `      - { id: small, kind: size, ${small} }\n      - { id: licence, kind: license, value: [MIT], severity: warn }\n`;
      GatedModels.rules(folder, `  limited:\n    approvals: { need: 1 }\n    gates:\n${gates}`);
    };
    const told = async (small: string, words: string): Promise<string | null> => {
      limited(small);
      const list = ['audit', 'list', 'limited', '--limit', '1', '--workspace', folder];
      await expect.poll(async () => (await slipway(list)).stdout, { timeout: 10_000 }).toContain(words);
      return (await engine.client.api.registry.get.query({ name: 'limited' })).pendingRules;
    };
    limited('value: 5, unit: MB');
    const { version } = await registry.version('limited', onnxModel({ doc: 'limited' }));
    expect(await told('value: 4, unit: MB', 'Rules made stricter')).toBe(null);
    expect(await told('value: 5, unit: MB', 'Rules weakened')).toContain('the rule small is weaker.');
    expect(await told('value: 4000, unit: kB', 'Rules changed')).toContain('the rule small is another one.');
    const gated = await slipway(['gate', `limited@${version}`, '--json', '--workspace', folder]);
    expect(JSON.parse(gated.stdout).rules.map(({ id }: { id: string }) => id)).toEqual([
      'small',
      'licence',
      'small.new',
    ]);
  });

  test('a typo in rules that is corrected before the first version is registered waits for nobody', async () => {
    const drafted = rules.replace('delay', 'drafted');
    const pending = async (): Promise<string | null> =>
      (await engine.client.api.registry.get.query({ name: 'drafted' })).pendingRules;
    const actions = async (): Promise<string[]> => {
      const { items } = await engine.client.api.audit.list.query({ subject: 'drafted', limit: 50 });
      return items.map(({ action }) => action).filter((action) => action.startsWith('rules'));
    };
    GatedModels.rules(folder, rules + drafted.replace('[MIT]', '[MTI]'));
    await registry.mlflow('POST', 'registered-models/create', { name: 'drafted' });
    expect((await slipway(['gate', 'drafted@1', '--workspace', folder])).code).not.toBe(0);
    const { approveRules } = engine.client.api.registry;
    const agreed = { ...said, name: 'drafted', comment: '' };
    await expect(approveRules.mutate(agreed)).rejects.toThrow(/draft until its first version/);
    expect(await actions()).toEqual([]);
    GatedModels.rules(folder, rules + drafted);
    const { version } = await registry.version('drafted', onnxModel({ doc: 'drafted', license: 'MIT' }));
    expect([await pending(), await actions()]).toEqual([null, ['rules accepted']]);
    await registry.approve('drafted', version, other);
    expect((await registry.promote('drafted', version)).refused).toEqual([]);
    GatedModels.rules(folder, rules + drafted.replace('[MIT]', '[MTI]'));
    expect(await pending()).toContain('the rule licence is another one');
    const { gated } = await engine.client.api.registry.version.query({ name: 'drafted', version: String(version) });
    expect(gated?.approvals[0]?.void).toBe('the rules are others now');
  });

  test('what is registered and judged is recorded under whom git names, and as gated', async () => {
    const { items } = await engine.client.api.audit.list.query({ subject: 'drafted', limit: 50 });
    const of = (action: string): unknown[] => {
      const found = items.find((each) => each.action === action);
      return [found?.actor, found?.detail.gate];
    };
    const author = 'author@example.org';
    expect([of('model created'), of('version created'), of('gate run'), of('rules accepted')]).toEqual([
      [author, 'gated'],
      [author, 'gated'],
      [author, undefined],
      [author, undefined],
    ]);
  });

  test('an address that only looks like another one is the same person, or none', async () => {
    const { version } = await registry.version('delay', onnxModel({ doc: 'lookalike', license: 'MIT' }));
    const own = await registry.approve('delay', version, '\uff21uthor@example.org');
    expect(own.refused).toMatchObject([{ rule: 'approvals', why: expect.stringContaining('registered it') }]);
    // As git writes it into commits.
    const written = [
      'author@example.org.',
      '<author@example.org>',
      'author@example.org;',
      "'author@example.org'",
      ',author@exa<m>ple.org\\',
    ];
    for (const each of written) {
      const { refused } = await registry.approve('delay', version, each);
      expect([each, refused], each).toMatchObject([
        each,
        [{ rule: 'approvals', why: expect.stringContaining('registered it') }],
      ]);
    }
    for (const strange of [
      'ben@x.org\u202e',
      'author\u200b@example.org',
      '"author"@example.org',
      'author\\@example.org',
    ]) {
      await expect(registry.approve('delay', version, strange), strange).rejects.toThrow(/identity is an address/);
    }
  });

  test('what a clock that was ahead dated counts for nothing', async () => {
    const ahead = temporaryFolder();
    GatedModels.identity(ahead, 'author@example.org');
    GatedModels.rules(ahead, rules.replace('need: 1', 'need: 1, expires: 1m'));
    const clock = join(ahead, 'clock.cjs');
    writeFileSync(clock, 'const { now } = Date; Date.now = () => now() + 1e11;\n');
    process.env.NODE_OPTIONS = `--require ${clock}`;
    let version = 0;
    try {
      await using later = await startEngine({ workspace: ahead });
      const of = new GatedModels(later);
      ({ version } = await of.version('delay', onnxModel({ doc: 'ahead' })));
      await of.approve('delay', version, other);
      const waived = { ...said, name: 'delay', version: String(version), rule: 'licence', reason: 'soon' };
      await later.client.api.registry.waive.mutate({ ...waived, expires: Date.now() + 1e11 + 60_000 });
    } finally {
      delete process.env.NODE_OPTIONS;
    }
    await using now = await startEngine({ workspace: ahead });
    const refused = (await new GatedModels(now).promote('delay', version)).refused.map(({ rule }) => rule);
    expect(refused).toEqual(['licence', 'approvals']);
    const { gated } = await now.client.api.registry.version.query({ name: 'delay', version: '1' });
    expect([gated?.approvals[0]?.void, gated?.waivers[0]?.void]).toEqual(Array(2).fill('it is dated later than now'));
    rmSync(ahead, { recursive: true, force: true });
  });

  test('a bundle brings versions of a gated name in as candidates', async () => {
    const sender = temporaryFolder();
    const file = join(sender, 'models.slipway');
    {
      await using away = await startEngine({ workspace: sender });
      const elsewhere = new GatedModels(away);
      const { version } = await elsewhere.version('carried', onnxModel({ doc: 'carried', license: 'MIT' }));
      await elsewhere.stage('carried', version, 'Production');
      await elsewhere.alias('carried', 'champion', version);
      GatedModels.rules(sender, rules.replace('delay', 'ruled'));
      const ruled = await elsewhere.version('ruled', onnxModel({ doc: 'ruled', license: 'MIT' }));
      await elsewhere.approve('ruled', ruled.version, other);
      expect((await elsewhere.promote('ruled', ruled.version)).refused).toEqual([]);
      expect((await slipway(['export', file, '--workspace', sender])).code).toBe(0);
    }
    GatedModels.rules(folder, rules + rules.replace('delay', 'carried'));
    expect((await slipway(['import', file, '--workspace', folder])).code).toBe(0);
    expect(await registry.standing('carried')).toEqual(['1 candidate']);
    const { items } = await engine.client.api.audit.list.query({ subject: 'carried', limit: 50 });
    const landed = items.find(({ action }) => action === 'model imported');
    expect(landed?.detail).toMatchObject({
      door: 'bundle',
      left: ['Production of version 1', '@champion of version 1'],
    });
    // Its rules come with it, although slipway.yaml says nothing of it here.
    expect(await registry.standing('ruled')).toEqual(['1 candidate']);
    expect(refusal(await registry.stage('ruled', 1, 'Production'))).toEqual(denied('approvals'));
    await registry.approve('ruled', 1, 'author@example.org');
    expect(refusal(await registry.stage('ruled', 1, 'Production'))).toEqual(denied('approvals'));
    await registry.approve('ruled', 1, other);
    expect((await registry.stage('ruled', 1, 'Production')).status).toBe(200);
    rmSync(sender, { recursive: true, force: true });
  });
});

describe('against a gate that fails', () => {
  let good: number;
  let bad: number;
  let left: number;
  const name = 'guarded';

  async function verify(): Promise<string[]> {
    const { problems } = await engine.client.api.audit.verify.query();
    return problems.map(({ message }) => message);
  }

  /** Writes to the database beside the engine, as whoever owns the file can. */
  function sql(act: (db: BetterSqlite3.Database) => void): void {
    const db = new BetterSqlite3(join(folder, '.slipway/slipway.db'), { timeout: 5000 });
    act(db);
    db.close();
  }

  beforeAll(async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', name));
    good = (await registry.version(name, onnxModel({ doc: 'good', license: 'MIT' }))).version;
    await registry.approve(name, good, other);
    expect((await registry.promote(name, good)).refused).toEqual([]);
    bad = (await registry.version(name, onnxModel({ doc: 'bad' }))).version;
    await registry.approve(name, bad, other);
    expect(await registry.standing(name)).toEqual(['2 candidate', '1 production @champion']);
  });

  test('no stage and no alias moves, by whichever door', async () => {
    const tries = [
      () => registry.stage(name, bad, 'Production'),
      () => registry.stage(name, bad, 'production', true),
      () => registry.alias(name, 'champion', bad),
      () => registry.alias(name, 'Champion', bad),
      () => registry.alias(name, 'production', bad),
    ];
    for (const attempt of tries) expect(refusal(await attempt())).toEqual(denied('licence'));
    const own = await registry.promote(name, bad);
    expect(own.refused.map(({ rule }) => rule)).toEqual(['licence']);
    const cli = await slipway(['promote', `${name}@${bad}`, '--to', 'production', '--workspace', folder]);
    expect([cli.code, cli.stderr + cli.stdout]).toEqual([1, expect.stringContaining('licence')]);
    expect(await registry.standing(name)).toEqual(['2 candidate', '1 production @champion']);
    const { items } = await engine.client.api.audit.list.query({ subject: name, limit: 500 });
    const kept = items.filter(({ action }) => action === 'refused');
    expect(kept).toHaveLength(tries.length + 2);
    expect(new Set(kept.map(({ detail }) => detail.door))).toEqual(new Set(['MLflow client', 'command line']));
    expect(kept[0]?.detail).toMatchObject({ rules: ['licence'], evidence: expect.stringMatching(/^[0-9a-f]{64}$/) });
    // A refusal is in the file of the newest hash before it is answered.
    const head = JSON.parse(readFileSync(join(folder, '.slipway/slipway.db.audit'), 'utf8')) as { seq: number };
    expect([items[0]?.action, head.seq]).toEqual(['refused', items[0]?.seq]);
  });

  test('what is protected is not left, deleted or renamed away without a decision', async () => {
    const before = await registry.standing(name);
    const version = String(good);
    const fresh = await registry.version(name, onnxModel({ doc: 'unapproved', license: 'MIT' }));
    // Those who agreed to its promotion agreed to the first one; nobody to these.
    expect(refusal(await registry.stage(name, fresh.version, 'Production'))).toEqual(denied('approvals'));
    expect(refusal(await registry.mlflow('DELETE', 'model-versions/delete', { name, version }))).toEqual(
      denied('protected'),
    );
    expect(refusal(await registry.mlflow('DELETE', 'registered-models/delete', { name }))).toEqual(denied('protected'));
    const away = await registry.mlflow('POST', 'registered-models/rename', { name, new_name: 'elsewhere' });
    expect(refusal(away)).toEqual(denied('protected'));
    const tag = { name, version, key: 'approved_by', value: 'the pope' };
    expect(refusal(await registry.mlflow('POST', 'model-versions/set-tag', tag))).toEqual(denied('protected'));
    expect(refusal(await registry.mlflow('DELETE', 'model-versions/delete-tag', tag))).toEqual(denied('protected'));
    const { items } = await engine.client.api.audit.list.query({ subject: `${name}@${version}`, limit: 2 });
    expect(items.map(({ action, detail }) => [action, detail.rules])).toEqual(
      Array(2).fill(['refused', ['protected']]),
    );
    // A copy of a version does not bring along who agreed to that one.
    const source = `models:/${name}/${version}`;
    const tags = [tag, { key: 'team', value: 'air' }];
    const copy = await registry.mlflow('POST', 'model-versions/create', { name, source, tags });
    const copied = (copy.body as { model_version: { version: string; tags: object[] } }).model_version;
    expect(copied.tags).toEqual([{ key: 'team', value: 'air' }]);
    await registry.mlflow('DELETE', 'model-versions/delete', { name, version: copied.version });
    await registry.mlflow('DELETE', 'model-versions/delete', { name, version: String(fresh.version) });
    expect(await registry.standing(name)).toEqual(before);
  });

  test('a name that is deleted and made again, renamed, or taken by another model is gated still', async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', name) + rules.replace('delay', 'twice'));
    const first = await registry.version('twice', onnxModel({ doc: 'first' }));
    expect(refusal(await registry.stage('twice', first.version, 'Production'))).toEqual(denied('licence'));
    await registry.mlflow('POST', 'registered-models/rename', { name: 'twice', new_name: 'free' });
    expect(refusal(await registry.stage('free', first.version, 'Production'))).toEqual(denied('licence'));
    const loose = await registry.version('loose', onnxModel({ doc: 'loose' }));
    expect((await registry.stage('loose', loose.version, 'Production')).status).toBe(200);
    const taking = await registry.mlflow('POST', 'registered-models/rename', { name: 'loose', new_name: 'twice' });
    expect(refusal(taking)).toEqual(denied('protected'));
    await registry.mlflow('DELETE', 'registered-models/delete', { name: 'free' });
    const again = await registry.version('twice', onnxModel({ doc: 'again' }));
    expect(refusal(await registry.alias('twice', 'champion', again.version))).toEqual(denied('licence'));
    const source = `models:/loose/${loose.version}`;
    const copy = await registry.mlflow('POST', 'model-versions/create', { name: 'twice', source });
    const copied = Number((copy.body as { model_version: { version: string } }).model_version.version);
    expect(refusal(await registry.stage('twice', copied, 'Production'))).toEqual(denied('licence'));
  });

  test('rules that are edited, taken away or broken go on counting', async () => {
    const all = rules + rules.replace('delay', name);
    const edits = [
      all.replaceAll('value: [MIT]', 'value: [MIT, none]'),
      all.replaceAll(/ {6}- \{ id: licence.*\n/g, ''),
      all.replaceAll('severity', 'block').replaceAll('value: [MIT] }', 'value: [MIT], severity: warn }'),
      all.replaceAll('    approvals', '    protects: [staging]\n    approvals'),
      rules,
      '  {}\n',
      '  delay: [\n',
      `  ${name}: { gates: 3 }\n`,
    ];
    for (const edit of edits) {
      GatedModels.rules(folder, edit);
      expect(refusal(await registry.stage(name, bad, 'Production')), edit).toEqual(denied('licence'));
    }
    rmSync(join(folder, 'slipway.yaml'));
    expect(refusal(await registry.stage(name, bad, 'Production'))).toEqual(denied('licence'));
    await engine.end('SIGKILL');
    // An editor may give the engine that it starts another HOME: what people said before counts all the same.
    const { HOME } = process.env;
    process.env.HOME = join(folder, '.slipway');
    engine = await startEngine({ workspace: folder });
    process.env.HOME = HOME;
    registry = new GatedModels(engine);
    const { gated } = await engine.client.api.registry.version.query({ name, version: String(good) });
    expect([gated?.approvals[0]?.void, gated?.gate?.report.verdict]).toEqual([null, 'pass']);
    expect(refusal(await registry.stage(name, bad, 'Production'))).toEqual(denied('licence'));
    GatedModels.rules(folder, all.replaceAll(/ {6}- \{ id: licence.*\n/g, ''));
    const said = { name, door: 'command line' as const, comment: '' };
    const { approveRules } = engine.client.api.registry;
    const own = await approveRules.mutate({ ...said, identity: 'author@example.org' });
    expect(own.refused.map(({ rule }) => rule)).toEqual(['rules']);
    expect((await approveRules.mutate({ ...said, identity: other })).refused).toEqual([]);
    const rest = await registry.stage(name, bad, 'Production');
    expect(refusal(rest)).toEqual(denied('approvals'));
    GatedModels.rules(folder, all);
    expect(refusal(await registry.stage(name, bad, 'Production'))).toEqual(denied('licence'));
  });

  test('requests at one moment leave one version in production, decided over the one before', async () => {
    const versions: number[] = [];
    for (const doc of ['left', 'right']) {
      const { version } = await registry.version(name, onnxModel({ doc, license: 'MIT' }));
      await registry.approve(name, version, other);
      versions.push(version);
    }
    [left = 0] = versions;
    const answers = await Promise.all([
      ...versions.map((version) => registry.stage(name, version, 'Production')),
      ...versions.map((version) => registry.alias(name, 'champion', version)),
      ...versions.map(() => registry.stage(name, bad, 'Production', true)),
    ]);
    const standing = await registry.standing(name);
    expect(standing.filter((each) => each.includes('production'))).toHaveLength(1);
    expect(standing.filter((each) => each.includes('@champion'))).toEqual(
      standing.filter((each) => each.includes('production')),
    );
    expect(answers.slice(4).map(({ status }) => status)).toEqual([403, 403]);
    // What came first is there, by its stage or its alias; nobody agreed to put another in its place.
    const [there = ''] = standing.filter((each) => each.includes('production'));
    const expected = versions.map((version) => (there.startsWith(`${version} `) ? 200 : 403));
    expect(expected.toSorted()).toEqual([200, 403]);
    expect(answers.slice(0, 4).map(({ status }) => status)).toEqual([...expected, ...expected]);
    expect(await verify()).toEqual([]);
  });

  test('a byte of the model that changes voids the approvals', async () => {
    const { version, runId } = await registry.version(name, onnxModel({ doc: 'aaaa', license: 'MIT' }));
    await registry.approve(name, version, other);
    const path = `0/${runId}/artifacts/model/model.onnx`;
    const body = new Uint8Array(onnxModel({ doc: 'bbbb', license: 'MIT' }));
    await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body });
    expect(refusal(await registry.stage(name, version, 'Production'))).toEqual(denied('approvals'));
    const next = await registry.version(name, onnxModel({ doc: 'cccc', license: 'MIT' }));
    await registry.approve(name, next.version, other);
    overwrite(onnxModel({ doc: 'cccc', license: 'MIT' }), onnxModel({ doc: 'dddd', license: 'MIT' }));
    expect((await registry.stage(name, next.version, 'Production')).status).toBe(403);
    expect(await verify()).toEqual([]);
    const shown = await engine.client.api.registry.get.query({ name });
    const doc = Number(shown.champion) === left ? 'left' : 'right';
    overwrite(onnxModel({ doc, license: 'MIT' }), onnxModel({ doc: 'evil', license: 'MIT' }));
    expect(await verify()).toEqual([expect.stringContaining(`${name}@${shown.champion} is production, and its files`)]);
    overwrite(onnxModel({ doc, license: 'MIT' }), onnxModel({ doc, license: 'MIT' }));
    expect(await verify()).toEqual([]);
  });

  test('what SQL takes away is told, and a no whose row is gone stops all the same', async () => {
    GatedModels.rules(folder, rules + rules.replace('delay', name) + rules.replace('delay', 'taken'));
    const { version } = await registry.version('taken', onnxModel({ doc: 'taken', license: 'MIT' }));
    await registry.approve('taken', version, other);
    const said = { name: 'taken', version: String(version), identity: 'dan@example.org', door: 'editor' as const };
    const { approve } = engine.client.api.registry;
    await approve.mutate({ ...said, verdict: 'rejected', comment: 'not on Mondays' });
    const before = await verify();
    const rejected = "FROM version_approvals WHERE person = 'dan@example.org'";
    let row: Record<string, unknown> = {};
    let guards: string[] = [];
    sql((db) => {
      row = db.prepare(`SELECT * ${rejected}`).get() as Record<string, unknown>;
      guards = db
        .prepare("SELECT sql FROM sqlite_master WHERE name GLOB 'version_approvals_[ks]*'")
        .pluck()
        .all() as string[];
      db.exec('DROP TRIGGER version_approvals_kept; DROP TRIGGER version_approvals_stay;');
      db.exec(`UPDATE version_approvals SET verdict = 'approved' WHERE person = 'dan@example.org'`);
    });
    expect(refusal(await registry.stage('taken', version, 'Production'))).toEqual(denied('not on Mondays'));
    sql((db) => void db.exec(`DELETE ${rejected}`));
    expect(refusal(await registry.stage('taken', version, 'Production'))).toEqual(denied('not on Mondays'));
    expect(await verify()).toEqual([
      ...before,
      expect.stringMatching(/version rejected, taken@1.* has no row any more/),
    ]);
    sql((db) => {
      const columns = Object.keys(row);
      const marks = columns.map((column) => `@${column}`).join(', ');
      db.prepare(`INSERT INTO version_approvals (${columns.join(', ')}) VALUES (${marks})`).run(row);
      for (const guard of guards) db.exec(guard);
    });
    await approve.mutate({ ...said, verdict: 'approved', comment: 'on Mondays too' });
    expect((await registry.promote('taken', version)).refused).toEqual([]);
    expect(await verify()).toEqual(before);
    // Where it is already by a decision, its files are looked at again; where SQL put it, it is judged.
    expect((await registry.promote('taken', version)).refused).toEqual([]);
    const bytes = onnxModel({ doc: 'taken', license: 'MIT' });
    overwrite(bytes, onnxModel({ doc: 'takes', license: 'MIT' }));
    expect((await registry.promote('taken', version)).refused.map(({ rule }) => rule)).toEqual(['files']);
    expect((await registry.alias('taken', 'champion', version)).status).toBe(403);
    overwrite(bytes, bytes);
    const edits: [string, string, RegExp][] = [
      [
        "model_versions SET stage = 'None'",
        "model_versions SET stage = 'Production'",
        /put into production, and is not there/,
      ],
      [
        'model_versions SET deleted_time = 5',
        'model_versions SET deleted_time = NULL',
        /put into production, and is not/,
      ],
      [
        "model_versions SET source = source || '/other'",
        'model_versions SET source = substr(source, 1, length(source) - 6)',
        /registered from others/,
      ],
      [
        "model_versions SET author = 'zed' || author",
        'model_versions SET author = substr(author, 4)',
        /is said to be by zed\S+, and [^z]\S+ registered it/,
      ],
      ["model_aliases SET alias = 'elsewhere'", "model_aliases SET alias = 'champion'", /champion does not name it/],
      [
        "registered_models SET name = 'hidden'",
        "registered_models SET name = 'taken'",
        /taken is called hidden, and no record/,
      ],
    ];
    const model = Number(row.model);
    for (const [edit, undo, message] of edits) {
      sql((db) => void db.exec(`UPDATE ${edit} WHERE model = ${model}`));
      expect(await verify(), edit).toContainEqual(expect.stringMatching(message));
      sql((db) => void db.exec(`UPDATE ${undo} WHERE model = ${model}`));
      expect(await verify(), undo).toEqual(before);
    }
    const put = await registry.version('taken', onnxModel({ doc: 'put' }));
    const putThere = (db: BetterSqlite3.Database): void => {
      db.exec(`UPDATE model_versions SET stage = 'Archived' WHERE model = ${row.model} AND version = ${version}`);
      db.exec(`UPDATE model_versions SET stage = 'Production' WHERE model = ${row.model} AND version = ${put.version}`);
      db.exec(`UPDATE model_aliases SET version = ${put.version} WHERE model = ${row.model}`);
    };
    sql(putThere);
    const there = await registry.promote('taken', put.version);
    expect(there.refused.map(({ rule }) => rule)).toEqual(['licence', 'approvals']);
    sql((db) => {
      db.exec(`UPDATE model_versions SET stage = 'None' WHERE model = ${row.model} AND version = ${put.version}`);
      db.exec(`UPDATE model_versions SET stage = 'Production' WHERE model = ${row.model} AND version = ${version}`);
      db.exec(`UPDATE model_aliases SET version = ${version} WHERE model = ${row.model}`);
    });
    expect(await verify()).toEqual(before);
    // Nothing is put in its place but what a decision put there before, and that it stood there is told for good.
    sql(putThere);
    const next = await registry.version('taken', onnxModel({ doc: 'next one', license: 'MIT' }));
    await registry.approve('taken', next.version, other);
    const why = expect.stringContaining(`taken@${put.version} is in production, and no decision put it there`);
    expect((await registry.promote('taken', next.version)).refused).toEqual([{ rule: 'protected', why }]);
    const { rollback } = engine.client.api.registry;
    const back = await rollback.mutate({ ...said, name: 'taken', reason: 'it was put there' });
    expect([back.refused, back.version]).toEqual([[], String(version)]);
    const stood = [`taken@${put.version} was in production`, `taken@${version} was in Archived`].map((words) =>
      expect.stringMatching(new RegExp(`^${words} until record .*, and no record had put it there`)),
    );
    expect(await verify()).toEqual([...before, ...stood]);
  });

  test('rows that are written past the engine count for nothing, and are told', async () => {
    const digest = 'f'.repeat(64);
    sql((db) => {
      const model = db
        .prepare('SELECT model FROM registered_models WHERE name = ? AND deleted_time IS NULL')
        .pluck()
        .get(name);
      const of = { model, version: bad, digest };
      const [found] = db
        .prepare('SELECT * FROM gate_reports WHERE model = @model AND version = @version')
        .all(of) as Record<string, unknown>[];
      const body = String(found?.body).replaceAll('"fail"', '"pass"');
      const columns = Object.keys(found ?? {});
      const insert = `INSERT INTO gate_reports (${columns.join(', ')}) VALUES (${columns.map((each) => `@${each}`).join(', ')})`;
      db.prepare(insert).run({ ...found, report: 'forged', body, verdict: 'pass' });
      db.prepare(
        "INSERT INTO version_approvals SELECT 'mine', model, version, time, 'mallory@example.org', verdict, comment, digest, expires_time, audit FROM version_approvals WHERE version = @version LIMIT 1",
      ).run(of);
      expect(() => db.exec("UPDATE version_approvals SET person = 'mallory@example.org'")).toThrow(/never changed/);
      expect(() => db.exec('DELETE FROM gated_identities')).toThrow(/never taken away/);
    });
    expect(refusal(await registry.stage(name, bad, 'Production'))).toEqual(denied('licence'));
    const mine = await registry.version(name, onnxModel({ doc: 'mine', license: 'MIT' }), 'mallory@example.org');
    sql((db) => {
      db.prepare("UPDATE model_versions SET author = 'nobody@example.org' WHERE version = ?").run(mine.version);
    });
    const self = await registry.approve(name, mine.version, 'mallory@example.org');
    expect(self.refused).toMatchObject([{ rule: 'approvals', why: expect.stringContaining('registered it') }]);
    const problems = await verify();
    expect(problems.filter((each) => !each.startsWith('taken@'))).toEqual([
      expect.stringContaining('A report of a gate'),
      expect.stringContaining('mallory@example.org'),
      expect.stringMatching(/is said to be by nobody@example.org, and mallory@example.org registered it/),
    ]);
    sql((db) => {
      db.exec(`UPDATE model_versions SET stage = 'Production' WHERE version = ${bad} AND stage = 'None'`);
    });
    expect(await verify()).toContainEqual(
      expect.stringContaining(`${name}@${bad} is production, and no decision put it there`),
    );
    sql((db) => {
      db.exec(`UPDATE model_versions SET stage = 'None' WHERE version = ${bad}`);
      db.exec('DROP TRIGGER audit_records_kept');
      db.exec("DELETE FROM audit_records WHERE action = 'rules accepted'");
    });
    expect(refusal(await registry.stage(name, bad, 'Production'))[0]).toBe(403);
    expect(await verify()).toContainEqual(expect.stringContaining('is missing before it'));
  });

  test('an older database that is put back moves nothing protected until somebody relies on it', async () => {
    const old = temporaryFolder();
    GatedModels.identity(old, 'author@example.org');
    GatedModels.rules(old, rules);
    const place = join(old, '.slipway/slipway.db');
    const said = { name: 'delay', version: '1', identity: 'dan@example.org', door: 'editor' as const };
    {
      await using first = await startEngine({ workspace: old });
      const of = new GatedModels(first);
      await of.version('delay', onnxModel({ doc: 'old', license: 'MIT' }));
      await of.approve('delay', 1, other);
    }
    copyFileSync(place, join(old, 'before.db'));
    {
      await using second = await startEngine({ workspace: old });
      await second.client.api.registry.approve.mutate({ ...said, verdict: 'rejected', comment: 'not at night' });
    }
    copyFileSync(join(old, 'before.db'), place);
    // Without the file of the newest hash nothing says what is missing, and that it is gone says enough.
    for (const isFileKept of [true, false]) {
      if (!isFileKept) rmSync(`${place}.audit`);
      await using third = await startEngine({ workspace: old });
      const { refused } = await new GatedModels(third).promote('delay', 1);
      expect(refused).toMatchObject([{ rule: 'audit', why: expect.stringContaining('slipway audit accept') }]);
      const { problems } = await third.client.api.audit.verify.query();
      expect(problems.length).toBeGreaterThan(0);
      if (isFileKept) continue;
      const accepted = await slipway(['audit', 'accept', '--reason', 'the disk died', '--workspace', old]);
      expect([accepted.code, accepted.stderr]).toEqual([0, '']);
      expect((await new GatedModels(third).promote('delay', 1)).refused).toEqual([]);
      const { items } = await third.client.api.audit.list.query({ subject: null, limit: 50 });
      expect(items.find(({ action }) => action === 'log accepted')).toMatchObject({
        actor: 'author@example.org',
        detail: { reason: 'the disk died', door: 'command line' },
      });
      expect((await slipway(['audit', 'accept', '--reason', 'again', '--workspace', old])).code).not.toBe(0);
    }
    rmSync(old, { recursive: true, force: true });
  });
});
