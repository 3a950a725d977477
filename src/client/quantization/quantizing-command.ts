// onnxruntime's tools in the user's Python: the command that quantizes, run as a recorded run, or by itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, SlipwayError } from '../../base/errors';
import { takenBack } from '../../protocol/conversation/conversation';
import {
  pythonVersions,
  type QuantizationReport,
  type QuantizationTerms,
  quantizationReport,
} from '../../protocol/inference/quantization/quantization';
import type { CalibrationSets } from '../../protocol/inference/quantization/quantization-questions';
import { chooseNode, type NodeChoiceOptions } from '../node-choice';

/** `model` and `output` are absolute, `scratch` is a folder of this quantization's own. */
export interface QuantizingCommand {
  python: string;
  model: string;
  output: string;
  scratch: string;
  terms: QuantizationTerms;
  calibration: (CalibrationSets & { folder: string }) | null;
}

/** Where it is recorded: `inputs` as `slipway run --input` takes them; `override`: why it begins although its data fail their contract. */
export interface RecordedIn {
  root: string;
  experiment: string;
  name: string;
  params: Readonly<Record<string, string>>;
  inputs: readonly string[];
  override: string | null;
}

/** What it is run with. */
interface CommandTerms {
  node: NodeChoiceOptions;
  signal: AbortSignal;
}

const killAfter = 12_000;
const keptText = 8000;

/** Throws SlipwayError `unavailable` where the Python does not start or lacks the tools, with what to install. */
export async function requireTools(python: string, { node, signal }: CommandTerms): Promise<void> {
  const { code, out, errors } = await ended(python, [scriptOf(node), '--versions'], { signal });
  const found = pythonVersions.safeParse(jsonOf(out));
  if (!found.success) {
    const why = code === null ? errors : lastLine(errors) || `exit code ${code}`;
    throw new SlipwayError(
      'unavailable',
      `${python} could not be asked for onnxruntime (${why}). Name your Python: --python PATH.`,
    );
  }
  if (!('refused' in found.data)) return;
  const missing = found.data.sentence;
  throw new SlipwayError(
    'unavailable',
    `Quantization is done by onnxruntime's own tools, and ${python} has no ${missing.replace(' ', ' and no ')}. Install: ` +
      `${shellWord(python)} -m pip install onnx onnxruntime (or name another Python: --python PATH).`,
  );
}

/** Runs it. Throws SlipwayError with why nothing was quantized, `unavailable` when it is taken back. */
export async function runQuantizing(
  command: QuantizingCommand,
  recorded: RecordedIn | null,
  terms: CommandTerms,
): Promise<{ report: QuantizationReport; runId: string | null }> {
  const reportFile = join(command.scratch, 'report.json');
  const words = [command.python, scriptOf(terms.node), ...wordsOf(command, reportFile)];
  const told = await (recorded === null
    ? ended(words[0] as string, words.slice(1), terms)
    : recordedRun(words, recorded, terms));
  if (terms.signal.aborted) throw takenBack();
  const runId = recorded === null ? null : runIdIn(told);
  const report = existsSync(reportFile)
    ? quantizationReport.safeParse(jsonOf(readFileSync(reportFile, 'utf8')))
    : undefined;
  const where = runId === null ? '' : ` Run ${runId.slice(0, 8)} has all that it printed.`;
  if (report?.success !== true) {
    const how = told.code === null ? told.errors : lastLine(told.errors) || `exit code ${told.code}`;
    throw new SlipwayError('unavailable', `${command.python} ended before anything was quantized (${how}).${where}`);
  }
  if ('refused' in report.data) {
    const { refused, sentence } = report.data;
    if (refused === 'failed') throw new SlipwayError('invalid', `onnxruntime's tools failed: ${sentence}.${where}`);
    throw new SlipwayError('invalid', `Nothing was quantized. ${sentence}`);
  }
  return { report: report.data, runId };
}

function scriptOf({ bundle }: NodeChoiceOptions): string {
  return join(bundle, 'python', 'quantize.py');
}

function wordsOf({ model, output, terms, calibration }: QuantizingCommand, report: string): string[] {
  const { method, weights, activations, perChannel, reduceRange, operators, ranges } = terms;
  return [
    ...[model, output, '--method', method, '--weights', weights, '--report', report],
    ...(method === 'static' ? ['--activations', activations, '--calibrate', ranges] : []),
    ...(perChannel ? ['--per-channel'] : []),
    ...(reduceRange ? ['--reduce-range'] : []),
    ...(operators.length === 0 ? [] : ['--operators', operators.join(',')]),
    ...(calibration === null ? [] : ['--calibration', calibration.folder]),
    ...(calibration?.rowsAtOnce == null ? [] : ['--rows-at-once', String(calibration.rowsAtOnce)]),
  ];
}

async function recordedRun(
  words: readonly string[],
  { root, experiment, name, params, inputs, override }: RecordedIn,
  { node: options, signal }: CommandTerms,
): Promise<Ended> {
  const node = await chooseNode(options);
  const recording = [
    ...[
      'run',
      `--workspace=${root}`,
      `--experiment=${experiment}`,
      `--name=${name}`,
      '--tag=slipway.kind=quantization',
    ],
    ...Object.entries(params).map(([key, value]) => `--param=${key}=${value}`),
    ...inputs.map((input) => `--input=${input}`),
    ...(override === null ? [] : [`--override=${override}`]),
    ...['--no-stdout-metrics', '--json', '--', ...words],
  ];
  const told = await ended(node.command, [join(options.bundle, 'recorder.js'), ...recording], {
    signal,
    env: node.env,
    cwd: root,
  });
  // The recorder's own refusals come before there is a run: data that fail their contract, an input that is not there.
  if (jsonOf(told.out) === undefined && !signal.aborted) {
    const why = told.errors.trim().replace(/^slipway: /gm, '') || `exit code ${told.code}`;
    throw new SlipwayError('conflict', why);
  }
  return told;
}

function runIdIn({ out }: Ended): string | null {
  const { run_id: runId } = (jsonOf(out) ?? {}) as { run_id?: string };
  return runId ?? null;
}

/** How a program ended. `code` is null where it did not start; `errors` then says why. */
interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** Taken back, it is asked to end, and ended when it does not. */
function ended(
  command: string,
  args: readonly string[],
  { signal, env = {}, cwd }: { signal: AbortSignal; env?: Record<string, string>; cwd?: string },
): Promise<Ended> {
  if (signal.aborted) return Promise.reject(takenBack());
  // A group of its own: a terminal's Ctrl-C comes to us alone, and is passed on once.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONUNBUFFERED: '1', ...env },
    windowsHide: true,
    ...(cwd === undefined ? {} : { cwd }),
    detached,
  });
  const stop = (): void => stopped(child);
  signal.addEventListener('abort', stop, { once: true });
  let [out, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out = (out + text).slice(-keptText)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-keptText)));
  return new Promise<Ended>((resolve) => {
    child.once('error', (error) => resolve({ code: null, out, errors: messageOf(error) }));
    child.once('close', (code, name) =>
      resolve({ code: code ?? 128, out, errors: name === null ? errors : `${errors}\n${name}` }),
    );
  }).finally(() => signal.removeEventListener('abort', stop));
}

function stopped(child: ChildProcess): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfter);
  timer.unref();
  child.once('close', () => clearTimeout(timer));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.trim().split('\n').pop() ?? '');
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return (text.trim().split('\n').pop() ?? '').slice(0, 300);
}

function shellWord(word: string): string {
  return /^[\w./:\\-]+$/.test(word) ? word : `'${word}'`;
}
