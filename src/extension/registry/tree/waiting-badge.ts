// How many versions wait for the approval of whoever sits here, as a number on the view.

import { type LogOutputChannel, l10n, type TreeView } from 'vscode';
import type { Disposable } from '../../../base/disposable';
import { messageOf } from '../../../base/errors';
import { knownIdentity } from '../../../client/registry/identity';
import { everyPage } from '../../../protocol/every-page';
import { isSamePerson } from '../../../protocol/models/person';
import type { VersionSummary } from '../../../protocol/models/registry/model-version';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
import { Throttle } from '../../throttle';

/** Milliseconds between two looks: each asks about every version that waits. */
const rest = 2000;
/** So many versions are asked about; the number is then said to be the least. */
const mostAsked = 50;

interface WaitingBadgeOptions {
  tree: TreeView<unknown>;
  sessions: EngineSessions;
  log: LogOutputChannel;
}

/** Keeps the badge of a tree view. */
export class WaitingBadge implements Disposable {
  readonly #options: WaitingBadgeOptions;
  readonly #throttle = new Throttle(() => this.#look(), rest);

  constructor(options: WaitingBadgeOptions) {
    this.#options = options;
  }

  /** Counts again, soon. */
  refresh(): void {
    this.#throttle.ask();
  }

  dispose(): void {
    this.#throttle.dispose();
  }

  async #look(): Promise<void> {
    const { tree, sessions, log } = this.#options;
    try {
      const waiting = (await Promise.all(sessions.running.map(waitingFor))).flat();
      const value = waiting.length;
      const tooltip =
        value === 1
          ? l10n.t('{0} waits for your approval', waiting[0] ?? '')
          : l10n.t('{0} versions wait for your approval: {1}', value, waiting.slice(0, 5).join(', '));
      tree.badge = value === 0 ? undefined : { value, tooltip };
    } catch (error) {
      // An engine that ends meanwhile; it is looked again when it answers.
      log.debug(messageOf(error));
    }
  }
}

/** Versions of a folder that whoever git says sits here may approve, as `NAME@VERSION`. */
async function waitingFor(session: EngineSession): Promise<string[]> {
  const identity = await knownIdentity(session.folder.uri.fsPath);
  if (identity === null) return [];
  const { registry } = session.requireClient().api;
  const found: string[] = [];
  for (const { name, version } of await openVersions(session)) {
    const { gated } = await registry.version.query({ name, version, identity });
    if (gated === null || gated.moves.approve.length > 0) continue;
    const hasSaid = gated.approvals.some((each) => isSamePerson(each.person, identity) && each.void === null);
    // A rule that stops it would have to be settled first.
    const isLast = gated.moves.promote.length > 0 && gated.moves.promote.every(({ rule }) => rule === 'approvals');
    if (isLast && !hasSaid) found.push(`${name}@${version}`);
  }
  return found;
}

/** Versions that were judged and lack approvals, the newest of each model first. */
async function openVersions(session: EngineSession): Promise<VersionSummary[]> {
  const { registry } = session.requireClient().api;
  const found: VersionSummary[] = [];
  for await (const { items } of everyPage((page) => registry.list.query({ limit: 500, page }))) {
    for (const { name, waiting } of items) {
      if (waiting === 0 || found.length >= mostAsked) continue;
      const { items: versions } = await registry.get.query({ name, limit: 100 });
      found.push(...versions.filter(isOpen));
    }
  }
  return found.slice(0, mostAsked);
}

function isOpen({ gate, approvals, stage }: VersionSummary): boolean {
  const isWaiting = stage === 'candidate' || stage === 'staging';
  const isJudged = gate !== 'unjudged' && gate !== 'outdated';
  return isWaiting && isJudged && approvals !== null && approvals.given < approvals.need;
}
