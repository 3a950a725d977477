// Every reading that the engine's reader threads know, of all stages.
import { runReads } from '../lifecycle/runs/reading/reads';

/** By name; the engine and its reader threads are built from the same table. */
export const engineReads = { ...runReads };
export type EngineReads = typeof engineReads;
