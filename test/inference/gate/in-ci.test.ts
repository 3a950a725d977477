// slipway gate in CI: against a commit, with the rules of another one, in clones, and as the jobs of CI servers run it.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Ended, features, GatedFolder, git, ofFile, type Report } from './gated-folder';

const gated = new GatedFolder();

describe('in CI', () => {
  test('a model is held against the one of a commit, and the report is Markdown or JUnit', async () => {
    const clone = join(gated.path, 'clone');
    mkdirSync(join(clone, 'models'), { recursive: true });
    for (const name of ['holdout.csv']) cpSync(join(gated.path, name), join(clone, name));
    cpSync(join(gated.path, 'weak.onnx'), join(clone, 'models/model.onnx'));
    gated.writeRules(
      [
        { id: 'better', kind: 'delta', metric: 'roc_auc' },
        { id: 'small', kind: 'size', value: 1, unit: 'B' },
      ],
      clone,
    );
    git(clone, 'init', '-b', 'main');
    git(clone, 'add', '.');
    git(clone, 'commit', '-m', 'a model');
    cpSync(join(gated.path, 'strong.onnx'), join(clone, 'models/model.onnx'));
    const args = ['gate', 'models/model.onnx', '--model', 'delay', '--against', 'git:main:models/model.onnx'];
    const junit = await gated.slipway([...args, '--report', 'junit'], clone);
    expect(junit.code).toBe(1);
    expect(junit.stdout).toContain('tests="2" failures="1" errors="0"');
    const { stdout } = await gated.slipway([...args, '--report', 'md'], clone);
    expect(stdout).toContain('### ❌ model.onnx does not pass: 1 rule fails, 1 of 2 pass.');
    expect(stdout.split('\n').filter((line) => line.startsWith('| ✅'))).toHaveLength(1);
    gated.writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], clone);
    const weaker = await gated.slipway([...args, '--report', 'md'], clone);
    expect(weaker.stdout).toContain('> The rules of delay are weaker than those of main, or other: the rule better is');
    expect(weaker.stdout).toMatch(/the rule small is another one\.\n/);
    // A change that takes a rule away, or its own rows along, is held against those of where it goes to.
    const based = await gated.slipway([...args, '--rules', 'main', '--json'], clone);
    const { rules, notes } = JSON.parse(based.stdout) as Report;
    expect([based.code, rules.map(({ id, verdict }) => `${id} ${verdict}`)]).toEqual([
      1,
      ['better pass', 'small fail', 'small.new pass'],
    ]);
    expect(notes[0]).toContain('weaker than those of main, or other, so both count: the rule better is gone');
    writeFileSync(join(clone, 'slipway.yaml'), 'version: 1\n');
    cpSync(join(gated.path, 'right.csv'), join(clone, 'holdout.csv'));
    const bare = JSON.parse((await gated.slipway([...args, '--rules', 'main', '--json'], clone)).stdout) as Report;
    expect(bare.rules.map(({ id }) => id)).toEqual(['better', 'small']);
    expect(bare.notes.join()).toMatch(
      /so those of main count: its entry is gone.*are not those of main: the change brings/,
    );
    gated.writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], clone);
    // A list of columns for versions that take fewer is no weaker rule.
    const file = parse(execFileSync('git', ['show', 'main:slipway.yaml'], { cwd: clone, encoding: 'utf8' }));
    file.models.delay.data.features = [features, ['rate', 'age']];
    writeFileSync(join(clone, 'slipway.yaml'), stringify(file));
    const wider = JSON.parse((await gated.slipway([...args, '--rules', 'main', '--json'], clone)).stdout) as Report;
    expect([wider.rules.map(({ id }) => id), wider.notes.join()]).toEqual([
      ['better', 'small'],
      expect.not.stringContaining('weaker'),
    ]);
    gated.writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], clone);
    const unknown = await gated.slipway([...args, '--rules', 'origin/main'], clone);
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('git knows no commit origin/main')]);
    const lost = await gated.slipway(
      ['gate', 'models/model.onnx', '--model', 'delay', '--against', 'git:nowhere:a.onnx'],
      clone,
    );
    expect([lost.code, lost.stderr]).toEqual([3, expect.stringContaining('git has no nowhere:a.onnx')]);
    expect(lost.stderr).not.toContain('newest commits');
  });

  test('a path that git reads from the folder was said to have no model yet, and a worse one went through', async () => {
    const clone = join(gated.path, 'from-folder');
    mkdirSync(join(clone, 'models'), { recursive: true });
    cpSync(join(gated.path, 'holdout.csv'), join(clone, 'holdout.csv'));
    cpSync(join(gated.path, 'strong.onnx'), join(clone, 'models/model.onnx'));
    gated.writeRules([{ id: 'better', kind: 'noninferior', metric: 'roc_auc', margin: 0.001 }], clone);
    git(clone, 'init', '-b', 'main');
    git(clone, 'add', '.');
    git(clone, 'commit', '-m', 'a model');
    cpSync(join(gated.path, 'weak.onnx'), join(clone, 'models/model.onnx'));
    const against = (path: string): Promise<Ended> =>
      gated.slipway(['gate', 'models/model.onnx', '--model', 'delay', '--against', `git:main:${path}`], clone);
    for (const path of ['./models/model.onnx', 'models//model.onnx', 'models/../models/./model.onnx']) {
      const held = await against(path);
      expect([path, held.code, held.stdout + held.stderr]).toEqual([path, 1, expect.not.stringContaining('yet')]);
    }
    const outside = await against('../model.onnx');
    expect([outside.code, outside.stderr]).toEqual([3, expect.stringContaining('is no file of the repository')]);
  });

  test('a commit whose slipway.yaml cannot be read was said to have the same rules', async () => {
    const broken = join(gated.path, 'broken');
    mkdirSync(broken);
    for (const name of ['holdout.csv', 'weak.onnx']) cpSync(join(gated.path, name), join(broken, name));
    writeFileSync(join(broken, 'slipway.yaml'), 'models: [');
    git(broken, 'init', '-b', 'main');
    git(broken, 'add', '.');
    git(broken, 'commit', '-m', 'broken rules');
    gated.writeRules([{ id: 'small', kind: 'size', value: 10, unit: 'MB' }], broken);
    const args = ['gate', 'weak.onnx', '--model', 'delay', '--against', 'git:main:weak.onnx', '--json'];
    const { notes } = JSON.parse((await gated.slipway(args, broken)).stdout) as Report;
    expect(notes.join()).toContain('What main says of delay cannot be read, so the rules of the change count alone: ');
  });

  test('a clone of one commit was told no more than that git does not know the one before', async () => {
    const [origin, clone] = [join(gated.path, 'deep'), join(gated.path, 'shallow')];
    mkdirSync(origin);
    cpSync(join(gated.path, 'holdout.csv'), join(origin, 'holdout.csv'));
    cpSync(join(gated.path, 'weak.onnx'), join(origin, 'model.onnx'));
    gated.writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc', against: 'git:HEAD~1:model.onnx' }], origin);
    git(origin, 'init', '-b', 'main');
    git(origin, 'add', '.');
    git(origin, 'commit', '-m', 'weak');
    cpSync(join(gated.path, 'strong.onnx'), join(origin, 'model.onnx'));
    git(origin, 'commit', '-am', 'strong');
    git(gated.path, 'clone', '--depth', '1', `file://${origin}`, clone);
    const args = ['gate', 'model.onnx', ...ofFile, '--json'];
    const whole = await gated.slipway(args, origin);
    expect([whole.code, JSON.parse(whole.stdout).verdict]).toEqual([0, 'pass']);
    const { code, stderr } = await gated.slipway(args, clone);
    expect([code, stderr]).toEqual([3, expect.stringContaining('git has no HEAD~1:model.onnx')]);
    expect(stderr).toContain('run `git fetch --unshallow` before, or let CI clone all of them (fetch-depth: 0 of');
    git(clone, 'fetch', '--unshallow');
    expect((await gated.slipway(args, clone)).code).toBe(0);
  });

  test('of a model that Git LFS keeps, the pointer in the commit was taken for the model', async () => {
    const clone = join(gated.path, 'lfs');
    mkdirSync(clone);
    cpSync(join(gated.path, 'holdout.csv'), join(clone, 'holdout.csv'));
    gated.writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc' }], clone);
    writeFileSync(join(clone, '.gitattributes'), '*.onnx filter=lfs -text\n');
    const pointer = ['version https://git-lfs.github.com/spec/v1', `oid sha256:${'a'.repeat(64)}`, 'size 1000', ''];
    writeFileSync(join(clone, 'model.onnx'), pointer.join('\n'));
    git(clone, 'init', '-b', 'main');
    git(clone, 'add', '.');
    git(clone, 'commit', '-m', 'a pointer');
    const args = ['gate', join(gated.path, 'strong.onnx'), ...ofFile, '--against', 'git:main:model.onnx', '--json'];
    const without = await gated.slipway(args, clone);
    expect([without.code, without.stderr]).toEqual([3, expect.stringContaining('kept by Git LFS')]);
    // What git-lfs does: it gives the bytes that the pointer stands for.
    git(clone, 'config', 'filter.lfs.smudge', `cat > '${gated.path}/pointer' && cat '${gated.path}/weak.onnx'`);
    expect((await gated.slipway(args, clone)).code).toBe(0);
    expect(readFileSync(join(gated.path, 'pointer'), 'utf8')).toBe(pointer.join('\n'));
  });

  test('a report of many rules was longer than a comment may be', async () => {
    const value = Array.from({ length: 20 }, (_, at) => `@reviewer-${at}-${'x'.repeat(80)}`);
    gated.writeRules(Array.from({ length: 100 }, (_, at) => ({ id: `doc-${at}`, kind: 'doc', value })));
    const { stdout } = await gated.slipway(['gate', 'weak.onnx', ...ofFile, '--report', 'md']);
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toMatch(/^<!-- slipway gate: delay -->\n### ❌ .*100 rules fail/);
    expect(stdout).toMatch(/\d+ more rules had no place here/);
    expect(stdout).toMatch(/- and \d+ more reasons\./);
    // Nobody of that name is called to the change.
    expect(stdout).not.toMatch(/@[a-z]/);
  });

  /** The scripts of a Jenkinsfile, in their order. */
  const scriptsOf = (jenkins: string): string[] =>
    [...jenkins.matchAll(/sh '''\n([\s\S]*?)'''/g)].map(([, script = '']) => script);

  const shell = (script: string, cwd: string, env: Record<string, string> = {}): Ended => {
    // What npm has in its cache is not asked for again.
    const own = { ...process.env, npm_config_prefer_offline: 'true', ...env };
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], { cwd, env: own, encoding: 'utf8' });
    return { code: status ?? -1, stdout, stderr };
  };

  test('a fresh clone of one commit installs what npm pack makes, gates and reports as the jobs of CI servers say', async () => {
    const [origin, clone] = [join(gated.path, 'origin'), join(gated.path, 'ci')];
    for (const name of ['models', 'ci']) mkdirSync(join(origin, name), { recursive: true });
    cpSync(join(gated.path, 'holdout.csv'), join(origin, 'holdout.csv'));
    writeFileSync(join(origin, '.gitignore'), '.slipway-ci/\n');
    const small = { id: 'small', kind: 'size', value: 1, unit: 'B', severity: 'warn' };
    gated.writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc' }, small], origin);
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', join(origin, 'ci')];
    execFileSync('npm', pack, { cwd: join(import.meta.dirname, '../../..'), stdio: 'ignore' });
    git(origin, 'init', '-b', 'main');
    git(origin, 'add', '.');
    git(origin, 'commit', '-m', 'rules and no model yet');
    git(origin, 'checkout', '-b', 'change');
    cpSync(join(gated.path, 'weak.onnx'), join(origin, 'models/model.onnx'));
    const args = ['--file', 'models/model.onnx', '--model', 'delay'];
    for (const server of ['github', 'gitlab', 'jenkins']) {
      const { code, stderr, stdout } = await gated.slipway(['ci', server, ...args], origin);
      expect([code, stderr, stdout]).toEqual([
        0,
        '',
        expect.stringMatching(/^Wrote .*\nRules that only warn do not stop the job /),
      ]);
    }
    git(origin, 'add', '.');
    git(origin, 'commit', '-m', 'a first model');
    git(gated.path, 'clone', '--depth', '1', '--branch', 'change', `file://${origin}`, clone);

    const schemas = process.env.SLIPWAY_TEST_PYTHON_CI ?? '';
    const held = (...about: string[]): string =>
      execFileSync(schemas, ['-m', 'check_jsonschema', ...about], { cwd: clone, encoding: 'utf8' });
    expect(held('--builtin-schema', 'vendor.github-workflows', '.github/workflows/slipway-gate.yml')).toContain('ok');
    const ofGitlab = ['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci'];
    expect(held(...ofGitlab, '.gitlab-ci.yml')).toContain('ok');

    const [install = '', step = ''] = scriptsOf(readFileSync(join(clone, 'Jenkinsfile'), 'utf8'));
    const installed = shell(install, clone);
    expect([installed.code, installed.code === 0 ? '' : installed.stderr]).toEqual([0, '']);
    const first = shell(step, clone);
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringContaining('origin/main has no models/model.onnx yet'),
    ]);

    git(origin, 'checkout', 'main');
    git(origin, 'merge', '--ff-only', 'change');
    cpSync(join(gated.path, 'strong.onnx'), join(clone, 'models/model.onnx'));
    expect(shell(step, clone).code).toBe(0);
    const report = JSON.parse(readFileSync(join(clone, 'gate.json'), 'utf8')) as Report;
    expect([report.verdict, report.rules[0]?.verdict]).toEqual(['warn', 'pass']);
    cpSync(join(gated.path, 'weak.onnx'), join(clone, 'models/model.onnx'));
    expect(shell(step, clone).code).not.toBe(0);
    expect(readFileSync(join(clone, 'gate.xml'), 'utf8')).toContain('failures="1"');

    const github = parse(readFileSync(join(clone, '.github/workflows/slipway-gate.yml'), 'utf8'));
    const steps = github.jobs.gate.steps as { name?: string; run?: string }[];
    const runOf = (wanted: string): string => steps.find(({ name }) => name === wanted)?.run ?? '';
    const gitlab = parse(readFileSync(join(clone, '.gitlab-ci.yml'), 'utf8'));
    const gateLine = step.trim().split('\n').at(-1)?.trim();
    expect(runOf('Gate').trim().split('\n').at(-1)).toBe(gateLine);
    expect(gitlab.gate.script).toEqual([gateLine]);
    rmSync(join(clone, 'gate.json'));
    const whole = [...gitlab.gate.before_script.slice(0, 1), ...gitlab.gate.script].join('\n');
    expect([shell(whole, clone).code, existsSync(join(clone, 'gate.json'))]).toEqual([1, true]);

    // The comment of the change before is written anew, and there is one. gh itself is not here.
    const gh = '#!/bin/sh\ncase "$*" in *--paginate*) cat comments 2>/dev/null;; *) echo "$@" >> told;; esac\n';
    writeFileSync(join(clone, 'gh'), gh, { mode: 0o755 });
    const env = { PATH: `${clone}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: 'summary', GITHUB_REPOSITORY: 'a/b' };
    for (const comments of ['', '7\n8\n']) {
      writeFileSync(join(clone, 'comments'), comments);
      expect(shell(runOf('Report'), clone, { ...env, COMMENTS: 'repos/a/b/issues/1/comments' }).code).toBe(0);
    }
    expect(readFileSync(join(clone, 'told'), 'utf8').trim().split('\n')).toEqual([
      'api --silent repos/a/b/issues/1/comments -F body=@gate.md',
      'api --silent -X PATCH repos/a/b/issues/comments/7 -F body=@gate.md',
    ]);
    expect(readFileSync(join(clone, 'summary'), 'utf8')).toContain('<!-- slipway gate: delay -->');
    expect(await gitlabTold(clone, gitlab.gate.after_script.join('\n'))).toEqual({
      told: [
        'GET /projects/3/merge_requests/5/notes?per_page=100',
        'POST /projects/3/merge_requests/5/notes',
        'GET /projects/3/merge_requests/5/notes?per_page=100',
        'PUT /projects/3/merge_requests/5/notes/2',
      ],
      notes: ['looks good', readFileSync(join(clone, 'gate.md'), 'utf8')],
      unasked: 0,
    });
    const unknown = await gated.slipway(
      ['ci', 'github', '--print', '--file', 'models/model.onnx', '--model', 'nope'],
      clone,
    );
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('slipway.yaml has no model nope')]);
    const azure = await gated.slipway(['ci', 'azure', ...args], clone);
    expect([azure.code, azure.stderr]).toEqual([3, expect.stringContaining('no job for azure yet')]);
    const again = await gated.slipway(['ci', 'gitlab', ...args], clone);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('--force')]);
  });

  /** Runs a script as GitLab does after the job, without a token and twice with one, against what answers as its API of notes does. */
  async function gitlabTold(cwd: string, script: string) {
    const [told, notes] = [[] as string[], [{ id: 1, body: 'looks good' }]];
    const server = createServer(async (request, response) => {
      told.push(`${request.method} ${request.url}`);
      if (request.headers['private-token'] !== 'a token') return void response.writeHead(401).end();
      const body = new URLSearchParams(await text(request)).get('body') ?? '';
      if (request.method === 'POST') notes.push({ id: notes.length + 1, body });
      const id = Number(request.url?.split('/').at(-1));
      if (request.method === 'PUT') for (const note of notes) if (note.id === id) note.body = body;
      response.end(JSON.stringify(request.method === 'GET' ? notes.toReversed() : notes.at(-1)));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { CI_API_V4_URL: url, CI_PROJECT_ID: '3', CI_MERGE_REQUEST_IID: '5' };
    // What answers runs in this process, which must not wait for the shell.
    const run = promisify(execFile);
    await run('sh', ['-ec', script], { cwd, env: { ...process.env, ...env } });
    const unasked = told.length;
    for (const _ of [1, 2])
      await run('sh', ['-ec', script], { cwd, env: { ...process.env, ...env, GITLAB_TOKEN: 'a token' } });
    server.close();
    return { told, notes: notes.map(({ body }) => body), unasked };
  }

  test('what npm pack makes holds the command and what it starts', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [made] = Object.values(JSON.parse(packed)) as { files: { path: string }[] }[];
    const files = made?.files.map(({ path }) => path) ?? [];
    for (const name of ['cli', 'verbs', 'gate', 'model', 'data', 'compare']) expect(files).toContain(`dist/${name}.js`);
    expect(files.filter((path) => /^(src|test|webview)\//.test(path))).toEqual([]);
  });
});
