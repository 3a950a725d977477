// Everything the surfaces act through, built over one open database.
import type { Logger } from 'pino';
import { ArtifactService } from '../lifecycle/runs/artifacts/artifact-service';
import { ContentArtifacts } from '../lifecycle/runs/artifacts/store/content-artifacts';
import { RunsService } from '../lifecycle/runs/service';
import { ObjectStore } from '../platform/objects/object-store';
import type { WorkspaceLayout } from '../protocol/layout';
import { ConfigFile } from '../workspace/config-file';
import { closeWorkspaceDatabase, type OpenedDatabase, openWorkspaceDatabase } from '../workspace/database';
import { WorkspaceEvents } from '../workspace/events';
import type { EngineOptions } from './options';

/** The stages of one workspace and what they share. */
export class Services {
  readonly layout: WorkspaceLayout;
  readonly databasePath: string;
  readonly opened: OpenedDatabase;
  readonly events = new WorkspaceEvents();
  readonly config: ConfigFile;
  readonly runs: RunsService;
  readonly artifacts: ArtifactService;

  constructor(options: EngineOptions, layout: WorkspaceLayout, log: Logger) {
    this.layout = layout;
    this.databasePath = options.database ?? layout.database;
    this.opened = openWorkspaceDatabase({ path: this.databasePath, durability: options.durability, now: Date.now() });
    for (const warning of this.opened.warnings) log.warn(warning);
    this.config = new ConfigFile(layout.config);
    const { database } = this.opened;
    const artifactRoot = options.artifactRoot?.url ?? 'mlflow-artifacts:';
    this.runs = new RunsService({ database, events: this.events, now: Date.now, artifactRoot });
    const proxied = new ContentArtifacts({ database, objects: new ObjectStore(layout.objects), now: Date.now });
    this.artifacts = new ArtifactService({ proxied, folders: [], events: this.events });
  }

  /** One sentence per thing wrong with the workspace and what to do about it. */
  warnings(): string[] {
    return [...this.opened.warnings, ...this.config.current().problems];
  }

  /** Why the engine must stay although no client is there, one sentence each. */
  reasonsToStay(): string[] {
    return [];
  }

  /** Takes in what recorders left while no engine was there. */
  takeIn(): void {}

  dispose(): void {
    this.events.dispose();
    closeWorkspaceDatabase(this.opened.database);
  }
}
