// Writes a version's files to a path.
import { dirname, resolve } from 'node:path';
import { SlipwayError } from '../../../../base/errors';
import { restoreVersion } from '../../../../lifecycle/datasets/content/restore-version';
import { cachedPlaces } from '../../../../lifecycle/datasets/dvc/cached-content';
import { DatasetsService } from '../../../../lifecycle/datasets/service';
import { chooseVersion } from '../../../../lifecycle/datasets/version-choice';
import { openForReading } from '../../../../platform/sqlite/database';
import type { RestoreResult } from '../../../../protocol/datasets/dataset-api';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';
import { loadConfig } from '../../../../workspace/config';
import { WorkspaceEvents } from '../../../../workspace/events';
import type { JobGiven } from '../job-given';
import type { JobPort } from '../job-port';

/** `to` is an absolute path. */
export interface RestoreTerms extends Omit<JobGiven, 'request'> {
  dataset: string;
  version: string;
  to: string;
  force: boolean;
}

/** Throws SlipwayError as `restoreVersion` does, `not-found` for a version that is not known. */
export async function restoreDataset(terms: RestoreTerms, port: JobPort): Promise<RestoreResult> {
  const { root, dataset, to, force } = terms;
  const layout = new WorkspaceLayout(root);
  const database = openForReading(terms.database);
  try {
    const loaded = loadConfig(layout.config);
    const events = new WorkspaceEvents();
    const datasets = new DatasetsService({
      database,
      events,
      config: () => loaded,
      configPath: layout.config,
      folder: root,
      objects: layout.objects,
      now: Date.now,
      actor: '',
    });
    const known = datasets.known.get(dataset);
    const row = chooseVersion(datasets.versions, known, { wanted: terms.version });
    if (row.query !== null) {
      const sentence = `${dataset} is a query: it has no files of its own. Restore the datasets that it selects from.`;
      throw new SlipwayError('invalid', sentence);
    }
    const version = datasets.versionFiles(known, row);
    // The repository of DVC that has it may lie deeper than the workspace.
    const cached = cachedPlaces(dirname(resolve(root, [known.definition.path ?? 'any'].flat()[0] ?? 'any')));
    const others = restoreVersion({
      name: `${dataset}@${row.id.slice(0, 12)}`,
      files: version.files,
      to,
      force,
      workspace: root,
      placesOf: (file) => [...datasets.places.places(version, file), ...cached(file.md5)],
      progress: (done, total) => (total === 0 ? port.goOn() : port.progress('writing files', done, total)),
    });
    return { dataset, version: row.id, to, files: row.files, bytes: row.bytes, others };
  } finally {
    database.close();
  }
}
