// Files of tables, shown as a grid: Parquet from the start, texts when somebody asks for it.
import { basename } from 'node:path';
import {
  type CancellationToken,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  l10n,
  type Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { KeptDataProcess } from '../../../client/data/data-process';
import type { GridAsk, GridPanelBoot } from '../../../protocol/datasets/table/grid-panel';
import { formatOfName, type TableFiles } from '../../../protocol/datasets/table-source';
import type { JobProgress } from '../../../protocol/jobs/job';
import { bareHost } from '../../panels/page/bare-page';
import { drawPage } from '../../panels/page/drawn-page';
import { watchTable } from './table-watch';

const viewTypes = ['slipway.grid', 'slipway.textGrid'];

/** Pages come from one process, and what takes long from another, so that nobody who scrolls waits for a count. */
interface GridProcesses {
  pages: KeptDataProcess;
  work: KeptDataProcess;
}

const lanes: Readonly<Record<Exclude<GridAsk, 'gridProgress'>, keyof GridProcesses>> = {
  gridPage: 'pages',
  gridCell: 'pages',
  gridCount: 'work',
  gridHeads: 'work',
};
/** `extension` is where Slipway is installed, `bundle` the folder of its scripts. */
export interface GridEditorsOptions {
  extension: Uri;
  bundle: string;
}

/** Registers both editors. */
export class GridEditors implements Disposable, CustomReadonlyEditorProvider {
  readonly #options: GridEditorsOptions;
  readonly #store = new DisposableStore();
  readonly #processes: GridProcesses;

  constructor(options: GridEditorsOptions) {
    this.#options = options;
    const process = (): KeptDataProcess =>
      this.#store.add(
        new KeptDataProcess(() => ({
          setting: workspace.getConfiguration('slipway').get<string>('node.path', ''),
          bundle: options.bundle,
        })),
      );
    this.#processes = { pages: process(), work: process() };
    for (const viewType of viewTypes) {
      this.#store.add(
        window.registerCustomEditorProvider(viewType, this, { supportsMultipleEditorsPerDocument: true }),
      );
    }
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel, _: CancellationToken): void {
    const { extension } = this.#options;
    const format = formatOfName(uri.path);
    if (uri.scheme !== 'file' || format === undefined) {
      const said = l10n.t('Slipway shows tables of files on disk: CSV, TSV, JSON lines and Parquet.');
      panel.webview.html = `<p>${said}</p>`;
      return;
    }
    const path = uri.fsPath;
    const source: TableFiles = { files: [path], format };
    let progress: JobProgress | null = null;
    const onProgress = (told: JobProgress | null): void => {
      progress = told;
    };
    const host = bareHost(panel.webview, {
      ask: (question, input, signal) =>
        question === 'gridProgress'
          ? Promise.resolve(progress)
          : this.#ask(question, { ...(input as object), source }, { signal, onProgress }),
      acts: { 'grid.openText': () => void commands.executeCommand('vscode.openWith', uri, 'default') },
    });
    const boot: GridPanelBoot = { name: basename(path) };
    drawPage(panel, { extension, name: 'grid', host, boot: () => boot });
    const watching = watchTable(path, () => host.tell({ type: 'changed' }));
    panel.onDidDispose(() => {
      host.dispose();
      watching.dispose();
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** `onProgress` hears null when it is over. */
  #ask(
    question: string,
    input: object,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: JobProgress | null) => void },
  ): Promise<unknown> | undefined {
    if (!Object.hasOwn(lanes, question)) return undefined;
    const asked = question as keyof typeof lanes;
    // The page is ours and its input typed.
    const answer = this.#processes[lanes[asked]].ask(asked, input as never, { signal, onProgress });
    return answer.finally(() => asked === 'gridPage' && onProgress(null));
  }
}
