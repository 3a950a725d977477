// One process per recorded command. It alone owns the command; everything is in the run's folder before any engine is
// told, and whatever becomes of engine, editor or terminal, the command goes on.

import { existsSync } from 'node:fs';
import { messageOf, systemCodeOf } from '../base/errors';
import { requireWorkspace } from '../client/workspace';
import { isDiskFull } from '../platform/files/disk-fault';
import { processMark } from '../platform/process/process-mark';
import { killTree } from '../platform/process/process-signal';
import { RecordedChild } from '../platform/process/recorded-child';
import { runFiles, type WorkspaceLayout } from '../protocol/folder/layout';
import { isShellLine } from '../protocol/recording/command-line';
import type { RecordingSpec } from '../protocol/recording/recording-files';
import { rewrittenProblem } from '../protocol/recording/rewritten-file';
import { type FileTraces, requireData, traceFiles } from './capture/file-traces';
import { ResourceSampler } from './capture/resource-sampler';
import { recordSurroundings } from './capture/surroundings';
import { childEnvironment } from './child-environment';
import { freshRunId } from './fresh-run-id';
import { isUnderNohup, keepNohup } from './hangup';
import { EngineLink } from './link/engine-link';
import { changedInputs, type PassedInputs, passInputs } from './link/input-gate';
import { monotonicTime } from './monotonic-time';
import { OutputRecording } from './output/output-recording';
import { boundedProblems, describeEnd, type EndStatus, exitCodeOf, ownFailure } from './run-end';
import { RunFolder } from './run-folder';
import type { RunRequest } from './run-request';
import { describeRun } from './run-spec';
import { StopSignals } from './stop-signals';

/** Milliseconds. */
const [firstAnswer, engineStart, lastWord] = [1500, 10_000, 2000];
/** Bytes of metrics. */
const atOneLook = 16 * 1024;

const fullDisk = 'The disk was full while the command ran, so some of what it printed and logged may be missing.';
const goneFolder =
  "The run's folder was removed while the command ran, so what was printed and logged until then may be missing.";

/** What became of the recorded command. `exitCode` is what the recorder is to exit with. */
export interface RecordedRun {
  runId: string;
  status: EndStatus;
  exitCode: number;
}

/** Records one command from before its start to after its end. */
export class Recorder {
  readonly #request: RunRequest;
  readonly #layout: WorkspaceLayout;
  readonly #spec: RecordingSpec;
  readonly #folder: RunFolder;
  readonly #engine: EngineLink;
  readonly #stop: StopSignals;
  #child: RecordedChild | undefined;
  readonly #began = monotonicTime();
  #missed = '';
  /** What the run itself is to say of what could not be kept. */
  readonly #problems = new Set<string>();

  private constructor(request: RunRequest, layout: WorkspaceLayout, runId: string) {
    this.#request = request;
    this.#layout = layout;
    this.#spec = describeRun(request, runId, layout);
    this.#folder = new RunFolder(layout, this.#spec.runId);
    this.#engine = new EngineLink(layout, this.#spec.runId);
    this.#folder.create(this.#spec);
    this.#stop = new StopSignals({
      ignoresHangup: isUnderNohup(),
      isShellLine: isShellLine(request.command),
      kill: () => void this.#kill(),
      tell,
    });
  }

  /**
   * Throws SlipwayError when nothing could be recorded (no workspace, or one that cannot be written), `not-found` for
   * an input that is not there, and `conflict` when
   * the data that the command names fail their contract.
   */
  static async record(request: RunRequest): Promise<RecordedRun> {
    const layout = requireWorkspace(request.workspace, process.cwd());
    requireData([...request.inputs, ...request.outputs]);
    // An engine that is not up is started first, so that its start does not count as the run's time.
    const isThere = existsSync(layout.liveness) || (await new EngineLink(layout, '').isUp(firstAnswer));
    const failure = isThere ? undefined : await startEngine(layout.root);
    const runId = await freshRunId();
    const gate = { layout, engine: new EngineLink(layout, runId), runId, tell };
    const passed = await passInputs(request, gate);
    // A reason that nothing needed is none to be kept.
    const override = passed.isOverridden ? request.override : null;
    const unchecked = passed.unchecked === undefined ? null : request.override;
    const recorder = new Recorder({ ...request, override, unchecked }, layout, runId);
    if (passed.unchecked !== undefined) recorder.#miss(passed.unchecked);
    return recorder.#run(failure, passed);
  }

  async #run(failure: string | undefined, { areStill, paths, versions }: PassedInputs): Promise<RecordedRun> {
    // While the engine looks, everything is made ready.
    const announced = this.#announce(failure);
    const news = (): void => this.#engine.poke();
    const output = this.#follow(news);
    await announced;
    const env = this.#environment();
    const { command, cwd } = this.#spec;
    const before = traceFiles(this.#request.outputs, cwd);
    if (!areStill()) return this.#refuse(output);
    const child = this.#start(output, env);
    const sampler =
      child.pid === undefined ? undefined : new ResourceSampler(child.pid, this.#folder.file('resources'), news);
    const surroundings = recordSurroundings({
      ...{ folder: this.#folder, command, cwd, env, inputs: paths, versions, onNews: news },
      tell: (sentence) => this.#miss(sentence),
    });
    const end = await child.ended;
    await this.#stop.partsEnded();
    const exit = describeEnd(end, {
      command: this.#request.command,
      began: this.#spec.startTime,
      took: monotonicTime() - this.#began,
      asked: this.#stop.asked,
    });
    this.#stop.childEnded();
    sampler?.stop();
    const outputTaken = await output.childEnded(this.#stop.insisted);
    // Whoever insists on stopping now gets a run that says less about what it used.
    await Promise.race([Promise.all([surroundings, this.#recordOutputs(before)]), this.#stop.insisted]);
    if (this.#folder.restore()) this.#problems.add(goneFolder);
    this.#write('exit', { ...exit, outputTaken, problems: boundedProblems(this.#problems) });
    if (exit.problem !== null) tell(exit.problem);
    return this.#conclude(output, exitCodeOf(end), exit.status);
  }

  /** Other data took the place of those that were checked. The run is known by now, so it says why it never began. */
  async #refuse(output: OutputRecording): Promise<RecordedRun> {
    tell(changedInputs);
    const outputTaken = await output.childEnded(this.#stop.insisted);
    const exit = {
      exitCode: null,
      signal: null,
      endTime: Date.now(),
      status: 'FAILED',
      problem: changedInputs,
    } as const;
    this.#write('exit', { ...exit, outputTaken, problems: boundedProblems(this.#problems) });
    return this.#conclude(output, ownFailure, exit.status);
  }

  #follow(onNews: () => void): OutputRecording {
    return new OutputRecording({
      folder: this.#folder,
      json: this.#request.json,
      stdoutMetrics: this.#request.stdoutMetrics,
      onNews,
      onReaderGone: () => this.#stop.readerGone(),
      onRewritten: () => this.#problems.add(rewrittenProblem(runFiles.metrics)),
      onFault: (error) => this.#missOutput(error),
    });
  }

  #missOutput(error: unknown): void {
    // A folder that is gone is told in the end, when it is made again.
    if (systemCodeOf(error) === 'ENOENT') return;
    const sentence = isDiskFull(error)
      ? 'the disk is full, so what the command prints is not kept whole.'
      : `what the command prints is not kept whole: ${messageOf(error)}`;
    if (this.#missed !== sentence) tell(sentence);
    this.#missed = sentence;
    this.#problems.add(isDiskFull(error) ? fullDisk : `Not all could be kept of the run: ${messageOf(error)}`);
  }

  /** A file of the run's could not be written. */
  #miss(sentence: string): void {
    tell(sentence);
    this.#problems.add(sentence);
  }

  async #conclude(output: OutputRecording, exitCode: number, status: EndStatus): Promise<RecordedRun> {
    this.#engine.close();
    await Promise.race([Promise.all([this.#report(), output.shown()]), this.#stop.insisted]);
    // At the end, where it is not lost among what the command prints.
    for (const sentence of output.metricProblems) tell(sentence);
    return { runId: this.#spec.runId, status, exitCode };
  }

  /**
   * Sees to it that an engine is there for the command to log to. One that watches has noticed the run's marker; one that
   * surely lives learns of the run from the first request that carries its token, or from the word that follows; of any
   * other the word must have been taken. Without one the command is recorded all the same.
   */
  async #announce(failure: string | undefined): Promise<void> {
    const lives = this.#engine.lives;
    if (lives === 'watching') return;
    if (lives === 'surely') {
      // On its way before anything the command prints is shown.
      void this.#engine.say(engineStart);
      return;
    }
    if (lives === 'perhaps' && (await this.#engine.say(engineStart))) return;
    if ((await this.#engine.takeIn(firstAnswer)) !== undefined) return;
    const why = failure ?? (await startEngine(this.#layout.root));
    if (why === undefined && (await this.#engine.takeIn(firstAnswer)) !== undefined) return;
    tell(`no engine answers, so the run is kept in ${this.#folder.path} until one does. ${why ?? ''}`.trim());
  }

  #environment(): NodeJS.ProcessEnv {
    return childEnvironment({
      spec: this.#spec,
      metricsFile: this.#folder.file('metrics'),
      address: this.#engine.address(),
    });
  }

  #start(output: OutputRecording, env: NodeJS.ProcessEnv): RecordedChild {
    const { cwd } = this.#spec;
    const child = RecordedChild.start(keepNohup(this.#request.command, cwd), {
      cwd,
      env,
      stdout: output.stdout,
      stderr: output.stderr,
    });
    this.#child = child;
    this.#stop.guard(child);
    output.childStarted();
    if (child.pid !== undefined) this.#write('child', { pid: child.pid, mark: processMark(child.pid) });
    return child;
  }

  async #recordOutputs(before: FileTraces): Promise<void> {
    if (this.#request.outputs.length === 0) return;
    const { hashPaths } = await import('./capture/file-hash');
    this.#write('outputs', await hashPaths(this.#request.outputs, this.#spec.cwd, before));
  }

  #write(name: 'child' | 'outputs' | 'exit', value: unknown): void {
    const failure = this.#folder.tryWrite(name, value);
    if (failure !== undefined) this.#miss(failure);
  }

  /**
   * Tells the engine until it has everything, for a moment. The marker in the inbox tells the rest. A little it takes at
   * one look, before any request that comes later, so its answer need not be waited for.
   */
  async #report(): Promise<void> {
    const isLittle = this.#folder.size('metrics') + this.#folder.size('stdoutMetrics') < atOneLook;
    const lives = this.#engine.lives;
    if (isLittle && lives === 'watching' && this.#engine.mark()) return;
    if (isLittle && lives === 'surely' && (await this.#engine.say(lastWord))) return;
    const deadline = Date.now() + lastWord;
    for (let wait = 10; Date.now() < deadline; wait = Math.min(wait * 2, 200)) {
      const answer = await this.#engine.takeIn(deadline - Date.now());
      if (answer === undefined || answer.done) return;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #kill(): Promise<void> {
    const pid = this.#child?.pid;
    // What this user may not kill cannot be ended from here, by whatever sentence.
    if (pid !== undefined) await killTree(pid).catch(() => undefined);
  }
}

/** Loaded only when needed. Returns one sentence why it could not be started. */
async function startEngine(root: string): Promise<string | undefined> {
  const engine = await import('./link/engine-start');
  return engine.startEngine(root, engineStart);
}

function tell(sentence: string): void {
  process.stderr.write(`slipway: ${sentence}\n`);
}
