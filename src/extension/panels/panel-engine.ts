// How a panel is told of the engine behind it.
import { l10n, type WebviewPanel } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import type { EngineEvent } from '../../protocol/event';
import type { AwayReason, PanelEngine, PanelEvent } from '../../protocol/panel';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import type { PanelHost } from './panel-host';

/** What is said of a folder's engine; undefined for a folder that is not open. */
export function engineOf(session: EngineSession | undefined): PanelEngine {
  if (session === undefined) return away('closed', l10n.t('Open the folder of this run to see it.'));
  const { state } = session;
  switch (state.kind) {
    case 'running':
      return { state: 'running', message: null };
    case 'starting':
    case 'lost':
      return { state: 'starting', message: null };
    case 'down':
    case 'readOnly':
      return away('down', state.message);
    case 'untrusted':
      return away('restricted', l10n.t('No engine is started for a folder in Restricted Mode.'));
    case 'uninitialized':
      return away('uninitialized', l10n.t('Initialize it to start its engine.'));
    case 'virtual':
      return away('virtual', l10n.t('Slipway needs a folder on disk.'));
  }
}

function away(reason: AwayReason, message: string): PanelEngine {
  return { state: 'away', reason, message };
}

/** A panel that is open. `folder` is a URI as text. */
export interface HearingPanel {
  panel: WebviewPanel;
  host: PanelHost;
  folder: string;
}

/** `of`: the panels that are open now. `heard`: what one in sight is told of an event of its folder's engine, if anything. */
interface PanelHearing<Open extends HearingPanel> {
  of: () => Iterable<Open>;
  heard: (open: Open, event: EngineEvent) => PanelEvent | undefined;
}

/** Tells open panels, until disposed of, how the engine of their folder is, and those in sight what has changed. */
export function informPanels<Open extends HearingPanel>(
  sessions: EngineSessions,
  { of, heard }: PanelHearing<Open>,
): Disposable {
  const store = new DisposableStore();
  const inFolder = ({ folder }: EngineSession): Open[] =>
    [...of()].filter((open) => open.folder === folder.uri.toString());
  const tellEngine = ({ host, folder }: Open): void =>
    host.tell({ type: 'engine', ...engineOf(sessions.find(folder)) });
  store.add(sessions.onStateChanged((session) => inFolder(session).forEach(tellEngine)));
  store.add(sessions.onListChanged(() => [...of()].forEach(tellEngine)));
  store.add(
    sessions.onEvent(({ session, event }) => {
      for (const open of inFolder(session)) {
        const told = open.panel.visible ? heard(open, event) : undefined;
        if (told !== undefined) open.host.tell(told);
      }
    }),
  );
  return store;
}
