// Models of the ONNX format in the editor: what their files say, read by a process of its own, nothing run.
import { basename } from 'node:path';
import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  l10n,
  type Memento,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { KeptDataProcess } from '../../client/data/data-process';
import { ownModelProcesses } from '../../client/model/model-processes';
import type { BenchmarkAsk } from '../../protocol/inference/benchmark/benchmark-panel';
import type { ExplainAsk } from '../../protocol/inference/explain/explain-panel';
import type { TryAsk } from '../../protocol/inference/form/try-panel';
import type { GoldenAsk } from '../../protocol/inference/golden/golden-panel';
import type { ModelAsk, ModelPanelBoot, ModelStateAsks } from '../../protocol/inference/model-panel';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { TableAsk } from '../../protocol/inference/table/table-panel';
import { watchTable } from '../datasets/grid/table-watch';
import type { DatasetPanels } from '../datasets/panel/dataset-panels';
import type { Notices } from '../notices';
import { bareHost } from '../panels/page/bare-page';
import { drawPage } from '../panels/page/drawn-page';
import type { PageHost } from '../panels/page/page-host';
import type { RunPanels } from '../panels/run-panels';
import type { EngineSessions } from '../session/engine-sessions';
import { ModelExplain } from './explain/model-explain';
import { GoldenTests } from './golden/golden-tests';
import { ModelGolden } from './golden/model-golden';
import { KeptWorks } from './kept-works';
import { ModelMemory } from './model-memory';
import { ModelWorks } from './model-works';
import { QuantizeModels } from './quantize/quantize-models';
import { type KeptQuantization, QuantizedPage } from './quantize/quantized-pages';
import type { KeptTrials } from './try/kept-trials';
import { ModelTry } from './try/model-try';
import { tryModel } from './try/pick-model';
import type { TrainingLookup } from './try/training-lookup';

const asks: readonly ModelAsk[] = ['outline', 'nodePage', 'node', 'drawing'];

/** What the user chooses, or is kept, goes on when the page is left. */
const lasting: ReadonlySet<string> = new Set([
  ...(['keepState'] satisfies (keyof ModelStateAsks)[]),
  ...(['keepPicture', 'chooseModel', 'chooseTable'] satisfies TryAsk[]),
  ...(['chooseBackground'] satisfies ExplainAsk[]),
  ...(['keepGolden', 'showGolden'] satisfies GoldenAsk[]),
  ...(['planTable', 'assignColumns', 'chooseOutput', 'predictTable', 'stopTable'] satisfies TableAsk[]),
  ...(['startBenchmark', 'stopBenchmark'] satisfies BenchmarkAsk[]),
]);

/** `extension` is where Slipway is installed, `bundle` the folder of its scripts. */
export interface ModelEditorsOptions {
  extension: Uri;
  bundle: string;
  sessions: EngineSessions;
  notices: Notices;
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
  /** Started when a row of a table is asked for. */
  readonly #data: KeptDataProcess;
  readonly #works: KeptWorks;
  readonly #quantized: ModelMemory<KeptQuantization>;

  constructor(options: ModelEditorsOptions) {
    this.#options = options;
    const choice = () => ({
      setting: workspace.getConfiguration('slipway').get<string>('node.path', ''),
      bundle: options.bundle,
    });
    this.#processes = this.#store.add(ownModelProcesses(choice));
    this.#data = this.#store.add(new KeptDataProcess(choice));
    const { memory, sessions, trials } = options;
    const own = { processes: this.#processes, data: this.#data, sessions, trials };
    this.#works = this.#store.add(new KeptWorks((path) => new ModelWorks({ ...own, path, node: choice, memory })));
    this.#quantized = new ModelMemory(memory, 'quantization');
    this.#store.add(new QuantizeModels({ ...options, ...own, node: choice, memory: this.#quantized }));
    this.#store.add(new GoldenTests(this.#processes));
    this.#store.add(
      window.registerCustomEditorProvider('slipway.model', this, { supportsMultipleEditorsPerDocument: true }),
    );
    const acts = {
      'slipway.tryModel': (file?: Uri) => tryModel(file),
    };
    for (const [id, act] of Object.entries(options.notices.attemptEach(acts)))
      this.#store.add(commands.registerCommand(id, act));
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const { extension } = this.#options;
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
    const works = this.#works.entered(path);
    const quantized = new QuantizedPage(path, { memory: this.#quantized, runs: this.#options.runs });
    const host = bareHost(panel.webview, {
      lasting,
      ask: (question, input, signal) =>
        trying.ask(question, input, signal) ??
        explaining.ask(question, input, signal) ??
        golden.ask(question, input, signal) ??
        works.ask(question, input, signal) ??
        quantized.ask(question) ??
        this.#keepState(path, question, input) ??
        this.#ask(question, { ...(input as object), path }, signal),
      acts: {
        'model.openWith': () => void commands.executeCommand('workbench.action.reopenWithEditor'),
        'training.run': () => this.#openRun(trying.training),
        'training.data': () => this.#openData(trying.training),
        'trust.manage': () => void commands.executeCommand('workbench.trust.manage'),
      },
    });
    drawPage(panel, { extension, name: 'model', host, boot: () => bootOf(path, trials) });
    const following = this.#follow(path, host);
    panel.onDidDispose(() => {
      for (const each of [host, ...following]) each.dispose();
      this.#works.left(path);
      trials.keepState(path, null);
    });
  }

  /** The page hears of its file, of trust, and of an engine that answers. */
  #follow(path: string, host: PageHost): Disposable[] {
    return [
      watchTable(path, () => host.tell({ type: 'changed' })),
      workspace.onDidGrantWorkspaceTrust(() => host.tell({ type: 'changed' })),
      this.#options.sessions.onStateChanged(({ state }) => {
        // What needs an engine is asked anew.
        if (state.kind === 'running') host.tell({ type: 'engine', state: 'running', message: null });
      }),
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
    const { dataset, version, file } = known.data;
    if (file !== null) {
      void commands.executeCommand('slipway.openAsTable', Uri.file(file.path));
      return;
    }
    this.#options.datasets.show({ folder: known.folder, dataset, version, tab: 'profile' });
  }

  #keepState(path: string, question: string, input: unknown): Promise<null> | undefined {
    if (question !== ('keepState' satisfies keyof ModelStateAsks)) return undefined;
    this.#options.trials.keepState(path, (input as ModelStateAsks['keepState']['input']).state);
    return Promise.resolve(null);
  }

  #ask(question: string, input: object, signal: AbortSignal): Promise<unknown> | undefined {
    const asked = asks.find((each) => each === question);
    // The page is ours and its input typed.
    return asked === undefined ? undefined : this.#processes.ask(asked, input as never, { signal });
  }
}

function bootOf(path: string, trials: KeptTrials): ModelPanelBoot {
  const { other, part, state } = trials.of(path);
  // Wanted once: whoever opens the model another day wants to try it.
  if (part !== undefined) trials.keep(path, { part: undefined });
  return {
    name: basename(path),
    path: workspace.asRelativePath(path, false),
    against: other === undefined ? null : basename(other),
    part: part ?? null,
    kept: state ?? null,
  };
}
