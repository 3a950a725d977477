// A project whose runs were there before any editor or engine: quick to make, whatever their number.
import { type Seeding, seedWorkspace } from '../engine/seeded-workspace';
import { ProjectFolder } from './project-folder';

export class SeededProject extends ProjectFolder {
  /** A folder with the runs that `write` makes. */
  static create(write: (seeding: Seeding) => void): SeededProject {
    return new SeededProject(seedWorkspace(write));
  }

  /** Three finished runs of one experiment, `one`, `two` and `three` being the newest, and a failed one in another. */
  static small(): SeededProject {
    return SeededProject.create(({ runs, clock }) => {
      const delay = runs.createExperiment({ name: 'delay' });
      const other = runs.createExperiment({ name: 'other' });
      for (const [index, name] of ['one', 'two', 'three'].entries()) {
        const startTime = clock.now - 600_000 + index * 60_000;
        const runId = `${index + 1}`.repeat(32);
        runs.createRun({ runId, experimentId: delay, userId: 'ada', name, startTime });
        runs.logBatch(runId, {
          metrics: [{ key: 'roc_auc', value: 0.9 - index / 10, time: startTime, step: 1 }],
          params: [
            { key: 'lr', value: `0.${index + 1}` },
            { key: 'depth', value: '6' },
          ],
        });
        runs.setTag(runId, { key: 'team', value: index === 0 ? 'vision' : 'maps' });
        runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 48_000 });
      }
      const runId = 'f'.repeat(32);
      runs.createRun({ runId, experimentId: other, userId: 'ada', name: 'broken', startTime: clock.now - 3_600_000 });
      runs.updateRun(runId, { status: 'FAILED', endTime: clock.now - 3_590_000 });
    });
  }
}
