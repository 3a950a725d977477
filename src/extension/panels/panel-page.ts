// The page of one panel about the engine's runs, with its host.
import { isDeepStrictEqual } from 'node:util';
import { Uri, type WebviewPanel } from 'vscode';
import type { PanelEngine } from '../../protocol/panel';
import type { EngineSessions } from '../session/engine-sessions';
import { drawPage } from './page/drawn-page';
import { engineOf } from './panel-engine';
import { PanelHost, type PanelHostOptions } from './panel-host';

/** What a page is made of, besides what its host may do. `extension` is where Slipway is installed. */
export interface PanelPageOptions extends Pick<PanelHostOptions, 'mayAsk' | 'commands' | 'answered' | 'unheard'> {
  extension: Uri;
  sessions: EngineSessions;
  /** The workspace folder's URI as text. */
  folder: string;
  /** Of the page's bundle, and of the icon on its tab. */
  name: 'run' | 'table' | 'compare' | 'dataset' | 'registry';
  /** What reaches the page with its text. */
  boot: (engine: PanelEngine) => unknown;
  /** The page hears events from now on, until it is hidden. */
  listening?: () => void;
}

/** Fills the panel and returns its host, which goes with it. */
export function openPage(panel: WebviewPanel, options: PanelPageOptions): PanelHost {
  const { extension, sessions, folder, name, boot, listening, ...allowed } = options;
  const engine = (): PanelEngine => engineOf(sessions.find(folder));
  let drawnWith = engine();
  const host = new PanelHost({
    ...allowed,
    webview: panel.webview,
    client: () => sessions.get(folder).requireClient(),
    listening: () => {
      if (!isDeepStrictEqual(engine(), drawnWith)) host.tell({ type: 'engine', ...engine() });
      listening?.();
    },
  });
  panel.onDidDispose(() => host.dispose());
  const icon = (theme: string): Uri => Uri.joinPath(extension, 'media', `${name}-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  drawPage(panel, {
    extension,
    name,
    host,
    boot: () => {
      drawnWith = engine();
      return boot(drawnWith);
    },
  });
  return host;
}
