// A fetch by schedule that goes wrong while nobody looks is told once; that it goes wrong again stands in the view.
import { commands, type LogOutputChannel, l10n, type Memento, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { DatasetSummary } from '../../protocol/datasets/dataset';
import type { EngineEvent } from '../../protocol/event';
import { timeText } from '../../protocol/wording';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';

const key = 'slipway.toldSchedules';
const [mostKept, mostAsked] = [100, 50];

/** What it stands on; `memory` keeps what was told over reloads. */
interface ScheduleNoticesOptions {
  sessions: EngineSessions;
  log: LogOutputChannel;
  memory: Memento;
}

/** Tells until disposed of. */
export class ScheduleNotices implements Disposable {
  readonly #options: ScheduleNoticesOptions;
  readonly #store = new DisposableStore();

  constructor(options: ScheduleNoticesOptions) {
    this.#options = options;
    this.#store.add(options.sessions.onEvent(({ session, event }) => void this.#heard(session, event)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #heard(session: EngineSession, event: EngineEvent): Promise<void> {
    if (event.type !== 'datasets' && event.type !== 'hello') return;
    try {
      const { list, get } = session.requireClient().api.datasets;
      if (event.type === 'hello') {
        for (const dataset of (await list.query({ limit: 500 })).items) this.#tell(session, dataset);
        return;
      }
      for (const dataset of event.names.slice(0, mostAsked)) this.#tell(session, await get.query({ dataset }));
    } catch (error) {
      // A dataset that was just removed, an engine that ends: the next event comes.
      this.#options.log.debug(messageOf(error));
    }
  }

  #tell(session: EngineSession, { name, schedule }: DatasetSummary): void {
    const last = schedule?.last;
    if (schedule?.state !== 'on' || last == null || last.since === null || schedule.isRunning) return;
    const streak = JSON.stringify([session.folder.uri.toString(), name, last.since]);
    const told = this.#options.memory.get<string[]>(key, []);
    if (told.includes(streak)) return;
    void this.#options.memory.update(key, [...told, streak].slice(-mostKept));
    const next = schedule.next === null ? '' : timeText(schedule.next, Date.now());
    const sentence =
      last.outcome === 'refused'
        ? l10n.t('{0} was fetched by schedule and not taken. {1}', name, last.message)
        : l10n.t('{0} could not be fetched by schedule. {1} It is tried again {2}.', name, last.message, next);
    const show = l10n.t('Show Datasets');
    void window.showWarningMessage(sentence, show).then((chosen) => {
      if (chosen === show) void commands.executeCommand('slipway.datasets.focus');
    });
  }
}
