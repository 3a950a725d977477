// What the workspace knows of a model by its bytes: the run that made it, and the data that this run had read.

import { basename } from 'node:path';
import { l10n, Uri } from 'vscode';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { EngineClient } from '../../../client/engine-client';
import { versionName } from '../../../protocol/datasets/panel/version-name';
import type { TableFacts } from '../../../protocol/datasets/table/column-facts';
import { formatOfName, type TableSource } from '../../../protocol/datasets/table-source';
import type { OriginData, OriginFile } from '../../../protocol/inference/form/model-origin';
import type { ModelTraining, TrainingData, TryAsks } from '../../../protocol/inference/form/try-panel';
import type { EngineSession } from '../../session/engine-session';
import { isComing } from '../../session/engine-state';
import { stampOf } from '../model-memory';
import { rolesOf, type TableOptions } from '../table/table-plan';

type Found = TryAsks['training']['answer'];

/** Where the training of the model at `path` was found; `folder` is a URI. */
export interface KnownTraining extends ModelTraining {
  folder: string;
}

/** Asks the engines of the window about one model. */
export class TrainingLookup {
  readonly #options: TableOptions;
  readonly #facts = new Map<string, TableFacts>();
  /** What was found last. */
  known: KnownTraining | undefined;

  constructor(options: TableOptions) {
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
    const { run, data, files, signature } = await client.api.inference.origin.query(
      { path: this.#options.path },
      { signal },
    );
    if (run === null) return { training: null, signature };
    const [best] = data;
    const [file] = files;
    const found =
      best !== undefined
        ? await this.#data(client, best, signal)
        : file !== undefined
          ? await this.#fileData(file, signal)
          : null;
    const training = { run, data: found };
    this.known = { ...training, folder: session.folder.uri.toString() };
    return { training, signature };
  }

  async #data({ api }: EngineClient, found: OriginData, signal: AbortSignal): Promise<TrainingData> {
    const { dataset, version: id } = found;
    const unread = { ...found, versionName: id.slice(0, 7), apart: [], facts: null, file: null };
    try {
      const { source, version, definition } = await api.datasets.table.query({ dataset, version: id }, { signal });
      const { label, key = [] } = definition;
      const apart = [...(label === undefined ? [] : [label]), ...(typeof key === 'string' ? [key] : key)];
      const facts = await this.#factsOf(id, source, signal);
      return { ...found, versionName: versionName(version), apart, facts, problem: '', file: null };
    } catch (error) {
      if (signal.aborted) throw error;
      return { ...unread, problem: l10n.t('Its rows cannot be read: {0}', messageOf(error)) };
    }
  }

  /** What is true and what names a row are told by names alone. */
  async #fileData({ path, use, isChanged }: OriginFile, signal: AbortSignal): Promise<TrainingData> {
    const name = basename(path);
    const told = { dataset: name, version: '', versionName: '', use, by: 'path' as const, file: { path, isChanged } };
    try {
      const format = formatOfName(path);
      if (format === undefined) throw new SlipwayError('invalid', l10n.t('{0} is no table.', name));
      const source: TableSource = { files: [path], format };
      const { roles, model } = await rolesOf(this.#options, { name, source }, signal);
      const inputs = new Set([...model.inputs, ...model.features]);
      const apart = [roles.id, roles.label, ...roles.slices].flatMap((each) =>
        each === null || inputs.has(each) ? [] : [each],
      );
      const facts = await this.#factsOf(`${path} ${stampOf(path)}`, source, signal);
      return { ...told, apart, facts, problem: '' };
    } catch (error) {
      if (signal.aborted) throw error;
      return { ...told, apart: [], facts: null, problem: l10n.t('Its rows cannot be read: {0}', messageOf(error)) };
    }
  }

  /** A version never changes, and a file that was written has another key. */
  async #factsOf(id: string, source: TableSource, signal: AbortSignal): Promise<TableFacts> {
    const known = this.#facts.get(id);
    if (known !== undefined) return known;
    const facts = await this.#options.data.ask('columnFacts', { source }, { signal });
    this.#facts.set(id, facts);
    return facts;
  }
}
