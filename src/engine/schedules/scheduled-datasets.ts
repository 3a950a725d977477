// Datasets that are fetched by schedule, as the engine does it: by the same job that a user's refresh is.
import { DatasetSchedules } from '../../lifecycle/datasets/schedule/dataset-schedules';
import type { RefreshResult } from '../../protocol/datasets/dataset-api';
import { runChecked } from '../datasets/checked-reading';
import type { Services } from '../services';
import { ScheduleClock } from './schedule-clock';

type Parts = Pick<Services, 'datasets' | 'jobs' | 'writes' | 'opened' | 'events' | 'data' | 'layout'>;

/** The clock of one engine; it does not look before `start`. */
export function scheduledDatasets(services: Parts, onFailure: (error: unknown) => void): ScheduleClock {
  const { datasets, writes, opened, events } = services;
  return new ScheduleClock({
    schedules: new DatasetSchedules(datasets),
    fetch: async ({ name, fingerprint }, signal) => {
      const request = { job: 'dataset-refresh', dataset: name, scheduled: fingerprint } as const;
      return (await runChecked(services, request, { signal, onProgress: () => undefined })) as RefreshResult;
    },
    write: (act) => writes.run(() => opened.database.transaction(act).immediate()),
    changed: (dataset) => events.datasetChanged(dataset),
    onFailure,
    now: Date.now,
  });
}
