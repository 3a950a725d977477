// What the workspace knows of a model by its bytes: the run that made it, and the data that this run had read.
import { l10n, Uri } from 'vscode';
import { messageOf } from '../../../base/errors';
import type { KeptDataProcess } from '../../../client/data/data-process';
import type { EngineClient } from '../../../client/engine-client';
import { versionName } from '../../../protocol/datasets/panel/version-name';
import type { TableFacts } from '../../../protocol/datasets/table/column-facts';
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { OriginData } from '../../../protocol/inference/form/model-origin';
import type { ModelTraining, TrainingData, TryAsks } from '../../../protocol/inference/form/try-panel';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
import { isComing } from '../../session/engine-state';

type Found = TryAsks['training']['answer'];

/** Where the training of the model at `path` was found; `folder` is a URI. */
export interface KnownTraining extends ModelTraining {
  folder: string;
}

/** Asks the engines of the window about one model. */
export class TrainingLookup {
  readonly #options: { path: string; data: KeptDataProcess; sessions: EngineSessions };
  readonly #facts = new Map<string, TableFacts>();
  /** What was found last. */
  known: KnownTraining | undefined;

  constructor(options: { path: string; data: KeptDataProcess; sessions: EngineSessions }) {
    this.#options = options;
  }

  /** Of the first folder whose engine knows the model, its own first. */
  async find(signal: AbortSignal): Promise<Found> {
    for (const session of await this.#sessions()) {
      const found = await this.#ask(session, signal);
      if (found.training !== null || found.signature !== null) return found;
    }
    this.known = undefined;
    return { training: null, signature: null };
  }

  async #sessions(): Promise<EngineSession[]> {
    const { path, sessions } = this.#options;
    const own = sessions.holding(Uri.file(path));
    // An engine that is on its way is worth the wait: the form can be used meanwhile.
    if (own !== undefined && isComing(own.state)) await own.awaitClient().catch(() => undefined);
    return [...sessions.running].sort((a, b) => Number(b === own) - Number(a === own));
  }

  async #ask(session: EngineSession, signal: AbortSignal): Promise<Found> {
    const client = session.requireClient();
    const { run, data, signature } = await client.api.inference.origin.query({ path: this.#options.path }, { signal });
    if (run === null) return { training: null, signature };
    const [best] = data;
    const training = { run, data: best === undefined ? null : await this.#data(client, best, signal) };
    this.known = { ...training, folder: session.folder.uri.toString() };
    return { training, signature };
  }

  async #data({ api }: EngineClient, found: OriginData, signal: AbortSignal): Promise<TrainingData> {
    const { dataset, version: id } = found;
    const unread = { ...found, versionName: id.slice(0, 7), apart: [], facts: null };
    try {
      const { source, version, definition } = await api.datasets.table.query({ dataset, version: id }, { signal });
      const { label, key = [] } = definition;
      const apart = [...(label === undefined ? [] : [label]), ...(typeof key === 'string' ? [key] : key)];
      const facts = await this.#factsOf(id, source, signal);
      return { ...found, versionName: versionName(version), apart, facts, problem: '' };
    } catch (error) {
      if (signal.aborted) throw error;
      return { ...unread, problem: l10n.t('Its rows cannot be read: {0}', messageOf(error)) };
    }
  }

  /** A version never changes. */
  async #factsOf(id: string, source: TableSource, signal: AbortSignal): Promise<TableFacts> {
    const known = this.#facts.get(id);
    if (known !== undefined) return known;
    const facts = await this.#options.data.ask('columnFacts', { source }, { signal });
    this.#facts.set(id, facts);
    return facts;
  }
}
