// Entry of a job's thread: does one job and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, SlipwayError } from '../../../base/errors';
import { isBundle } from '../../../lifecycle/runs/import/open-source';
import type { ThreadSays } from '../job-thread';
import { backUp } from './backup';
import { exportBundle } from './bundle/export';
import { importBundle } from './bundle/import';
import { checkContents } from './check-contents';
import { refreshDataset } from './datasets/refresh';
import { restoreDataset } from './datasets/restore';
import { trackDataset } from './datasets/track';
import { emptyTrash } from './empty-trash';
import type { JobGiven } from './job-given';
import { JobPort } from './job-port';
import { exportMlflow } from './mlflow/export-mlflow';
import { repairFromSalvage } from './repair';
import { importSource } from './source/import-source';

function work(given: JobGiven, port: JobPort): Promise<unknown> {
  switch (given.request.job) {
    case 'export': {
      const terms = { ...given, ...given.request };
      return terms.to === 'mlflow' ? exportMlflow(terms, port) : exportBundle(terms, port);
    }
    case 'import': {
      const terms = { ...given, ...given.request };
      return isBundle(terms.file) ? importBundle(terms, port) : importSource(terms, port);
    }
    case 'backup':
      return backUp({ ...given, ...given.request }, port);
    case 'gc':
      return emptyTrash({ ...given, ...given.request }, port);
    case 'dataset-register':
      return refreshDataset({ ...given, ...given.request }, port);
    case 'dataset-refresh':
      return refreshDataset({ ...given, ...given.request, definition: null }, port);
    case 'dataset-restore':
      return restoreDataset({ ...given, ...given.request }, port);
    case 'dataset-track':
      return trackDataset({ ...given, ...given.request }, port);
    case 'check-contents':
      return checkContents(given, port);
    case 'repair':
      return repairFromSalvage({ ...given, ...given.request }, port);
  }
}

const given = workerData as JobGiven;
const port = new JobPort();
const say = (said: ThreadSays): void => parentPort?.postMessage(said);

work(given, port)
  .then((result) => say({ result }))
  .catch((error: unknown) =>
    say({ error: { code: SlipwayError.is(error) ? error.code : null, message: messageOf(error) } }),
  );
