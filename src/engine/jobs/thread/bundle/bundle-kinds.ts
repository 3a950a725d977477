// Every kind of thing a bundle can hold, in the order in which they are written and brought in. A new kind is one line here,
// and one in the engine's landing.
import { chosenDatasets, datasetLines } from '../../../../lifecycle/datasets/bundle/store/dataset-part';
import { chosenRegisteredModels, registeredModelLines } from '../../../../lifecycle/models/bundle/store/model-part';
import {
  activeExperiments,
  chosenLoggedModels,
  chosenRuns,
  experimentLines,
  loggedModelLines,
  type RunChoice,
  runLines,
} from '../../../../lifecycle/runs/bundle/store/run-part';
import { chosenTraces, traceLines } from '../../../../lifecycle/traces/bundle/store/trace-part';
import type { Database } from '../../../../platform/sqlite/database';
import type { NamedReason } from '../../../../protocol/jobs/job';
import type { PartHead } from '../../../../workspace/bundle/bundle-part';
import type { PartLine } from '../../../../workspace/bundle/part-line';

/** How one kind is written; `lines` yields nothing for what is not there. */
export interface BundleKind {
  lines: (database: Database, id: string) => Iterable<PartLine>;
  /** How one of them is called in a sentence. */
  word: string;
}

export const bundleKinds: Readonly<Record<string, BundleKind>> = {
  dataset: { lines: datasetLines, word: 'dataset' },
  experiment: { lines: experimentLines, word: 'experiment' },
  run: { lines: runLines, word: 'run' },
  'logged-model': { lines: loggedModelLines, word: 'logged model' },
  trace: { lines: traceLines, word: 'trace' },
  'registered-model': { lines: registeredModelLines, word: 'registered model' },
};

/** One thing to be written. */
export interface Chosen extends PartHead {
  kind: string;
}

/** All things that go with a choice of runs, those first that others refer to. Datasets go with a choice of everything. */
export function chosenThings(database: Database, choice: RunChoice): { things: Chosen[]; leftOut: NamedReason[] } {
  const { runs, leftOut } = chosenRuns(database, choice);
  const runIds = choice.runIds === null ? null : runs.map(({ id }) => id);
  const models = chosenLoggedModels(database, { ...choice, runIds });
  const names = chosenRegisteredModels(
    database,
    runIds,
    models.map(({ id }) => id),
  );
  const active = activeExperiments(database);
  const traces = chosenTraces(database, runIds).flatMap(({ experimentId, ...head }) => {
    const experiment = active.get(experimentId);
    return experiment === undefined ? [] : [{ ...head, experiment }];
  });
  const experiments = [...new Set([...runs, ...models, ...traces].map(({ experiment = '' }) => experiment))].sort();
  const of = (kind: string, heads: readonly PartHead[]): Chosen[] => heads.map((head) => ({ kind, ...head }));
  const named = (list: readonly string[]): PartHead[] => list.map((name) => ({ id: name, name }));
  return {
    things: [
      ...of('dataset', choice.runIds === null ? named(chosenDatasets(database)) : []),
      ...of('experiment', named(experiments)),
      ...of('run', runs),
      ...of('logged-model', models),
      ...of('trace', traces),
      ...of('registered-model', named(names)),
    ],
    leftOut,
  };
}
