// The panels of one kind that are open: they come back after a reload, and hear of the engine of their folder.
import { type WebviewPanel, window } from 'vscode';
import type * as z from 'zod';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { EngineEvent } from '../../protocol/event';
import type { PanelEvent } from '../../protocol/panel';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { engineOf } from './panel-engine';
import type { PanelHost } from './panel-host';

/** A panel that is open. `folder` is a URI as text. */
export interface OpenPanel {
  panel: WebviewPanel;
  host: PanelHost;
  folder: string;
}

/** What panels in sight are told, if anything: of an event of their folder's engine, and of a slipway.yaml that was written. */
interface PanelHearing<Open extends OpenPanel> {
  heard: (open: Open, event: EngineEvent) => PanelEvent | undefined;
  configured?: (open: Open) => PanelEvent;
}

/** Keeps panels from when they are added until they are closed. */
export class OpenPanels<Open extends OpenPanel> implements Disposable, Iterable<Open> {
  readonly #open = new Set<Open>();
  readonly #store = new DisposableStore();

  constructor(sessions: EngineSessions, { heard, configured }: PanelHearing<Open>) {
    const tellEngine = ({ host, folder }: Open): void =>
      host.tell({ type: 'engine', ...engineOf(sessions.find(folder)) });
    this.#store.add(sessions.onStateChanged((session) => this.#inFolder(session).forEach(tellEngine)));
    this.#store.add(sessions.onListChanged(() => [...this.#open].forEach(tellEngine)));
    this.#store.add(sessions.onEvent(({ session, event }) => this.#tell(session, (open) => heard(open, event))));
    if (configured === undefined) return;
    this.#store.add(sessions.onConfigChanged((session) => this.#tell(session, configured)));
  }

  /** The panel in front, if it is one of these. */
  get active(): Open | undefined {
    return this.find(({ panel }) => panel.active);
  }

  add(open: Open): void {
    this.#open.add(open);
    open.panel.onDidDispose(() => this.#open.delete(open));
  }

  find(is: (open: Open) => boolean): Open | undefined {
    return [...this.#open].find(is);
  }

  [Symbol.iterator](): Iterator<Open> {
    return this.#open.values();
  }

  dispose(): void {
    for (const { host } of this.#open) host.dispose();
    this.#store.dispose();
  }

  #inFolder({ folder }: EngineSession): Open[] {
    return [...this.#open].filter((open) => open.folder === folder.uri.toString());
  }

  /** A page that is hidden does not exist, and asks for everything when it is shown. */
  #tell(session: EngineSession, told: (open: Open) => PanelEvent | undefined): void {
    for (const open of this.#inFolder(session)) {
      const event = open.panel.visible ? told(open) : undefined;
      if (event !== undefined) open.host.tell(event);
    }
  }
}

/** Brings panels of that type back after a reload, until disposed of; one whose state says nothing that is known is closed. */
export function restorePanels<State>(
  viewType: string,
  savedState: z.ZodType<State>,
  restore: (panel: WebviewPanel, saved: State) => void,
): Disposable {
  return window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      const saved = savedState.safeParse(state);
      if (saved.success) restore(panel, saved.data);
      else panel.dispose();
    },
  });
}
