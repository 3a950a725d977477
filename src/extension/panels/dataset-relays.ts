// What panels of datasets ask of the engine.
import type { EngineClient } from '../../client/engine-client';
import type { DatasetQueries } from '../../protocol/datasets/panel/panel-queries';

/** How each of these questions is put to the engine. */
export type DatasetRelays = {
  [Q in keyof DatasetQueries]: (
    client: EngineClient,
    input: DatasetQueries[Q]['input'],
    signal: AbortSignal,
  ) => Promise<DatasetQueries[Q]['output']>;
};

export const datasetRelays: DatasetRelays = {
  'datasets.view': (client, input, signal) => client.api.datasetPanel.view.query(input, { signal }),
  'datasets.measureDrift': (client, input, signal) => client.api.datasetPanel.measureDrift.mutate(input, { signal }),
  'datasets.driftColumn': (client, input, signal) => client.api.datasetPanel.driftColumn.query(input, { signal }),
  'datasets.driftHistory': (client, input, signal) => client.api.datasetPanel.driftHistory.query(input, { signal }),
  'datasets.profile': (client, input, signal) => client.api.datasetPanel.measureProfile.mutate(input, { signal }),
  'datasets.measureProfile': (client, input, signal) =>
    client.api.datasetPanel.measureProfile.mutate(input, { signal }),
  'datasets.check': (client, input, signal) => client.api.checks.run.mutate(input, { signal }),
  'datasets.badRows': (client, input, signal) => client.api.checks.badRows.query(input, { signal }),
  'datasets.anomalies': (client, input, signal) => client.api.checks.anomalies.query(input, { signal }),
  'datasets.batchHistory': (client, input, signal) => client.api.checks.history.query(input, { signal }),
  'datasets.expect': (client, input, signal) => client.api.checks.expect.mutate(input, { signal }),
  'datasets.work': (client, input, signal) => client.api.datasetPanel.work.query(input, { signal }),
  'datasets.lineage': (client, input, signal) => client.api.workspace.lineage.query(input, { signal }),
};
