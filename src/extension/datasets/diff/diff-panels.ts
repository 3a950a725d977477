// The open panels of two tables; they come back after a reload and are never kept alive while hidden.
import { Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { KeptDataProcess } from '../../../client/data/data-process';
import { type DiffSides, diffSide } from '../../../protocol/datasets/table/diff-panel';
import { restorePanels } from '../../panels/open-panels';
import { bareHost } from '../../panels/page/bare-page';
import { drawPage } from '../../panels/page/drawn-page';
import type { EngineSessions } from '../../session/engine-sessions';
import { watchTable } from '../grid/table-watch';
import { DiffTables } from './diff-tables';

const viewType = 'slipway.diff';
const savedState = z.object({ before: diffSide, after: diffSide });

/** `extension` is where Slipway is installed, `bundle` the folder of its scripts. */
export interface DiffPanelsOptions {
  extension: Uri;
  bundle: string;
  sessions: EngineSessions;
}

/** Opens and restores them. */
export class DiffPanels implements Disposable {
  readonly #options: DiffPanelsOptions;
  readonly #store = new DisposableStore();
  readonly #data: KeptDataProcess;
  readonly #open = new Map<string, WebviewPanel>();

  constructor(options: DiffPanelsOptions) {
    this.#options = options;
    this.#data = this.#store.add(
      new KeptDataProcess(() => ({
        setting: workspace.getConfiguration('slipway').get<string>('node.path', ''),
        bundle: options.bundle,
      })),
    );
    this.#store.add(restorePanels(viewType, savedState, (panel, saved) => this.#attach(panel, saved)));
  }

  /** Shows what differs, in the panel that is open for these two or in a new one. */
  show(sides: DiffSides): void {
    const known = this.#open.get(JSON.stringify(sides));
    if (known !== undefined) known.reveal();
    else this.#attach(window.createWebviewPanel(viewType, titleOf(sides), ViewColumn.Active), sides);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #attach(panel: WebviewPanel, sides: DiffSides): void {
    const { extension, sessions } = this.#options;
    const key = JSON.stringify(sides);
    const tables = new DiffTables(sides, { sessions, data: this.#data });
    const icon = (theme: string): Uri => Uri.joinPath(extension, 'media', `compare-${theme}.svg`);
    panel.title = titleOf(sides);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const host = bareHost(panel.webview, {
      ask: (name, input, signal) => tables.ask(name, input, signal),
    });
    drawPage(panel, { extension, name: 'diff', host, boot: () => sides });
    const watches = [sides.before, sides.after].flatMap((side) =>
      side.is === 'file' ? [watchTable(side.path, () => host.tell({ type: 'changed' }))] : [],
    );
    this.#open.set(key, panel);
    panel.onDidDispose(() => {
      this.#open.delete(key);
      host.dispose();
      for (const watch of watches) watch.dispose();
    });
  }
}

function titleOf({ before, after }: DiffSides): string {
  return `${before.name} ↔ ${after.name}`;
}
