// What a repair asks of the engine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { insertRow } from '../../workspace/bundle/part-line';
import type { Services } from '../services';
import type { ThreadCalls } from './job-thread';

const runName = 'recovered files';

/** The calls of one job. */
export function repairCalls({ layout, recordings, runs, writes, opened }: Services): ThreadCalls {
  return {
    retake: (runIds: readonly string[]) => {
      mkdirSync(layout.inbox, { recursive: true });
      for (const runId of runIds) writeFileSync(`${layout.inbox}/${runId}`, '');
      recordings.takeInAll();
    },
    nameContents: (contents: readonly { sha256: string; size: number }[]) =>
      writes.run(() =>
        opened.database
          .transaction(() => {
            const now = Date.now();
            const { runId } = runs.createRun({ experimentId: '0', userId: '', name: runName, startTime: now });
            const folder = runs.getRun(runId).artifactUri.replace(/^mlflow-artifacts:\/*/, '');
            for (const { sha256, size } of contents) {
              insertRow(opened.database, 'artifacts', { path: `${folder}/unnamed/${sha256}`, sha256, size, time: now });
            }
            runs.updateRun(runId, { status: 'FINISHED', endTime: now });
            return runName;
          })
          .immediate(),
      ),
  };
}
