// Brings in what another tool keeps of its runs: the points of a run go ahead, then the run lands whole. Whatever ends it,
// what has landed stays, and the next import of the same store goes on from there.
import { mkdirSync } from 'node:fs';
import { messageOf, SlipwayError } from '../../../../base/errors';
import { openSource } from '../../../../lifecycle/runs/import/open-source';
import type { SourceModel, SourceRun, SourceStore } from '../../../../lifecycle/runs/import/source-run';
import { derivedRunId } from '../../../../lifecycle/runs/import/source-tags';
import { findRunHere, hasLoggedModel, type RunHere } from '../../../../lifecycle/runs/import/store/imported-run';
import { openForReading } from '../../../../platform/sqlite/database';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';
import type { ImportResult } from '../../../../protocol/jobs/job';
import type { JobGiven } from '../job-given';
import type { JobPort } from '../job-port';
import { FileKeeper } from './kept-files';
import { SourceLanding } from './source-landing';

/** `file` is the store: a file or a folder. `dryRun` says what would be taken, and changes nothing. */
export interface SourceTerms extends Omit<JobGiven, 'request'> {
  file: string;
  dryRun: boolean;
}

/** Throws SlipwayError `invalid` or `not-found` for what is no store. */
export async function importSource(terms: SourceTerms, port: JobPort): Promise<ImportResult> {
  const layout = new WorkspaceLayout(terms.root);
  const scratch = `${layout.objects}/tmp`;
  mkdirSync(scratch, { recursive: true });
  port.progress('looking', 0, 0);
  const store = openSource(terms.file, `${scratch}/import-source.db`);
  const database = openForReading(terms.database);
  const result = emptyResult(store, terms.dryRun);
  const files = new FileKeeper(layout, port, store.report);
  const landing = new SourceLanding({ store, database, port, files, result });
  try {
    for (const [index, run] of store.runs.entries()) {
      port.progress('reading runs', index, store.runs.length);
      await each(result, run.name, async () => takeRun(landing, run, terms.dryRun));
    }
    for (const model of store.models) {
      port.goOn();
      await each(result, model.name, async () => takeModel(landing, model, terms.dryRun));
    }
    const { problems, leftOut } = store.report;
    return { ...result, problems, leftOut };
  } finally {
    store.close();
    database.close();
    await port.call('settle', null);
  }
}

async function takeRun(landing: SourceLanding, run: SourceRun, dryRun: boolean): Promise<void> {
  const { store, result } = landing.parts;
  const { runId, here } = idOf(landing, run);
  const state = run.state();
  const isOwn = here?.tool === store.tool;
  if (here === undefined) {
    if (!dryRun) {
      await landing.landRun(run, runId, state);
      result.runIds.push(runId);
    }
    count(result.imported, 'run');
  } else if (here.lifecycleStage === 'deleted') {
    store.report.leave('runs that are in the trash here', 'restore them to bring them up to date');
    count(result.skipped, 'run');
  } else if (!isOwn || here.state === state) count(result.skipped, 'run');
  else {
    if (!dryRun) await landing.growRun(run, runId, { state, startTime: here.startTime });
    count(result.updated, 'run');
  }
}

/** The run's own id where that is free or taken by itself, else one made of what names it. */
function idOf(
  { parts: { database, store } }: SourceLanding,
  run: SourceRun,
): { runId: string; here: RunHere | undefined } {
  const derived = derivedRunId(store.tool, run);
  if (run.runId !== null) {
    const here = findRunHere(database, run.runId);
    // One without a source is the same run, which came another way.
    const isItself = here === undefined || here.tool === null || here.identity === run.identity;
    if (isItself) return { runId: run.runId, here };
  }
  return { runId: derived, here: findRunHere(database, derived) };
}

async function takeModel(landing: SourceLanding, model: SourceModel, dryRun: boolean): Promise<void> {
  const { database, result } = landing.parts;
  if (hasLoggedModel(database, model.modelId)) {
    count(result.skipped, 'logged-model');
    return;
  }
  if (!dryRun) await landing.landModel(model);
  count(result.imported, 'logged-model');
}

/** What does not fit is named and does not keep the others out. */
async function each(result: ImportResult, name: string, take: () => Promise<void>): Promise<void> {
  try {
    await take();
  } catch (error) {
    const isItsOwn =
      SlipwayError.is(error) && ['conflict', 'already-exists', 'invalid', 'damaged'].includes(error.code);
    if (!isItsOwn) throw error;
    result.refused.push({ name, why: messageOf(error) });
  }
}

function emptyResult({ tool, what, path }: SourceStore, dryRun: boolean): ImportResult {
  return {
    source: { tool, what, path },
    imported: {},
    updated: {},
    skipped: {},
    runIds: [],
    points: 0,
    refused: [],
    problems: [],
    leftOut: [],
    missing: [],
    dryRun,
  };
}

function count(counts: Record<string, number>, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}
