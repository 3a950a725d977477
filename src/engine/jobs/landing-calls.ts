// What an import asks of the engine: each a small write between those of other clients.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RegisteredModelPart } from '../../lifecycle/models/bundle/store/model-landing';
import { RunLanding } from '../../lifecycle/runs/bundle/store/run-landing';
import { type MendedRun, RunMerging } from '../../lifecycle/runs/bundle/store/run-merging';
import type { PointColumns } from '../../lifecycle/runs/import/source-run';
import { ColumnLanding, type LandedColumns } from '../../lifecycle/runs/import/store/column-landing';
import { RunGrowth } from '../../lifecycle/runs/import/store/run-growth';
import type { RunsService } from '../../lifecycle/runs/service';
import { addTraceRows, type BegunTrace, beginTrace, finishTrace } from '../../lifecycle/traces/bundle/store/trace-part';
import { type DoomedTraces, eraseTraceSome } from '../../lifecycle/traces/erasure/store/trace-erasure';
import type { Database } from '../../platform/sqlite/database';
import type { LandedPart } from '../../workspace/bundle/bundle-part';
import type { Cell, PartLine } from '../../workspace/bundle/part-line';
import type { Services } from '../services';
import { placeFolders } from './incoming-folders';
import type { ThreadCalls } from './job-thread';

/** What was begun and not finished counts as deleted before all times. */
const unfinished: DoomedTraces = { cutoff: 1, experimentIds: [] };

/** The calls of one job. */
export function landingCalls({ runs, writes, opened, content, layout, models }: Services): ThreadCalls {
  const landing = new RunLanding(runs);
  const merging = new RunMerging(runs);
  const columns = new ColumnLanding(opened.database, landing.loose);
  const added: string[] = [];
  const begun = new Set<number>();
  const write =
    <I>(act: (input: I) => unknown) =>
    (input: I) =>
      writes.run(() => act(input));
  return {
    landExperiment: write((lines: readonly PartLine[]) => landing.experiment(lines)),
    landPoints: write(({ series, points }: { series?: number; points: Points }) => landing.points(series, points)),
    landColumns: write((parts: readonly LandedColumns[]) => columns.land(parts)),
    landRun: write(({ part, inPlace }: { part: LandedPart; inPlace: boolean }) => landing.run(part, inPlace)),
    placeFolders: () => placeFolders({ layout, runs }),
    isHere: (runId: string) => runs.findRun(runId) !== undefined,
    mergePoints: write(({ id, key, points }: { id: string; key: string; points: Points }) =>
      merging.points(id, key, points),
    ),
    mergeRun: write((mended: MendedRun) => merging.run(mended)),
    ...growthCalls(write, runs, added),
    landLoggedModel: write((part: LandedPart) => landing.loggedModel(part)),
    ...traceCalls(write, opened.database, begun),
    landRegisteredModel: write((part: RegisteredModelPart) => models.land(part)),
    objectsAdded: (hashes: readonly string[]) => void added.push(...hashes),
    /** At the end, however it came: nothing half stays. */
    settle: async () => {
      landing.loose.release();
      while (await writes.run(() => landing.loose.sweepSome())) await nextTurn();
      for (const trace of begun) {
        while (await writes.run(() => eraseTraceSome(opened.database, trace, unfinished).more)) await nextTurn();
      }
      for (const hash of added.splice(0)) {
        content.free([hash]);
        await nextTurn();
      }
    },
  };
}

type Points = readonly (readonly Cell[])[];
type Write = <I>(act: (input: I) => unknown) => (input: I) => unknown;

/** What an imported run got since; contents that it has no more go to `freed`. */
function growthCalls(write: Write, runs: RunsService, freed: string[]): ThreadCalls {
  const growth = new RunGrowth(runs);
  return {
    growPoints: write(({ runId, columns }: { runId: string; columns: PointColumns }) => growth.points(runId, columns)),
    growRun: write(({ runId, lines }: { runId: string; lines: readonly PartLine[] }) => {
      freed.push(...growth.rest(runId, lines));
    }),
  };
}

/** A trace comes in pieces and is found when it is whole. */
function traceCalls(write: Write, database: Database, begun: Set<number>): ThreadCalls {
  return {
    beginTrace: write((given: BegunTrace) => {
      const trace = beginTrace(database, given);
      begun.add(trace);
      return trace;
    }),
    addTraceRows: write(({ trace, lines }: { trace: number; lines: readonly PartLine[] }) =>
      addTraceRows(database, trace, lines),
    ),
    finishTrace: write((trace: number) => {
      finishTrace(database, trace);
      begun.delete(trace);
    }),
  };
}
