// onnxruntime's tools in the user's Python: the command that quantizes, run as a recorded run, or by itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SlipwayError } from '../../base/errors';
import { takenBack } from '../../protocol/conversation/conversation';
import {
  pythonVersions,
  type QuantizationAnswer,
  type QuantizationReport,
  type QuantizationTerms,
  quantizationReport,
} from '../../protocol/inference/quantization/quantization';
import type { CalibrationSets } from '../../protocol/inference/quantization/quantization-questions';
import { chooseNode, type NodeChoiceOptions } from '../node-choice';
import { AttendedProgram, type Ended } from './attended-program';

/** `model` and `output` are absolute, `beside` is the name of a file for weights that `output` cannot hold, `scratch` is a folder of this quantization's own. */
export interface QuantizingCommand {
  python: string;
  model: string;
  output: string;
  beside: string;
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

/** A model that was made. Its run lasts until it hears what became of it. */
export interface MadeModel {
  report: QuantizationReport;
  runId: string | null;
  /** Ends the run: well where `why` is null, else as failed for that reason. Never throws. */
  end(why: string | null): Promise<void>;
}

/** Milliseconds between two looks for the report. */
const look = 50;

/** Throws SlipwayError `unavailable` where the Python does not start or lacks the tools, with what to install. */
export async function requireTools(python: string, { node, signal }: CommandTerms): Promise<void> {
  const asked = AttendedProgram.start(python, [scriptOf(node), '--versions'], { signal });
  const { code, out, errors } = await asked.ended;
  if (signal.aborted) throw takenBack();
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
): Promise<MadeModel> {
  const reportFile = join(command.scratch, 'report.json');
  const words = [command.python, scriptOf(terms.node), ...wordsOf(command, reportFile)];
  const program = await (recorded === null ? begun(words, terms) : begunRun(words, recorded, terms));
  const said = await reported(reportFile, program.ended);
  const report = quantizationReport.safeParse(said);
  if (report.success && !('refused' in report.data) && !terms.signal.aborted) {
    return {
      report: report.data,
      runId: recorded === null ? null : runIdIn(said),
      end: async (why) => void (await program.hear(why === null ? 'kept' : why.replaceAll('\n', ' '))),
    };
  }
  const told = await program.ended;
  if (terms.signal.aborted) throw takenBack();
  if (recorded !== null) requireBegun(told);
  const runId = recorded === null ? null : runIdIn(jsonOf(told.out));
  throw refusal(report.success ? report.data : null, told, { python: command.python, runId });
}

/** What the command wrote there; undefined when it ended without a word. */
async function reported(file: string, ended: Promise<Ended>): Promise<unknown> {
  let isOver = false;
  const end = ended.then(() => {
    isOver = true;
  });
  for (;;) {
    const wasOver = isOver;
    if (existsSync(file)) return jsonOf(readFileSync(file, 'utf8'));
    if (wasOver) return undefined;
    await Promise.race([end, delay(look)]);
  }
}

function refusal(
  report: QuantizationAnswer | null,
  told: Ended,
  { python, runId }: { python: string; runId: string | null },
): SlipwayError {
  const where = runId === null ? '' : ` Run ${runId.slice(0, 8)} has all that it printed.`;
  if (report === null || !('refused' in report)) {
    const how = told.code === null ? told.errors : lastLine(told.errors) || `exit code ${told.code}`;
    return new SlipwayError('unavailable', `${python} ended before anything was quantized (${how}).${where}`);
  }
  const { refused, sentence } = report;
  return refused === 'failed'
    ? new SlipwayError('invalid', `onnxruntime's tools failed: ${sentence}.${where}`)
    : new SlipwayError('invalid', `Nothing was quantized. ${sentence}`);
}

function scriptOf({ bundle }: NodeChoiceOptions): string {
  return join(bundle, 'python', 'quantize.py');
}

function wordsOf({ model, output, beside, terms, calibration }: QuantizingCommand, report: string): string[] {
  const { method, weights, activations, perChannel, reduceRange, operators, ranges } = terms;
  return [
    ...[model, output, '--method', method, '--weights', weights, '--beside', beside, '--report', report],
    ...(method === 'static' ? ['--activations', activations, '--calibrate', ranges] : []),
    ...(perChannel ? ['--per-channel'] : []),
    ...(reduceRange ? ['--reduce-range'] : []),
    ...(operators.length === 0 ? [] : ['--operators', operators.join(',')]),
    ...(calibration === null ? [] : ['--calibration', calibration.folder]),
    ...(calibration?.rowsAtOnce == null ? [] : ['--rows-at-once', String(calibration.rowsAtOnce)]),
  ];
}

async function begun([program = '', ...args]: readonly string[], terms: CommandTerms): Promise<AttendedProgram> {
  return AttendedProgram.start(program, args, terms);
}

async function begunRun(
  words: readonly string[],
  { root, experiment, name, params, inputs, override }: RecordedIn,
  { node: options, signal }: CommandTerms,
): Promise<AttendedProgram> {
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
  return AttendedProgram.start(node.command, [join(options.bundle, 'recorder.js'), ...recording], {
    signal,
    env: node.env,
    cwd: root,
  });
}

/** The recorder's own refusals come before there is a run: data that fail their contract, an input that is not there. */
function requireBegun(told: Ended): void {
  if (jsonOf(told.out) !== undefined) return;
  const why = told.errors.trim().replace(/^slipway: /gm, '') || `exit code ${told.code}`;
  throw new SlipwayError('conflict', why);
}

function runIdIn(said: unknown): string | null {
  const { run_id: runId } = (said ?? {}) as { run_id?: string | null };
  return runId ?? null;
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
