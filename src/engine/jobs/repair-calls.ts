// What a repair asks of the engine.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { proxiedFolder } from '../../lifecycle/runs/artifacts/proxied-folder';
import type { RunsService } from '../../lifecycle/runs/service';
import type { Services } from '../services';
import type { ThreadCalls } from './job-thread';

const runName = 'recovered files';

/** The calls of one job. */
export function repairCalls({ layout, recordings, runs, writes, opened, content }: Services): ThreadCalls {
  return {
    retake: (runIds: readonly string[]) => {
      mkdirSync(layout.inbox, { recursive: true });
      for (const runId of runIds) {
        rmSync(`${layout.rejected}/${runId}`, { force: true });
        writeFileSync(`${layout.inbox}/${runId}`, '');
      }
      recordings.takeInAll();
    },
    nameContents: ({ runId, contents }: Unnamed) =>
      writes.run(() =>
        opened.database
          .transaction(() => {
            const id = runId ?? recoveredRun(runs);
            const folder = proxiedFolder(runs.getRun(id).artifactUri) ?? '';
            for (const each of contents) content.name(`${folder}/unnamed/${each.sha256}`, each);
            return { runId: id, name: runName };
          })
          .immediate(),
      ),
  };
}

/** Contents that become files of a run; of a new one when it is null. */
interface Unnamed {
  runId: string | null;
  contents: readonly { sha256: string; size: number }[];
}

function recoveredRun(runs: RunsService): string {
  const now = Date.now();
  const { runId } = runs.createRun({ experimentId: '0', userId: '', name: runName, startTime: now });
  runs.updateRun(runId, { status: 'FINISHED', endTime: now });
  return runId;
}
