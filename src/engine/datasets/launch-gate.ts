// Before a training: the datasets that its inputs are of are read again, and their contracts checked.
import { messageOf, SlipwayError } from '../../base/errors';
import { keepOverride } from '../../lifecycle/datasets/store/override-store';
import type { TakeBackSignal } from '../../protocol/conversation/take-back';
import type { RefreshResult } from '../../protocol/datasets/dataset-api';
import type { FailingData, LaunchJudgement, LaunchQuery } from '../../protocol/datasets/launch';
import { DatasetPlaces } from '../lineage/dataset-places';
import type { Services } from '../services';
import { failuresOf } from './batch-judge';
import { checkedVersion } from './check-api';

/** Judges a launch. What cannot be read or checked stops it as a failing check does. */
export async function judgeLaunch(
  services: Services,
  { runId, inputs, reason }: LaunchQuery,
  taken?: TakeBackSignal,
): Promise<LaunchJudgement> {
  const failing: FailingData[] = [];
  const signal = abortedWith(taken);
  for (const dataset of gatedDatasets(services, inputs)) {
    const found = await standing(services, dataset, signal);
    if (found.failures.length > 0) failing.push(found);
  }
  if (failing.length === 0 || reason === null) return { mayBegin: failing.length === 0, failing };
  const { datasets, writes, opened } = services;
  const { actor, now } = datasets.context;
  await writes.run(() =>
    opened.database
      .transaction(() => {
        for (const { dataset, version, failures } of failing) {
          const override = { time: now(), actor, dataset, version: version ?? '', runId, reason, failed: failures };
          keepOverride(opened.database, override);
        }
      })
      .immediate(),
  );
  return { mayBegin: true, failing };
}

/** Those with a contract that one of the inputs is of, whole or in part. */
function gatedDatasets({ datasets, layout }: Services, inputs: readonly string[]): string[] {
  return datasets.known
    .all(false)
    .filter(({ name, definition }) => {
      if (definition.contract === undefined) return false;
      const places = new DatasetPlaces(layout.root, [{ name, definition }]);
      return inputs.some((input) => places.touched(input) !== undefined);
    })
    .map(({ name }) => name);
}

async function standing(services: Services, dataset: string, signal: AbortSignal): Promise<FailingData> {
  let version: string | null = null;
  try {
    const terms = { signal, onProgress: () => undefined };
    const result = (await services.jobs.run({ job: 'dataset-refresh', dataset }, terms)) as RefreshResult;
    version = result.version.id;
    const query = { dataset, version, contract: null, table: null, now: null };
    return { dataset, version, failures: failuresOf(await checkedVersion(services, query, signal)) };
  } catch (error) {
    if (!SlipwayError.is(error) || signal.aborted) throw error;
    return { dataset, version, failures: [messageOf(error)] };
  }
}

/** A signal of this runtime that ends with the other one. */
function abortedWith(taken: TakeBackSignal | undefined): AbortSignal {
  const ending = new AbortController();
  if (taken?.aborted) ending.abort();
  taken?.addEventListener('abort', () => ending.abort(), { once: true });
  return ending.signal;
}
