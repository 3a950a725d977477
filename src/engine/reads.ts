// Every reading that the engine's reader threads know, of all stages.
import { runReads } from '../lifecycle/runs/reading/reads';
import { tracePanelReads } from '../lifecycle/traces/reading/trace-reading';
import { foldLog } from '../platform/sqlite/fold-log';
import { pageCheck } from '../workspace/page-check';
import { mlflowReads } from './mlflow/reads';

/** By name; the engine and its reader threads are built from the same table. */
export const engineReads = { pageCheck, foldLog, ...runReads, ...tracePanelReads, ...mlflowReads };
export type EngineReads = typeof engineReads;
