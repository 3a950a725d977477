// A folder with runs in it before any engine has seen it, written through the same service an engine writes with.
import { mkdirSync } from 'node:fs';
import { RunsService } from '../../src/lifecycle/runs/service';
import { closeWorkspaceDatabase, openWorkspaceDatabase } from '../../src/workspace/database';
import { WorkspaceEvents } from '../../src/workspace/events';
import { temporaryFolder } from './engine-process';

/** What `seedWorkspace` writes with; `clock.now` is the time every write is said to happen at. */
export interface Seeding {
  runs: RunsService;
  clock: { now: number };
}

/** Makes a folder and lets `write` fill its database in one transaction. Returns the folder. */
export function seedWorkspace(write: (seeding: Seeding) => void): string {
  const workspace = temporaryFolder();
  mkdirSync(`${workspace}/.slipway`);
  const clock = { now: Date.now() };
  const { database } = openWorkspaceDatabase({
    path: `${workspace}/.slipway/slipway.db`,
    durability: 'NORMAL',
    now: clock.now,
  });
  const events = new WorkspaceEvents();
  const runs = new RunsService({ database, events, now: () => clock.now, artifactRoot: 'mlflow-artifacts:' });
  database.transaction(() => write({ runs, clock }))();
  events.dispose();
  closeWorkspaceDatabase(database);
  return workspace;
}
