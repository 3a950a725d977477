// vscode://slipway.slipway/run/ID?folder=PATH opens a run. A link may come from anywhere, so it can only name: an id, and
// a folder that is open or that the user agrees to open.
import { isAbsolute } from 'node:path';
import { commands, l10n, type Memento, Uri, type UriHandler, window } from 'vscode';
import * as z from 'zod';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import { isWorkspace } from '../../client/workspace';
import type { EngineSession } from '../session/engine-session';
import { type RunLink, readRunLink } from './run-address';
import { openKnownRun } from './run-opening';
import type { LinkTools } from './terminal-links';

/** Milliseconds for which a window that opens for a link still opens its run. */
const waiting = 10 * 60_000;
const key = 'slipway.awaitedRun';
const awaitedRun = z.object({ folder: z.string(), runId: z.string(), time: z.number() });

/** Handles links; `memory` is shared by all windows. */
export class RunUris implements UriHandler, Disposable {
  readonly #tools: LinkTools;
  readonly #memory: Memento;
  readonly #store = new DisposableStore();

  constructor(tools: LinkTools, memory: Memento) {
    this.#tools = tools;
    this.#memory = memory;
    this.#store.add(window.registerUriHandler(this));
    this.#store.add(tools.sessions.onStateChanged((session) => void this.#openAwaited(session)));
  }

  async handleUri(uri: Uri): Promise<void> {
    await this.#tools.notices.attempt('uri.open', async () => {
      const link = readRunLink(uri.path, uri.query);
      if (link === undefined) {
        throw new SlipwayError('invalid', l10n.t('This link names no run. One looks like run/ID?folder=PATH.'));
      }
      await this.#open(link);
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #open({ runId, folder }: RunLink): Promise<void> {
    const session = folder === undefined ? await this.#holderOf(runId) : this.#sessionAt(folder);
    if (session !== undefined) await openKnownRun(this.#tools.panels, session, runId);
    else if (folder !== undefined) await this.#offerFolder(folder, runId);
    else throw new SlipwayError('not-found', l10n.t('No folder of this window has the run {0}.', runId));
  }

  #sessionAt(folder: string): EngineSession | undefined {
    return this.#tools.sessions.all.find((session) => session.folder.uri.fsPath === Uri.file(folder).fsPath);
  }

  async #holderOf(runId: string): Promise<EngineSession | undefined> {
    for (const session of this.#tools.sessions.all) {
      const client = await session.awaitClient().catch(() => undefined);
      const found = await client?.api.runs.get.query({ runId }).catch(() => undefined);
      if (found !== undefined) return session;
    }
    return undefined;
  }

  async #offerFolder(folder: string, runId: string): Promise<void> {
    // Another machine's share is not even looked at: whoever wrote the link would learn who asks.
    const isShare = /^[\\/]{2}/.test(folder);
    if (isShare || !isAbsolute(folder) || !isWorkspace(folder)) {
      throw new SlipwayError('not-found', l10n.t('{0} is not a Slipway workspace of this machine.', folder));
    }
    const open = l10n.t('Open Folder');
    const detail = l10n.t('A link asks for one of its runs. Open it only if you know where the link comes from.');
    const asked = await window.showWarningMessage(l10n.t('Open {0}?', folder), { modal: true, detail }, open);
    if (asked !== open) return;
    await this.#memory.update(key, { folder: Uri.file(folder).fsPath, runId, time: Date.now() });
    await commands.executeCommand('vscode.openFolder', Uri.file(folder), { forceNewWindow: true });
  }

  /** In the window that was opened for a link. */
  async #openAwaited(session: EngineSession): Promise<void> {
    const read = awaitedRun.safeParse(this.#memory.get(key));
    if (!read.success || session.state.kind !== 'running' || read.data.folder !== session.folder.uri.fsPath) return;
    await this.#memory.update(key, undefined);
    if (Date.now() - read.data.time > waiting) return;
    const { runId } = read.data;
    await this.#tools.notices.attempt('uri.open', () => openKnownRun(this.#tools.panels, session, runId));
  }
}
