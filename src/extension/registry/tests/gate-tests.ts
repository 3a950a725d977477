// Gates in VS Code's Test Explorer: model → version → rule. What was found before is shown without being run again.
import {
  type CancellationToken,
  type LogOutputChannel,
  l10n,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  TestRunRequest,
  tests,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf } from '../../../base/errors';
import { followJob } from '../../../client/jobs/job-stream';
import type { KeptGate } from '../../../protocol/models/registry/model-version';
import { untilCancelled } from '../../cancellable-work';
import type { EngineSessions } from '../../session/engine-sessions';
import { Throttle } from '../../throttle';
import { GateItems, type JudgedVersion } from './gate-items';
import { tellRule } from './rule-results';
import { wantedRules } from './wanted-rules';

/** Milliseconds between two looks at all models with rules. */
const rest = 1000;

interface GateTestsOptions {
  sessions: EngineSessions;
  log: LogOutputChannel;
}

/** Finds them when the view is opened, and again when a model or slipway.yaml changes. */
export class GateTests implements Disposable {
  readonly #options: GateTestsOptions;
  readonly #store = new DisposableStore();
  readonly #controller: TestController;
  readonly #items: GateItems;
  readonly #throttle: Throttle;
  /** The time of the report that is shown, by the item's id; of one that is being made, infinity. */
  readonly #told = new Map<string, number>();
  /** Models that may have another report than the one that is shown; null: all of them. */
  #stale: Set<string> | null = null;
  #isShown = false;

  constructor(options: GateTestsOptions) {
    this.#options = options;
    this.#controller = this.#store.add(tests.createTestController('slipway.gates', l10n.t('Slipway Gates')));
    this.#items = new GateItems(this.#controller);
    this.#throttle = this.#store.add(new Throttle(() => this.#find(), rest));
    this.#controller.resolveHandler = async (item) => {
      if (item === undefined) await this.#find();
    };
    this.#controller.refreshHandler = () => this.#find();
    const run = (request: TestRunRequest, token: CancellationToken): Promise<void> => this.#run(request, token);
    this.#controller.createRunProfile(l10n.t('Run'), TestRunProfileKind.Run, run, true);
    const { sessions } = options;
    this.#store.add(sessions.onStateChanged(() => this.#soon()));
    this.#store.add(sessions.onListChanged(() => this.#soon()));
    this.#store.add(sessions.onConfigChanged(() => this.#soon()));
    this.#store.add(
      sessions.onEvent(({ event }) => {
        if (event.type === 'hello') this.#soon();
        else if (event.type === 'models') this.#soon(event.names);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** About the models of these names, or all. */
  #soon(names: readonly string[] = []): void {
    if (names.length === 0) this.#stale = null;
    for (const name of names) this.#stale?.add(name);
    if (this.#isShown) this.#throttle.ask();
  }

  async #find(): Promise<void> {
    this.#isShown = true;
    const { sessions, log } = this.#options;
    try {
      await this.#items.find(sessions.running);
      await this.#showKept();
    } catch (error) {
      // An engine that ends meanwhile; it is looked again when it answers.
      this.#stale = null;
      log.debug(messageOf(error));
    }
  }

  /** Reports that are newer than those that are shown. */
  async #showKept(): Promise<void> {
    const found: { item: TestItem; version: JudgedVersion; gate: KeptGate }[] = [];
    const stale = this.#stale;
    this.#stale = new Set();
    for (const [item, version] of this.#items.versions) {
      if (version.summary.gate === 'unjudged' || stale?.has(version.name) === false) continue;
      const gate = await keptGate(version);
      if (gate === null || gate.time <= (this.#told.get(item.id) ?? 0)) {
        if (gate !== null && gate.outdated !== null) this.#controller.invalidateTestResults(item);
        continue;
      }
      this.#told.set(item.id, gate.time);
      found.push({ item, version, gate });
    }
    if (found.length === 0) return;
    const request = new TestRunRequest(found.map(({ item }) => item));
    const run = this.#controller.createTestRun(request, l10n.t('Kept reports'), false);
    for (const { version, gate } of found) tellReport(run, version.rules, gate);
    run.end();
    const outdated = found.filter(({ gate }) => gate.outdated !== null).map(({ item }) => item);
    if (outdated.length > 0) this.#controller.invalidateTestResults(outdated);
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    try {
      await untilCancelled(token, async (signal) => {
        for (const [item, rules] of wantedRules(this.#controller.items, request)) {
          const version = this.#items.versions.get(item);
          if (signal.aborted || version === undefined) continue;
          await this.#judge(run, { item, version, rules }, signal);
        }
      });
    } finally {
      run.end();
    }
  }

  /** A gate is run whole, as its comparisons are corrected together; told are the rules that were asked for. */
  async #judge(
    run: TestRun,
    { item, version, rules }: { item: TestItem; version: JudgedVersion; rules: readonly TestItem[] },
    signal: AbortSignal,
  ): Promise<void> {
    const { session, name, summary } = version;
    const before = this.#told.get(item.id) ?? 0;
    for (const rule of rules) run.started(rule);
    this.#told.set(item.id, Number.POSITIVE_INFINITY);
    let stage = '';
    try {
      const request = { job: 'model-gate', name, version: summary.version } as const;
      const gate = await followJob<KeptGate>(session.requireClient(), request, {
        signal,
        onProgress: ({ what }) => {
          if (what !== stage) run.appendOutput(`${name} v${summary.version}: ${what}\r\n`, undefined, item);
          stage = what;
        },
      });
      this.#told.set(item.id, gate.time);
      const wanted = new Set(rules);
      tellReport(run, new Map([...version.rules].filter(([, each]) => wanted.has(each))), gate);
    } catch (error) {
      this.#told.set(item.id, before);
      for (const rule of rules) {
        if (signal.aborted) run.skipped(rule);
        else run.errored(rule, new TestMessage(messageOf(error)));
      }
    }
  }
}

async function keptGate({ session, name, summary: { version } }: JudgedVersion): Promise<KeptGate | null> {
  const { gated } = await session.requireClient().api.registry.version.query({ name, version });
  return gated?.gate ?? null;
}

function tellReport(run: TestRun, rules: ReadonlyMap<string, TestItem>, { report }: KeptGate): void {
  run.appendOutput(`${report.sentence}\r\n`);
  const judged = new Map(report.rules.map((result) => [result.id, result]));
  for (const [id, item] of rules) {
    const result = judged.get(id);
    if (result === undefined) run.skipped(item);
    else tellRule(run, item, result);
  }
}
