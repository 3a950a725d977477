// Metrics of any program: lines in $SLIPWAY_METRICS, and lines on stdout.
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keptWorkspace, RecordedWorkspace, until } from './recorded';

const theWorkspace = keptWorkspace();

const write = (lines: string): string =>
  `import os, json\nf = open(os.environ["SLIPWAY_METRICS"], "a")\ndef log(text): f.write(text)\n${lines}\nf.close()`;

describe('$SLIPWAY_METRICS', () => {
  it('takes numbers, the three that are none, and times; steps default to 0', async () => {
    await using workspace = theWorkspace();
    await workspace.python(
      write(`log('{"step":1,"time":1700000000000,"loss":0.5,"acc":1e-3}\\n{"loss":2}\\n')
log('{"step":2,"loss":"NaN"}\\n{"step":3,"loss":"Infinity"}\\n{"step":4,"loss":"-Infinity"}\\n')
log(json.dumps({"step": 5, "loss": float("nan")}) + "\\n")
log('{"step":6,"loss":0.25}')`),
    );
    const points = await workspace.points('loss');
    expect(points.map(({ step, value }) => [step, value]).sort(byStep)).toEqual([
      [0, 2],
      [1, 0.5],
      [2, 'NaN'],
      [3, 'Infinity'],
      [4, '-Infinity'],
      [5, 'NaN'],
      [6, 0.25],
    ]);
    expect(points.find((point) => point.step === 1)?.time).toBe(1_700_000_000_000);
    expect(await workspace.points('acc')).toHaveLength(1);
    const run = await workspace.run();
    for (const point of points.filter((each) => each.step !== 1)) {
      expect(point.time).toBeGreaterThanOrEqual(run.startTime);
      expect(point.time).toBeLessThanOrEqual(Date.now());
    }
    expect(run.recording?.problems).toEqual([]);
  });

  it('leaves out a bad line, says which, and keeps the rest', async () => {
    await using workspace = theWorkspace();
    await workspace.python(
      write(`log('{"step":1,"loss":1}\\nnot json\\n{"step":1.5,"loss":2}\\n{"step":2,"loss":"high"}\\n[1]\\n')
log('{"step":3}\\n{"step":4,"a?":1}\\n\\n{"step":5,"loss":' + '1' * 70000 + '}\\n{"step":6,"loss":6}\\n')`),
    );
    expect((await workspace.points('loss')).map((point) => point.step)).toEqual([1, 6]);
    const problems = (await workspace.run()).recording?.problems ?? [];
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
      [2, 3, 4, 5, 6, 7, 9].map((line) => `metrics.jsonl:${line}`),
    );
    expect(problems[0]).toBe('metrics.jsonl:2 is not a JSON object, so it was left out.');
  });

  it('is bounded in what it complains about', async () => {
    await using workspace = theWorkspace();
    await workspace.python(write(`log("garbage\\n" * 5000 + '{"step":1,"loss":1}\\n')`));
    expect((await workspace.run()).recording?.problems.length).toBeLessThan(60);
    expect(await workspace.points('loss')).toHaveLength(1);
  });

  it('takes 200,000 lines once each while the engine goes on answering', async () => {
    await using workspace = new RecordedWorkspace();
    const recording = workspace.start([
      '--',
      'python3',
      '-c',
      write(`for i in range(200000): log('{"step":%d,"time":%d,"loss":%f}\\n' % (i, 1700000000000 + i, i / 7))`),
    ]);
    await until(() => workspace.runIds.length === 1);
    let hasEnded = false;
    void recording.ended.then(() => {
      hasEnded = true;
    });
    // The number of points in the answers: one that waited for all of them would only ever see the last.
    const seen = new Set<number>();
    await until(async () => {
      const run = await workspace.run().catch(() => undefined);
      const { items = [] } =
        run === undefined ? {} : await workspace.client.api.metrics.list.query({ runId: run.runId });
      seen.add(items.find(({ key }) => key === 'loss')?.count ?? 0);
      return hasEnded && run?.status === 'FINISHED';
    }, 50_000);
    expect((await recording.ended).code).toBe(0);
    const points = await workspace.points('loss');
    expect(points).toHaveLength(200_000);
    expect(points.at(-1)).toEqual({ step: 199_999, time: 1_700_000_199_999, value: 28571.285714 });
    expect([...seen].filter((count) => count > 0 && count < 200_000).length).toBeGreaterThan(3);
  });

  it.each([
    ['anew each epoch', 'json.dump({"step":e,"loss":e},open(p,"w"))', [2]],
    ['anew each epoch, by whole lines', 'open(p,"w").write(json.dumps({"step":e,"loss":e})+"\\n")', [0, 1, 2]],
    [
      'after it was removed',
      'e==1 and os.remove(p);open(p,"a").write(json.dumps({"step":e,"loss":e})+"\\n")',
      [0, 1, 2],
    ],
  ])(
    'written %s: what it held in the end is taken, and the run says that more may be missing',
    async (_, write, steps) => {
      await using workspace = theWorkspace();
      await workspace.startEngine();
      await workspace.python(
        `import json,os,time\np=os.environ["SLIPWAY_METRICS"]\nfor e in range(3):\n    ${write}\n    time.sleep(1)`,
      );
      expect((await workspace.points('loss')).map(({ step }) => step)).toEqual(steps);
      expect((await workspace.run()).recording?.problems).toEqual([
        'metrics.jsonl was written anew while the command ran, so points it held before may be missing. Append to the file $SLIPWAY_METRICS names, and do not remove it.',
      ]);
    },
  );

  it('replaced by a longer file that begins as it did is as good as appended to', async () => {
    await using workspace = theWorkspace();
    await workspace.startEngine();
    await workspace.python(`import json,os,time
p=os.environ["SLIPWAY_METRICS"]
for e in range(3):
    with open(p + ".new", "w") as f: f.writelines(json.dumps({"step":i,"loss":i})+"\\n" for i in range(e + 1))
    os.replace(p + ".new", p)
    time.sleep(0.6)`);
    expect((await workspace.points('loss')).map(({ step }) => step)).toEqual([0, 1, 2]);
    expect((await workspace.run()).recording?.problems).toEqual([]);
  });

  it('is live: a point is there within a second of being written', async () => {
    await using workspace = theWorkspace();
    await workspace.startEngine();
    const recording = workspace.start(['--', 'sh', '-c', 'echo \'{"step":1,"loss":1}\' >> $SLIPWAY_METRICS; sleep 4']);
    await until(() => workspace.runIds.length === 1 && workspace.file('metrics.jsonl') !== '');
    const written = Date.now();
    await until(async () => (await workspace.points('loss')).length === 1, 5000);
    expect(Date.now() - written).toBeLessThan(1000);
    await recording.ended;
  });
});

describe('stdout', () => {
  const print = (lines: string): string[] => ['--', 'sh', '-c', `cat <<'END'\n${lines}\nEND`];
  const lines = `{"step":1,"loss":0.5}
{"step":2,"loss":"NaN"}
{"step":1.5,"loss":3}
{"loss":4}
{"step":5,"loss":5,"name":"x"}
prefix {"step":6,"loss":6}
{"step":7,"time":1700000000000,"loss":7}
{"step":8}`;

  it('counts an object with an integer step and otherwise finite numbers, nothing else', async () => {
    await using workspace = theWorkspace();
    await workspace.record(print(lines));
    const points = await workspace.points('loss');
    expect(points.map(({ step, value }) => [step, value]).sort()).toEqual([
      [1, 0.5],
      [7, 7],
    ]);
    expect(points.find(({ step }) => step === 7)?.time).toBe(1_700_000_000_000);
  });

  it('of a diverged run: its NaN and infinities are not counted, and the run says so once', async () => {
    await using workspace = theWorkspace();
    const many = Array.from({ length: 60 }, (_, step) => `{"step":${step + 4},"loss":NaN}`).join('\n');
    await workspace.record(
      print(`{"step":1,"loss":0.5}\n{"step":2,"loss":1e309}\n{"step":3,"loss":"NaN","acc":1}\n${many}\n{"step":3}`),
    );
    expect((await workspace.points('loss')).map(({ value }) => value)).toEqual([0.5]);
    expect((await workspace.run()).recording?.problems).toEqual([
      'Lines on stdout in which loss is NaN or infinite were left out: there only finite numbers count. Append such lines to the file $SLIPWAY_METRICS names to keep them.',
    ]);
  });

  it('of a first run that prints epochs and no step: no metric, and the run says what is missing', async () => {
    await using workspace = theWorkspace();
    const epochs = [1, 2, 3].map((epoch) => `{"epoch": ${epoch}, "loss": ${1 / epoch}, "accuracy": 0.6}`).join('\n');
    const { stderr } = await workspace.record(print(`{"rows": 1000}\nLoaded {}\n${epochs}`));
    expect(stderr).toBe(`slipway: ${noStep('epoch, loss, accuracy')}\n`);
    expect((await workspace.run()).metricCount).toBe(0);
    expect((await workspace.run()).recording?.problems).toEqual([noStep('epoch, loss, accuracy')]);
  });

  it('of a run whose last word is its one number without a step: the run says so too', async () => {
    await using workspace = theWorkspace();
    await workspace.record(print('{"event":"loaded","rows":3}\n{"accuracy": 0.9}'));
    expect((await workspace.run()).recording?.problems).toEqual([noStep('accuracy')]);
  });

  it('of a run that prints its settings and then metrics with steps: there is nothing to complain of', async () => {
    await using workspace = theWorkspace();
    await workspace.record(
      print('{"lr":0.1,"epochs":3}\n{"step":1,"epoch":1,"loss":2}\n{"accuracy":1}\n{"accuracy":1}'),
    );
    expect(await workspace.points('epoch')).toHaveLength(1);
    expect((await workspace.run()).recording?.problems).toEqual([]);
  });

  it('of a run without steps whose recorder was killed in the middle: the run says so once', async () => {
    await using workspace = theWorkspace();
    await workspace.startEngine();
    const script = 'echo \'{"epoch":1,"loss":2}\'; until [ -e go ]; do sleep 0.1; done; echo \'{"epoch":2,"loss":1}\'';
    const recording = workspace.start(['--', 'sh', '-c', script]);
    await until(() => recording.shown().includes('epoch') && workspace.file('child.json') !== '');
    await until(async () => typeof (await workspace.run()).recording?.childPid === 'number');
    recording.process.kill('SIGKILL');
    await recording.ended;
    writeFileSync(`${workspace.root}/go`, '');
    await until(async () => (await workspace.run()).state !== 'running');
    expect((await workspace.run()).recording?.problems).toEqual([noStep('epoch, loss')]);
  });

  it('is not read with --no-stdout-metrics', async () => {
    await using workspace = theWorkspace();
    await workspace.record(['--no-stdout-metrics', ...print(lines)]);
    expect((await workspace.run()).metricCount).toBe(0);
  });

  it('finds a line behind a progress bar in the same place', async () => {
    await using workspace = theWorkspace();
    await workspace.record(['--json', '--', 'printf', '\\r 50%% | 5/10{"step":1,"loss":2}\\n']);
    expect(await workspace.points('loss')).toHaveLength(1);
  });
});

function noStep(keys: string): string {
  return `Lines on stdout with ${keys} were left out, because they have no "step". A metric line is an object with an integer "step" and otherwise finite numbers: {"step": 1, "loss": 0.5}.`;
}

function byStep([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return Number(a) - Number(b);
}
