// What happened in the registry, as it is remembered.

/** The moves that are recorded. */
export type RegistryMove =
  | 'model created'
  | 'model renamed'
  | 'model deleted'
  | 'version created'
  | 'version deleted'
  | 'stage changed'
  | 'alias set'
  | 'alias moved'
  | 'alias deleted';

/** One move. `from` and `to` are a name, stage, version number or source, whatever moved; null where there was none. */
export interface RegistryEvent {
  move: RegistryMove;
  model: number;
  modelName: string;
  version?: number;
  alias?: string;
  /** Of a version that was created: who registered it, '' where nobody knows. */
  author?: string;
  /** Of a version that was created: its run, and where its files are. */
  origin?: { runId: string; storageLocation: string };
  from: string | null;
  to: string | null;
}
