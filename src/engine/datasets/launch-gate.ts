// Before a training: the datasets that its inputs are of are read again, and their contracts checked.
import { messageOf, SlipwayError } from '../../base/errors';
import { keepOverride } from '../../lifecycle/datasets/store/override-store';
import type { RefreshResult } from '../../protocol/datasets/dataset-api';
import type { FailingData, LaunchJudgement, LaunchQuery } from '../../protocol/datasets/launch';
import { DatasetPlaces } from '../lineage/dataset-places';
import type { Services } from '../services';
import { contractStanding } from './batch-judge';
import { checkedVersion } from './check-api';

/** Judges a launch. What cannot be read or checked stops it as a failing check does. */
export async function judgeLaunch(
  services: Services,
  { runId, inputs, reason }: LaunchQuery,
): Promise<LaunchJudgement> {
  const failing: FailingData[] = [];
  for (const dataset of gatedDatasets(services, inputs)) {
    const found = await standing(services, dataset);
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
      return inputs.some((input) => places.at(input) !== undefined);
    })
    .map(({ name }) => name);
}

async function standing(services: Services, dataset: string): Promise<FailingData> {
  let version: string | null = null;
  try {
    const terms = { signal: new AbortController().signal, onProgress: () => undefined };
    const result = (await services.jobs.run({ job: 'dataset-refresh', dataset }, terms)) as RefreshResult;
    version = result.version.id;
    await checkedVersion(services, { dataset, version, contract: null, table: null, now: null });
    const found = contractStanding({ datasets: services.datasets, root: services.layout.root }, { dataset, version });
    return { dataset, version, failures: found?.failures ?? [] };
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return { dataset, version, failures: [messageOf(error)] };
  }
}
