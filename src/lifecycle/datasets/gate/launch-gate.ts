// Before a training: the data that its inputs are must keep their contracts, or somebody says why they need not.
import { messageOf, SlipwayError } from '../../../base/errors';
import type { TakeBackSignal } from '../../../protocol/conversation/take-back';
import type { CheckReport } from '../../../protocol/datasets/contract/check';
import type { VersionReference } from '../../../protocol/datasets/dataset';
import type { FailingData, LaunchJudgement, LaunchQuery } from '../../../protocol/datasets/launch';
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
  async judge({ runId, inputs, reason }: LaunchQuery, signal?: TakeBackSignal): Promise<LaunchJudgement> {
    const { context } = this.#parts.datasets;
    const failing = await this.#failing(inputs, signal);
    if (failing.length === 0 || reason === null) return { mayBegin: failing.length === 0, failing };
    const { actor, now } = context;
    await this.#parts.write(() => {
      for (const { dataset, version, failures } of failing) {
        const override = { time: now(), actor, dataset, version: version ?? '', runId, reason, failed: failures };
        keepOverride(context.database, override);
      }
    });
    return { mayBegin: true, failing };
  }

  async #failing(inputs: readonly string[], signal: TakeBackSignal | undefined): Promise<FailingData[]> {
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
