// Where a model's time goes: onnxruntime's own profile, a trace in Chrome's format of one event a node and run.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { OperatorTime } from '../../../protocol/inference/benchmark/benchmark';
import { RunningModel } from '../running-model';

interface TraceEvent {
  cat?: string;
  name?: string;
  /** Microseconds. */
  dur?: number;
  args?: { op_name?: string };
}

/** What is profiled. */
export interface ProfiledRun {
  path: string;
  threads: number;
  feeds: Readonly<Record<string, OnnxTensor>>;
  outputs: readonly string[];
}

const warmUp = { runs: 5, milliseconds: 1000 };
const measured = { runs: 20, milliseconds: 4000 };

/** Mean times of one run by kind of operator, the longest first; what is profiled runs slower than without. */
export async function operatorTimes({ path, threads, feeds, outputs }: ProfiledRun): Promise<OperatorTime[]> {
  // The profile's name ends with a time that nobody tells: it is alone in its folder.
  const folder = mkdtempSync(join(tmpdir(), 'slipway-profile-'));
  try {
    const model = await RunningModel.open(path, threads, join(folder, 'run'));
    let warmUps = 0;
    try {
      const once = async (): Promise<unknown> => model.run(feeds, outputs);
      warmUps = await runsWithin(once, warmUp);
      await runsWithin(once, measured);
    } finally {
      await model.release();
    }
    const [name] = readdirSync(folder);
    if (name === undefined) return [];
    return summed(JSON.parse(readFileSync(join(folder, name), 'utf8')) as TraceEvent[], warmUps);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** At least one, and none is begun when the time is over: a slow model is not run as often. Returns how many. */
async function runsWithin(
  once: () => Promise<unknown>,
  { runs, milliseconds }: { runs: number; milliseconds: number },
): Promise<number> {
  const start = performance.now();
  let done = 0;
  do {
    await once();
    done += 1;
  } while (done < runs && performance.now() - start < milliseconds);
  return done;
}

/** Of the later runs alone: the first is of another kind. */
function summed(events: readonly TraceEvent[], warmUps: number): OperatorTime[] {
  const runs = events.flatMap(({ name }, at) => (name === 'model_run' ? [at] : []));
  const from = (runs[warmUps - 1] ?? -1) + 1;
  const counted = Math.max(1, runs.length - warmUps);
  const found = new Map<string, { calls: number; microseconds: number }>();
  for (const { cat, name, dur = 0, args } of events.slice(from)) {
    if (cat !== 'Node' || !name?.endsWith('_kernel_time') || args?.op_name === undefined) continue;
    const { calls = 0, microseconds = 0 } = found.get(args.op_name) ?? {};
    found.set(args.op_name, { calls: calls + 1, microseconds: microseconds + dur });
  }
  const all = [...found.values()].reduce((sum, { microseconds }) => sum + microseconds, 0);
  return [...found]
    .map(([operator, { calls, microseconds }]) => ({
      operator,
      calls: calls / counted,
      milliseconds: microseconds / 1000 / counted,
      share: all === 0 ? 0 : microseconds / all,
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
