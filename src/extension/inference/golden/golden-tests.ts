// The workspace's golden cases in VS Code's Test Explorer.
import { basename } from 'node:path';
import {
  type CancellationToken,
  Location,
  l10n,
  Position,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  type TestRunRequest,
  tests,
  Uri,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { messageOf } from '../../../base/errors';
import type { GoldenCase } from '../../../protocol/inference/golden/golden-case';
import type { GoldenResult } from '../../../protocol/inference/golden/golden-result';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import { untilCancelled } from '../../cancellable-work';
import { mostFiles, testedModels } from './tested-models';

const restMilliseconds = 500;
const runMilliseconds = 5 * 60_000;

/** Finds them when the view is opened, and again when one of their files changes. */
export class GoldenTests implements Disposable {
  readonly #store = new DisposableStore();
  readonly #controller: TestController;
  readonly #processes: ModelPool;
  #isShown = false;
  /** Paths of the files with cases. */
  #files: readonly string[] = [];
  #rest: NodeJS.Timeout | undefined;
  #looks = 0;

  constructor(processes: ModelPool) {
    this.#processes = processes;
    this.#controller = this.#store.add(tests.createTestController('slipway.golden', l10n.t('Golden Cases')));
    this.#controller.resolveHandler = async (item) => {
      if (item === undefined) await this.#find();
    };
    this.#controller.refreshHandler = () => this.#find();
    this.#controller.createRunProfile(
      l10n.t('Run'),
      TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    for (const pattern of ['**/*.golden.yaml', '**/*.onnx', '**/test_data_set_*/*.pb']) {
      const watcher = this.#store.add(workspace.createFileSystemWatcher(pattern));
      for (const told of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) told(() => this.#soon());
    }
    // Of a folder that is deleted with all that is in it, only the folder is told.
    const deleted = this.#store.add(workspace.createFileSystemWatcher('**', true, true, false));
    deleted.onDidDelete(({ path }) => {
      if (this.#files.some((file) => file.startsWith(`${path}/`))) this.#soon();
    });
  }

  dispose(): void {
    clearTimeout(this.#rest);
    this.#store.dispose();
  }

  #soon(): void {
    if (!this.#isShown) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#find(), restMilliseconds);
  }

  async #find(): Promise<void> {
    this.#isShown = true;
    this.#looks += 1;
    const look = this.#looks;
    const { models, files, isCut } = await testedModels();
    const items = await Promise.all(models.map((model) => this.#modelItem(model)));
    // One that began later has seen more.
    if (look !== this.#looks) return;
    this.#files = files.map(({ path }) => path);
    this.#controller.items.replace(isCut ? [...items, this.#cutItem()] : items);
  }

  #cutItem(): TestItem {
    const said = l10n.t('The first {0} files with cases are listed', mostFiles.toLocaleString('en-US'));
    const item = this.#controller.createTestItem('cut', said);
    // Last, whatever the models are called.
    item.sortText = '\uffff';
    return item;
  }

  async #modelItem(model: Uri): Promise<TestItem> {
    // A description would be read out in place of the label.
    const item = this.#controller.createTestItem(model.toString(), workspace.asRelativePath(model), model);
    try {
      const { cases, problems } = await this.#processes.ask('goldenCases', { path: model.fsPath });
      item.children.replace(cases.map((each) => this.#caseItem(model, each)));
      const [problem] = problems;
      if (problem === undefined) return item;
      item.error = `${basename(problem.file)}:${problem.line}:${problem.column}: ${problem.message}`;
    } catch (error) {
      item.error = messageOf(error);
    }
    return item;
  }

  #caseItem(model: Uri, found: GoldenCase): TestItem {
    const id = `${model.toString()}#${found.name}`;
    // Of a test data set it is a folder, which the Explorer shows.
    const item = this.#controller.createTestItem(id, found.name, Uri.file(found.file));
    if (isWritten(found)) item.range = new Range(placeOf(found), placeOf(found));
    return item;
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    try {
      await untilCancelled(token, async (signal) => {
        for (const [model, cases] of this.#wanted(request)) {
          if (signal.aborted) break;
          await this.#runModel(run, { model, cases }, signal);
        }
      });
    } finally {
      run.end();
    }
  }

  /** Cases by model: those that were chosen, else all, less those that were left out. */
  #wanted({ include, exclude = [] }: TestRunRequest): Map<TestItem, TestItem[]> {
    const wanted = new Map<TestItem, TestItem[]>();
    const add = (item: TestItem): void => {
      if (exclude.includes(item)) return;
      if (item.parent === undefined) {
        wanted.set(item, wanted.get(item) ?? []);
        for (const [, child] of item.children) add(child);
      } else wanted.set(item.parent, [...new Set([...(wanted.get(item.parent) ?? []), item])]);
    };
    if (include === undefined) for (const [, item] of this.#controller.items) add(item);
    else for (const item of include) add(item);
    return wanted;
  }

  async #runModel(
    run: TestRun,
    { model, cases }: { model: TestItem; cases: readonly TestItem[] },
    signal: AbortSignal,
  ): Promise<void> {
    if (model.uri === undefined) return;
    if (model.error !== undefined) run.errored(model, new TestMessage(model.error));
    const open = new Map(cases.map((item) => [item.label, item]));
    for (const item of cases) run.started(item);
    try {
      if (!workspace.isTrusted) throw new Error(l10n.t('Models are run in trusted folders only.'));
      if (cases.length === 0) return;
      const query = { path: model.uri.fsPath, names: [...open.keys()] };
      await this.#processes.ask('golden', query, {
        signal,
        deadline: runMilliseconds,
        onPartial: (result) => {
          const item = open.get(result.name);
          if (item !== undefined) tell(run, item, result);
          open.delete(result.name);
        },
      });
      for (const item of open.values()) run.errored(item, new TestMessage(l10n.t('The case is gone from its file.')));
    } catch (error) {
      for (const item of open.values()) {
        if (signal.aborted) run.skipped(item);
        else run.errored(item, new TestMessage(messageOf(error)));
      }
    }
  }
}

function tell(run: TestRun, item: TestItem, result: GoldenResult): void {
  const { verdict, message, differences, milliseconds } = result;
  const line = `${item.parent?.label ?? ''}: ${item.label}: ${verdict === 'pass' ? l10n.t('as expected') : message}`;
  run.appendOutput(`${line.replaceAll('\n', '\r\n  ')}\r\n`);
  if (verdict === 'pass') run.passed(item, milliseconds);
  else if (verdict === 'error') run.errored(item, placed(new TestMessage(message), item, result), milliseconds);
  else {
    const messages = differences.map(({ output, message: said, expected, actual }) =>
      placed(TestMessage.diff(`${output}: ${said}`, expected, actual), item, result),
    );
    run.failed(item, messages, milliseconds);
  }
}

function placed(message: TestMessage, { uri }: TestItem, result: GoldenResult): TestMessage {
  if (uri !== undefined && isWritten(result)) message.location = new Location(uri, placeOf(result));
  return message;
}

/** In a golden file; else it is a test data set. */
function isWritten({ file }: GoldenCase): boolean {
  return file.endsWith('.yaml');
}

function placeOf({ line, column }: GoldenCase): Position {
  return new Position(line - 1, column - 1);
}
