// Before a training: the data that its inputs are must keep their contracts, or somebody says why they need not.
import { messageOf, SlipwayError } from '../../../base/errors';
import type { TakeBackSignal } from '../../../protocol/conversation/take-back';
import type { CheckReport } from '../../../protocol/datasets/contract/check';
import { parseVersionReference, type VersionReference } from '../../../protocol/datasets/dataset';
import type { FailingData, LaunchJudgement, LaunchQuery, NamedVersionInput } from '../../../protocol/datasets/launch';
import type { DatasetsService } from '../service';
import { keepOverride } from '../store/override-store';
import { failuresOf } from './contract-failures';
import type { NamedData, NamedDataQuery } from './named-data';

/** What it works with. Each may throw SlipwayError: what cannot be read or checked stops a launch as a failing check does. */
export interface LaunchParts {
  datasets: DatasetsService;
  /** Answers `namedData`, off the loop. */
  find: (query: NamedDataQuery) => Promise<NamedData>;
  /** Reads a dataset again; the id of the version that it now is. */
  refresh: (dataset: string, signal: TakeBackSignal | undefined) => Promise<string>;
  /** Runs the dataset's own contract on a version. */
  check: (version: VersionReference, signal: TakeBackSignal | undefined) => Promise<CheckReport>;
  /** Runs a write in its turn, as one transaction. */
  write: (act: () => void) => unknown;
}

/** Judges launches. */
export class LaunchGate {
  readonly #parts: LaunchParts;

  constructor(parts: LaunchParts) {
    this.#parts = parts;
  }

  /** Whether the command may begin; with a reason it may, and the reason is kept. */
  async judge({ runId, inputs, named, reason }: LaunchQuery, signal?: TakeBackSignal): Promise<LaunchJudgement> {
    const { context } = this.#parts.datasets;
    const { versions, missing } = await this.#versionsOf(named, signal);
    if (missing.length > 0) return { mayBegin: false, failing: [], missing, versions };
    const failing = await this.#failing(inputs, versions, signal);
    const isClean = failing.length === 0;
    if (isClean || reason === null) return { mayBegin: isClean, failing, missing, versions };
    const { actor, now } = context;
    await this.#parts.write(() => {
      for (const { dataset, version, failures } of failing) {
        const override = { time: now(), actor, dataset, version: version ?? '', runId, reason, failed: failures };
        keepOverride(context.database, override);
      }
    });
    return { mayBegin: true, failing, missing, versions };
  }

  /** What names like DATASET@VERSION mean; a dataset in the folder is read as it is now. */
  async #versionsOf(
    named: readonly string[],
    signal: TakeBackSignal | undefined,
  ): Promise<Pick<LaunchJudgement, 'versions' | 'missing'>> {
    const [versions, missing]: [NamedVersionInput[], string[]] = [[], []];
    for (const as of named) {
      try {
        versions.push(await this.#versionOf(as, signal));
      } catch (error) {
        if (!SlipwayError.is(error) || signal?.aborted) throw error;
        missing.push(error.message);
      }
    }
    return { versions, missing };
  }

  async #versionOf(as: string, signal: TakeBackSignal | undefined): Promise<NamedVersionInput> {
    const { datasets, refresh } = this.#parts;
    const reference = parseVersionReference(as);
    const known = reference === undefined ? undefined : datasets.known.find(reference.dataset);
    if (reference === undefined || known === undefined)
      throw new SlipwayError('not-found', `${as} is no file or folder that is there, and no dataset.`);
    const isLive = reference.version === 'latest' && known.definition.path !== undefined;
    const wanted = isLive ? await refresh(reference.dataset, signal) : reference.version;
    const { id, bytes, files } = datasets.getVersion({ dataset: reference.dataset, version: wanted });
    return { as, dataset: reference.dataset, version: id, bytes, files };
  }

  async #failing(
    inputs: readonly string[],
    versions: readonly NamedVersionInput[],
    signal: TakeBackSignal | undefined,
  ): Promise<FailingData[]> {
    const { datasets, find } = this.#parts;
    const gated = datasets.known.all(false).filter(({ definition }) => definition.contract !== undefined);
    if (gated.length === 0) return [];
    const definitions = gated.map(({ name, definition }) => ({ name, definition }));
    const named = await find({ folder: datasets.context.folder, inputs, datasets: definitions });
    const failing: FailingData[] = [];
    const checked = new Set<string>();
    const look = async (dataset: string, version: string | null): Promise<void> => {
      const found = await this.#standing(dataset, version, signal);
      checked.add(`${dataset}@${found.version}`);
      if (found.failures.length > 0) failing.push(found);
    };
    for (const dataset of named.current) await look(dataset, null);
    const asked = versions.filter(({ dataset }) => definitions.some(({ name }) => name === dataset));
    for (const { dataset, version: id } of asked) if (!checked.has(`${dataset}@${id}`)) await look(dataset, id);
    for (const { dataset, id } of named.versions) if (!checked.has(`${dataset}@${id}`)) await look(dataset, id);
    return failing;
  }

  /** `wanted` null: the dataset as it is now. */
  async #standing(dataset: string, wanted: string | null, signal: TakeBackSignal | undefined): Promise<FailingData> {
    let version = wanted;
    try {
      version ??= await this.#parts.refresh(dataset, signal);
      const report = await this.#parts.check({ dataset, version }, signal);
      return { dataset, version, failures: failuresOf(report) };
    } catch (error) {
      if (!SlipwayError.is(error) || signal?.aborted) throw error;
      return { dataset, version, failures: [messageOf(error)] };
    }
  }
}
