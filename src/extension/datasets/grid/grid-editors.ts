// Files of tables, shown as a grid: Parquet from the start, texts when somebody asks for it.
import { basename, dirname } from 'node:path';
import {
  type CancellationToken,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  l10n,
  RelativePattern,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { KeptDataProcess } from '../../../client/data/data-process';
import type { GridPanelBoot } from '../../../protocol/datasets/table/grid-panel';
import { formatOfName } from '../../../protocol/datasets/table-source';
import { panelHtml, panelRoot } from '../../panels/panel-html';
import { GridHost, type GridProcesses } from './grid-host';

const viewTypes = ['slipway.grid', 'slipway.textGrid'];
/** A file that is being written changes many times. */
const restMilliseconds = 500;

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
    panel.webview.options = { enableScripts: true, localResourceRoots: [panelRoot(extension)] };
    if (uri.scheme !== 'file' || format === undefined) {
      const said = l10n.t('Slipway shows tables of files on disk: CSV, TSV, JSON lines and Parquet.');
      panel.webview.html = `<p>${said}</p>`;
      return;
    }
    const path = uri.fsPath;
    const host = new GridHost({
      webview: panel.webview,
      source: { files: [path], format },
      processes: this.#processes,
      openAsText: () => void commands.executeCommand('vscode.openWith', uri, 'default'),
    });
    const boot: GridPanelBoot = { name: basename(path) };
    panel.webview.html = panelHtml(panel.webview, { extension, name: 'grid', boot });
    const watching = this.#watch(path, () => host.changed());
    panel.onDidDispose(() => {
      host.dispose();
      watching.dispose();
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #watch(path: string, changed: () => void): Disposable {
    const pattern = new RelativePattern(Uri.file(dirname(path)), escaped(basename(path)));
    const watcher = workspace.createFileSystemWatcher(pattern);
    let rest: NodeJS.Timeout | undefined;
    const soon = (): void => {
      clearTimeout(rest);
      rest = setTimeout(changed, restMilliseconds);
    };
    watcher.onDidChange(soon);
    watcher.onDidCreate(soon);
    return {
      dispose: () => {
        clearTimeout(rest);
        watcher.dispose();
      },
    };
  }
}

/** What a name holds stands for itself. */
function escaped(name: string): string {
  return name.replaceAll(/[*?[\]{}]/g, '?');
}
