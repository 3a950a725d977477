// What a panel asks of a recorded run beyond its record: lines found in its output, its files now, its code then.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RecordedWorkspace } from './recorded';

describe('a recorded run asked about', () => {
  it('finds lines in any case and without their colours, part by part', async () => {
    await using workspace = new RecordedWorkspace();
    const script = [
      `printf 'a \\033[31mNee\\033[0mdle here\\n'`,
      'i=0; while [ $i -lt 300000 ]; do echo "a line of the log that holds nothing of note $i"; i=$((i + 5000)); done',
      'head -c 9000000 /dev/zero | tr "\\0" x | fold -w 100000; echo',
      `printf 'späte NADEL needle ohne Ende'`,
    ].join('\n');
    await workspace.record(['--name', 'log', '--', 'sh', '-c', script]);
    const { client } = workspace;
    const [run] = await client.api.runs.find.query({ wanted: 'log' });
    const runId = run?.runId ?? '';
    const found: string[] = [];
    let calls = 0;
    for (let from = 0; ; calls++) {
      const { offsets, next, size } = await client.api.output.find.query({ runId, text: 'NEEDLE', from });
      for (const offset of offsets) {
        found.push((await client.api.output.read.query({ runId, from: offset, bytes: 24 })).text.slice(0, 12));
      }
      if (next >= size) break;
      expect(next).toBeGreaterThan(from);
      from = next;
    }
    expect(calls).toBeGreaterThan(0);
    expect(found).toEqual([expect.stringMatching(/^a .*Nee/), 'späte NADEL ']);
    expect((await client.api.output.find.query({ runId, text: 'NaDeL', from: 0 })).size).toBeGreaterThan(9_000_000);
  });

  it('says whether its inputs and outputs still are as they were', async () => {
    await using workspace = new RecordedWorkspace();
    const at = (name: string) => `${workspace.root}/${name}`;
    mkdirSync(at('folder'));
    for (const name of ['same.csv', 'edited.csv', 'gone.csv', 'folder/a.txt']) writeFileSync(at(name), 'one');
    const inputs = ['same.csv', 'edited.csv', 'gone.csv', 'folder'].flatMap((name) => ['--input', name]);
    await workspace.record(['--name', 'data', ...inputs, '--output', 'out.txt', '--', 'sh', '-c', 'echo x > out.txt']);
    // Of the same size: only the bytes tell.
    writeFileSync(at('edited.csv'), 'two');
    rmSync(at('gone.csv'));
    writeFileSync(at('folder/b.txt'), '');
    const { client } = workspace;
    const [run] = await client.api.runs.find.query({ wanted: 'data' });
    expect(await client.api.runs.filesNow.query({ runId: run?.runId ?? '' })).toEqual([
      { path: 'same.csv', state: 'same' },
      { path: 'edited.csv', state: 'changed' },
      { path: 'gone.csv', state: 'gone' },
      { path: 'folder', state: 'changed' },
      { path: 'out.txt', state: 'same' },
    ]);
  });

  it('gives a changed file before and after, whatever became of it since', async () => {
    await using workspace = new RecordedWorkspace();
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...words], {
        cwd: workspace.root,
        stdio: 'pipe',
      });
    mkdirSync(`${workspace.root}/src`);
    writeFileSync(`${workspace.root}/src/train.py`, 'a\nb\nc\n');
    git('init', '-q');
    git('add', 'src');
    git('commit', '-qm', 'first');
    writeFileSync(`${workspace.root}/src/train.py`, 'a\nB\nc\nd');
    await workspace.record(['--name', 'code', '--', 'true'], { cwd: `${workspace.root}/src` });
    writeFileSync(`${workspace.root}/src/train.py`, 'other');
    const { client } = workspace;
    const [run] = await client.api.runs.find.query({ wanted: 'code' });
    const runId = run?.runId ?? '';
    const query = client.api.runs.changedFile.query({ runId, path: 'src/train.py' });
    expect(await query).toEqual({ before: 'a\nb\nc\n', after: 'a\nB\nc\nd' });
    await expect(client.api.runs.changedFile.query({ runId, path: 'src/none.py' })).rejects.toThrow('is not known');
  });

  it('says which files two runs had differently, committed or not, and gives each as the run had it', async () => {
    await using workspace = new RecordedWorkspace();
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...words], {
        cwd: workspace.root,
        stdio: 'pipe',
      });
    const write = (name: string, text: string): void => writeFileSync(`${workspace.root}/${name}`, text);
    git('init', '-q');
    for (const name of ['same.py', 'committed.py', 'edited.py', 'caught up.py', 'gone.py']) write(name, 'one\n');
    git('add', '.');
    git('commit', '-qm', 'first');
    write('edited.py', 'by hand\n');
    // Not committed now, and in the next commit: the same to both runs.
    write('caught up.py', 'two\n');
    await workspace.record(['--name', 'first', '--', 'true']);
    write('edited.py', 'one\n');
    write('committed.py', 'two\n');
    rmSync(`${workspace.root}/gone.py`);
    git('add', '-A', '--', '*.py');
    git('commit', '-qm', 'second');
    await workspace.record(['--name', 'second', '--', 'true']);
    const { client } = workspace;
    const [before = '', after = ''] = workspace.runIds;
    const differing = ['committed.py', 'edited.py', 'gone.py'];
    expect(await client.api.runs.changedCode.query({ before, after })).toEqual(differing);
    const texts = await Promise.all(
      differing.flatMap((path) => [before, after].map((runId) => client.api.runs.codeFile.query({ runId, path }))),
    );
    expect(texts).toEqual(['one\n', 'two\n', 'by hand\n', 'one\n', 'one\n', null]);
    await workspace.record(['--workspace', workspace.root, '--', 'true'], { cwd: '/' });
    const without = workspace.runIds.find((runId) => runId !== before && runId !== after) ?? '';
    await expect(client.api.runs.changedCode.query({ before, after: without })).rejects.toThrow('is not known');
  });
});
