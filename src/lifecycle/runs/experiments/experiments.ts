// What can be done with experiments.

import { resolve } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { withoutEnd } from '../../../base/text-end';
import { namesHost, uriParts } from '../../../base/uri';
import { isInOwnFolder } from '../artifacts/own-folder';
import type { KeyValue } from '../batch';
import type { RunsContext } from '../context';
import { checkExperimentTag, limits } from '../rules/validation';
import { ExperimentStore } from '../store/experiment-store';
import { checkExperimentName, defaultExperimentId, type ExperimentRecord, experimentIdOf } from './experiment';

const proxied = 'mlflow-artifacts:';

/** What moving an experiment does to its runs; inside the same transaction. */
export interface RunsOfExperiment {
  setStageOfRuns(experimentId: string, stage: 'active' | 'deleted', deletedTime: number | null): void;
}

/** Creates, finds, renames, deletes and restores experiments. */
export class Experiments {
  readonly #context: RunsContext;
  readonly #store: ExperimentStore;
  readonly #runs: RunsOfExperiment;
  readonly #root: string;

  constructor(context: RunsContext, runs: RunsOfExperiment) {
    this.#context = context;
    this.#store = new ExperimentStore(context.database);
    this.#runs = runs;
    this.#root = withoutEnd(context.artifactRoot, /\//);
    if (this.#store.byId(defaultExperimentId) === undefined) this.#insert(defaultExperimentId, 'Default', undefined);
  }

  /** Creates an experiment and returns its id. Throws `already-exists` when the name is taken, also by a deleted one. */
  create(input: { name: string; artifactLocation?: string; tags?: readonly KeyValue[] }): string {
    checkExperimentName(input.name);
    for (const tag of input.tags ?? []) checkExperimentTag(tag);
    const location = placeOf(input.artifactLocation ?? '');
    const id = this.#context.database
      .transaction(() => {
        if (this.#store.byName(input.name) !== undefined) {
          throw new SlipwayError('already-exists', `Experiment(name=${input.name}) already exists.`);
        }
        const created = this.#store.nextId();
        this.#insert(created, input.name, location);
        for (const tag of input.tags ?? []) this.#store.setTag(created, tag);
        return created;
      })
      .immediate();
    this.#context.events.experimentsChanged();
    return id;
  }

  /** The id of the experiment with that name, created when there is none. Restores nothing. */
  ensure(name: string): string {
    return this.#store.byName(name)?.experimentId ?? this.create({ name });
  }

  /** The experiment. Throws `invalid` for an id that is no number, `not-found` when there is none. */
  get(id: string): ExperimentRecord {
    const stored = experimentIdOf(id);
    const found = this.#store.byId(stored);
    if (found === undefined) throw notFound(stored);
    return this.placed(found);
  }

  /** The experiment with that name, whatever its stage. */
  findByName(name: string): ExperimentRecord | undefined {
    const found = this.#store.byName(name);
    return found === undefined ? undefined : this.placed(found);
  }

  /** The experiment. Throws `invalid` when it is in the trash. */
  active(id: string): ExperimentRecord {
    const found = this.get(id);
    if (found.lifecycleStage !== 'active') {
      throw new SlipwayError(
        'invalid',
        `The experiment ${found.experimentId} must be in the 'active' state. Current state is deleted.`,
      );
    }
    return found;
  }

  /** The record with its artifact location below this engine's root, unless it was given its own. */
  placed(record: ExperimentRecord): ExperimentRecord {
    if (record.artifactLocation !== `${proxied}/${record.experimentId}`) return record;
    return { ...record, artifactLocation: `${this.#root}/${record.experimentId}` };
  }

  /** Gives an active experiment another name. Throws `already-exists` when it is taken. */
  rename(id: string, name: string): void {
    checkExperimentName(name);
    const found = this.get(id);
    if (found.lifecycleStage !== 'active') {
      throw new SlipwayError('invalid', 'Cannot rename a non-active experiment.', {
        details: { mlflowCode: 'INVALID_STATE' },
      });
    }
    const other = this.#store.byName(name);
    if (other !== undefined && other.experimentId !== found.experimentId) {
      throw new SlipwayError('already-exists', `Experiment(name=${name}) already exists.`);
    }
    this.#store.rename(found.experimentId, name, this.#context.now());
    this.#context.events.experimentsChanged();
  }

  /** Moves an active experiment and its runs to the trash. */
  delete(id: string): void {
    this.#move(id, 'active', 'deleted');
  }

  /** Takes a deleted experiment and its runs back. */
  restore(id: string): void {
    this.#move(id, 'deleted', 'active');
  }

  /** Sets a tag on an active experiment. */
  setTag(id: string, tag: KeyValue): void {
    checkExperimentTag(tag);
    this.#store.setTag(this.active(id).experimentId, tag);
    this.#context.events.experimentsChanged();
  }

  /** Removes a tag of an active experiment. Throws `not-found` when it has no such tag. */
  deleteTag(id: string, key: string): void {
    const { experimentId } = this.active(id);
    if (!this.#store.deleteTag(experimentId, key)) {
      throw new SlipwayError('not-found', `No tag with name: ${key} in experiment with id ${experimentId}`);
    }
    this.#context.events.experimentsChanged();
  }

  #move(id: string, from: 'active' | 'deleted', to: 'active' | 'deleted'): void {
    const found = this.get(id);
    if (found.lifecycleStage !== from) throw notFound(found.experimentId);
    const time = this.#context.now();
    this.#context.database
      .transaction(() => {
        this.#store.setStage(found.experimentId, to, time);
        this.#runs.setStageOfRuns(found.experimentId, to, to === 'deleted' ? time : null);
      })
      .immediate();
    this.#context.events.experimentsChanged();
  }

  #insert(id: string, name: string, location: string | undefined): void {
    const artifactLocation = location ?? `${proxied}/${id}`;
    this.#store.insert({ id, name, artifactLocation, time: this.#context.now() });
  }
}

function notFound(id: string): SlipwayError {
  return new SlipwayError('not-found', `No Experiment with id=${id} exists`);
}

/** The location as kept: a path without a scheme is a place on this machine. Empty means our own root. */
function placeOf(given: string): string | undefined {
  const location = withoutEnd(given, /\//);
  if (location === '') return undefined;
  const place = /^[a-z][a-z0-9+.-]*:/i.test(location) ? location : resolve(location);
  if (place.startsWith('runs:')) {
    throw new SlipwayError('invalid', `Artifact location cannot be a runs:/ URI. Given: '${given}'`);
  }
  const parts = uriParts(place);
  if (namesHost(parts)) {
    const sentence = `'artifact_location' cannot use the '${parts.scheme}' scheme: clients would be sent to the host named in the URI, with the token of this server. Leave it out, or name a folder or a bucket.`;
    throw new SlipwayError('invalid', sentence);
  }
  if (/[#;]/.test(place)) {
    throw new SlipwayError('invalid', `'artifact_location' URL can't include fragments or params.`);
  }
  if (isInOwnFolder(place)) {
    const sentence = `Artifact location ${place} lies among the files of a run or model, and would be erased with it. Choose another.`;
    throw new SlipwayError('invalid', sentence);
  }
  if (place.length > limits.artifactLocation) {
    throw new SlipwayError(
      'invalid',
      `Invalid artifact path length. The length of the artifact path cannot be greater than ${limits.artifactLocation} characters. To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.`,
    );
  }
  return place;
}
