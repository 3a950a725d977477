// What emptying the trash asks of the engine: each a small write between those of other clients.
import { hasVersion } from '../../lifecycle/models/store/version-lineage';
import type { TrashEmptying } from '../../lifecycle/runs/artifacts/store/artifact-trash';
import { LooseSeries } from '../../lifecycle/runs/bundle/store/loose-series';
import { type DoomedThing, Erasure } from '../../lifecycle/runs/erasure/store/erasure';
import { type DoomedTraces, eraseTraceSome } from '../../lifecycle/traces/erasure/store/trace-erasure';
import { vacuumSome } from '../../workspace/free-pages';
import type { Services } from '../services';
import type { ThreadCalls } from './job-thread';

/** The calls of one job. */
export function cleaningCalls({ runs, writes, opened, content, objects }: Services): ThreadCalls {
  const { database } = opened;
  const erasure = new Erasure(runs);
  const isNeeded = (id: string): boolean => hasVersion(database, id);
  const loose = new LooseSeries(database);
  return {
    eraseRun: (doomed: DoomedThing) => writes.run(() => erasure.run(doomed, isNeeded)),
    eraseLoggedModel: (doomed: DoomedThing) => writes.run(() => erasure.loggedModel(doomed, isNeeded)),
    eraseExperiment: (doomed: DoomedThing) => writes.run(() => erasure.experiment(doomed)),
    eraseTraceSome: ({ trace, which }: { trace: number; which: DoomedTraces }) =>
      writes.run(() => eraseTraceSome(database, trace, which)),
    emptyArtifactTrash: (which: TrashEmptying) => writes.run(() => content.trash.emptySome(which)),
    sweepLoose: () => writes.run(() => loose.sweepSome()),
    freeObjects: (hashes: readonly string[]) => content.free(hashes),
    brokenUploads: () => objects.leftovers(),
    sweepUploads: () => objects.sweep(),
    vacuumSome: () => writes.run(() => vacuumSome(database)),
  };
}
