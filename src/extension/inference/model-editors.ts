// Models of the ONNX format in the editor: what their files say, read by a process of its own, nothing run.
import { basename } from 'node:path';
import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  l10n,
  type Memento,
  type Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { KeptDataProcess } from '../../client/data/data-process';
import { ownModelProcesses } from '../../client/model/model-processes';
import type { NodeChoiceOptions } from '../../client/node-choice';
import type { ModelAsk, ModelPanelBoot } from '../../protocol/inference/model-panel';
import type { ModelPool } from '../../protocol/inference/model-pool';
import { TableHost } from '../datasets/grid/table-host';
import { watchTable } from '../datasets/grid/table-watch';
import type { DatasetPanels } from '../datasets/panel/dataset-panels';
import { panelHtml, panelRoot } from '../panels/panel-html';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSessions } from '../session/engine-sessions';
import { ModelExplain } from './explain/model-explain';
import { GoldenTests } from './golden/golden-tests';
import { ModelGolden } from './golden/model-golden';
import { ModelWorks } from './model-works';
import { QuantizeModels } from './quantize/quantize-models';
import type { KeptTrials } from './try/kept-trials';
import { ModelTry } from './try/model-try';
import { tryModel } from './try/pick-model';
import type { TrainingLookup } from './try/training-lookup';

const asks: readonly ModelAsk[] = ['outline', 'nodePage', 'node', 'drawing'];

/** `extension` is where Slipway is installed, `bundle` the folder of its scripts. */
export interface ModelEditorsOptions {
  extension: Uri;
  bundle: string;
  sessions: EngineSessions;
  /** What is kept of this workspace over reloads. */
  memory: Memento;
  /** Where the run that made a model, and its data, are shown. */
  runs: RunPanels;
  datasets: DatasetPanels;
  trials: KeptTrials;
}

/** Registers the editor. */
export class ModelEditors implements Disposable, CustomReadonlyEditorProvider {
  readonly #options: ModelEditorsOptions;
  readonly #store = new DisposableStore();
  readonly #processes: ModelPool;
  readonly #node: () => NodeChoiceOptions;
  /** Started when a row of a table is asked for. */
  readonly #data: KeptDataProcess;

  constructor(options: ModelEditorsOptions) {
    this.#options = options;
    const choice = () => ({
      setting: workspace.getConfiguration('slipway').get<string>('node.path', ''),
      bundle: options.bundle,
    });
    this.#node = choice;
    this.#processes = this.#store.add(ownModelProcesses(choice));
    this.#data = this.#store.add(new KeptDataProcess(choice));
    this.#store.add(new QuantizeModels({ ...options, processes: this.#processes, data: this.#data, node: choice }));
    this.#store.add(new GoldenTests(this.#processes));
    this.#store.add(
      window.registerCustomEditorProvider('slipway.model', this, { supportsMultipleEditorsPerDocument: true }),
    );
    const acts = {
      'slipway.tryModel': (file?: Uri) => tryModel(file),
    };
    for (const [id, act] of Object.entries(acts)) this.#store.add(commands.registerCommand(id, act));
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const { extension } = this.#options;
    panel.webview.options = { enableScripts: true, localResourceRoots: [panelRoot(extension)] };
    if (uri.scheme !== 'file') {
      panel.webview.html = `<p>${l10n.t('Slipway shows models of files on disk.')}</p>`;
      return;
    }
    const path = uri.fsPath;
    const { sessions, trials } = this.#options;
    const tried = { path, processes: this.#processes, data: this.#data, sessions, trials };
    const trying = new ModelTry(tried);
    const explaining = new ModelExplain(tried);
    const golden = new ModelGolden(path, this.#processes);
    const { memory } = this.#options;
    const works = new ModelWorks({ ...tried, node: this.#node, memory });
    const host = new TableHost({
      webview: panel.webview,
      ask: (question, input, signal) =>
        trying.ask(question, input, signal) ??
        explaining.ask(question, input, signal) ??
        golden.ask(question, input, signal) ??
        works.ask(question, input, signal) ??
        this.#ask(question, { ...(input as object), path }, signal),
      acts: {
        'model.openWith': () => void commands.executeCommand('workbench.action.reopenWithEditor'),
        'training.run': () => this.#openRun(trying.training),
        'training.data': () => this.#openData(trying.training),
        'trust.manage': () => void commands.executeCommand('workbench.trust.manage'),
      },
    });
    const { other } = trials.of(path);
    const against = other === undefined ? null : basename(other);
    const boot: ModelPanelBoot = { name: basename(path), path: workspace.asRelativePath(path, false), against };
    panel.webview.html = panelHtml(panel.webview, { extension, name: 'model', boot });
    const following = this.#follow(path, host);
    panel.onDidDispose(() => {
      for (const each of [host, works, ...following]) each.dispose();
    });
  }

  /** The page hears of its file, of trust, and of an engine that answers. */
  #follow(path: string, host: TableHost): Disposable[] {
    return [
      watchTable(path, () => host.changed()),
      workspace.onDidGrantWorkspaceTrust(() => host.changed()),
      this.#options.sessions.onStateChanged(({ state }) => state.kind === 'running' && host.engineIsThere()),
    ];
  }

  dispose(): void {
    this.#store.dispose();
  }

  #openRun({ known }: TrainingLookup): void {
    if (known === undefined) return;
    const { folder, run } = known;
    this.#options.runs.show({ folder, runId: run.runId, name: run.name });
  }

  #openData({ known }: TrainingLookup): void {
    if (known?.data == null) return;
    const { dataset, version } = known.data;
    this.#options.datasets.show({ folder: known.folder, dataset, version, tab: 'profile' });
  }

  #ask(question: string, input: object, signal: AbortSignal): Promise<unknown> | undefined {
    const asked = asks.find((each) => each === question);
    // The page is ours and its input typed.
    return asked === undefined ? undefined : this.#processes.ask(asked, input as never, { signal });
  }
}
