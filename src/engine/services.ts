// Everything the surfaces act through, built over one open database.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Disposable, DisposableStore } from '../base/disposable';
import type { DatasetsContext } from '../lifecycle/datasets/context';
import { batchJudge } from '../lifecycle/datasets/gate/batch-judge';
import { DatasetsService } from '../lifecycle/datasets/service';
import type { ModelsContext } from '../lifecycle/models/context';
import { ModelsService } from '../lifecycle/models/service';
import type { ArtifactService } from '../lifecycle/runs/artifacts/artifact-service';
import { RunArtifacts } from '../lifecycle/runs/artifacts/run-artifacts';
import type { ContentArtifacts } from '../lifecycle/runs/artifacts/store/content-artifacts';
import { RunChangeService } from '../lifecycle/runs/changes/run-change-service';
import { RunReading } from '../lifecycle/runs/reading/run-reading';
import { RecordingIntake } from '../lifecycle/runs/recordings/intake';
import { RunsService } from '../lifecycle/runs/service';
import { RunTable } from '../lifecycle/runs/table/run-table';
import { TracesService } from '../lifecycle/traces/service';
import type { ObjectStore } from '../platform/objects/object-store';
import { folderNotes } from '../platform/sqlite/folder-notes';
import { LogWatch } from '../platform/sqlite/log-watch';
import type { Config } from '../protocol/folder/config';
import { WorkspaceLayout } from '../protocol/folder/layout';
import { AuditLog } from '../workspace/audit/audit-log';
import type { LoadedConfig } from '../workspace/config';
import { ConfigFile } from '../workspace/config-file';
import {
  closeWorkspaceDatabase,
  type OpenedDatabase,
  openWorkspaceDatabase,
  waitForLocks,
} from '../workspace/database';
import { WorkspaceEvents } from '../workspace/events';
import { localUser } from '../workspace/identity';
import { ReaderPool } from '../workspace/readers';
import { unsalvaged } from '../workspace/salvage/kept-aside';
import { WriteQueue } from '../workspace/write-queue';
import { artifactsOf, type EngineArtifacts } from './artifacts';
import { DataProcesses } from './data/data-processes';
import { DatasetTables } from './datasets/dataset-tables';
import { clearGates, GoingGates } from './gate/version/going-gates';
import { placeFolders } from './jobs/incoming-folders';
import { JobRunner } from './jobs/job-runner';
import type { EngineLog } from './log';
import { searchGrammar, traceGrammar } from './mlflow/search-grammar';
import { modelProcesses } from './model/model-processes';
import type { EngineSettings } from './options';
import type { EngineReads } from './reads';
import { requireFree } from './registry/held-files';
import { Warrants } from './registry/warrants';
import type { ScheduleClock } from './schedules/schedule-clock';
import { scheduledDatasets } from './schedules/scheduled-datasets';

/** Milliseconds between looks after runs whose recorder may have died. */
const recordingsEvery = 2000;
const readerScript = join(__dirname, 'reader.js');
const programGone = `The program of this engine is no longer in ${__dirname}: it records, and cannot list. Restart it.`;

function openedBy({ database, durability }: EngineSettings, path: string): OpenedDatabase {
  return openWorkspaceDatabase({ path, named: database !== undefined, durability, now: Date.now() });
}

/** The stages of one workspace and what they share. */
export class Services implements Disposable {
  readonly layout: WorkspaceLayout;
  readonly databasePath: string;
  /** Where artifacts lie as plain files; null where they lie by content. */
  readonly artifactRoot: string | null;
  readonly opened: OpenedDatabase;
  readonly events = new WorkspaceEvents();
  readonly writes: WriteQueue;
  readonly config: ConfigFile;
  readonly runs: RunsService;
  readonly datasets: DatasetsService;
  readonly datasetTables: DatasetTables;
  readonly audit: AuditLog;
  readonly models: ModelsService;
  readonly traces: TracesService;
  readonly changes: RunChangeService;
  readonly artifacts: ArtifactService;
  /** The artifacts and contents that the workspace itself keeps. */
  readonly content: ContentArtifacts;
  readonly objects: ObjectStore;
  readonly runArtifacts: RunArtifacts;
  readonly readers: ReaderPool<EngineReads>;
  readonly reading: RunReading;
  readonly table: RunTable;
  readonly recordings: RecordingIntake;
  readonly jobs: JobRunner;
  readonly schedules: ScheduleClock;
  readonly warrants = new Warrants(this);
  /** The gates of registered versions. */
  readonly gates = new GoingGates();
  /** Answers what is asked of tables. */
  readonly data = new DataProcesses();
  /** Answers what is asked of models as files. */
  readonly modelProcesses = modelProcesses();
  readonly #found: string[];
  readonly #owned: DisposableStore;

  constructor(options: EngineSettings, layout: WorkspaceLayout, log: EngineLog) {
    this.layout = layout;
    this.databasePath = options.database ?? layout.database;
    this.artifactRoot = options.artifactRoot?.folder ?? null;
    this.writes = new WriteQueue(dirname(this.databasePath));
    this.opened = openedBy(options, this.databasePath);
    this.#found = [...this.opened.warnings];
    for (const warning of this.#found) log.warn({}, warning);
    const failing = (what: string) => (error: unknown) => log.error({ err: error }, what);
    this.config = new ConfigFile(layout.config);
    const { database } = this.opened;
    const artifactRoot = options.artifactRoot?.url ?? 'mlflow-artifacts:';
    this.runs = new RunsService({ database, events: this.events, now: Date.now, artifactRoot });
    this.datasets = new DatasetsService(this.#dataContext());
    const judge = batchJudge({ datasets: this.datasets, root: layout.root }, (input) => this.data.ask('check', input));
    this.datasetTables = new DatasetTables(this.data, judge);
    this.audit = new AuditLog(database, WorkspaceLayout.auditHead(this.databasePath));
    this.models = new ModelsService(this.#registryContext(), searchGrammar);
    this.traces = new TracesService({ database, runs: this.runs, events: this.events, now: Date.now }, traceGrammar);
    this.changes = new RunChangeService(this.runs);
    ({ artifacts: this.artifacts, content: this.content, objects: this.objects } = this.#ownArtifacts(options));
    this.runArtifacts = new RunArtifacts({ runs: this.runs, artifacts: this.artifacts });
    this.readers = new ReaderPool({ script: readerScript, database: this.databasePath });
    const rules = (): Config['metrics'] => this.config.current().config.metrics;
    const asking = { database, readers: this.readers, rules, now: Date.now, silence: options.silence };
    this.reading = new RunReading(asking);
    this.table = new RunTable(asking);
    this.recordings = new RecordingIntake({
      ...{ database, layout, events: this.events, runs: this.runs, now: Date.now },
      onFailure: failing('a recorded run could not be taken in or stopped'),
    });
    this.jobs = new JobRunner(this, options);
    this.schedules = scheduledDatasets(this, failing('a schedule could not be kept'));
    this.#owned = this.#serve(failing('what slipway.yaml says of models could not be kept'));
  }

  #ownArtifacts(options: EngineSettings): EngineArtifacts {
    const { layout, events, writes } = this;
    const isFree = (address: string) => requireFree(this, address, this.artifactRoot);
    return artifactsOf({ options, layout, database: this.opened.database, events, writes, requireFree: isFree });
  }

  /** What the actions on datasets work on. */
  #dataContext(): DatasetsContext {
    const { database } = this.opened;
    const { root: folder, objects, config: configPath } = this.layout;
    const config = (): LoadedConfig => this.config.current();
    return { database, events: this.events, config, configPath, folder, objects, now: Date.now, actor: localUser() };
  }

  #registryContext(): ModelsContext {
    const { database } = this.opened;
    const rules = (): LoadedConfig => this.config.current();
    const { runs, audit, events } = this;
    return { database, runs, audit, events, rules, now: Date.now, actor: localUser() };
  }

  /** From here on the loop serves clients: nothing may hold it up. */
  #serve(onFailure: (error: unknown) => void): DisposableStore {
    const { database } = this.opened;
    const owned = new DisposableStore();
    owned.add({
      dispose: () => {
        this.audit.keepHead();
        closeWorkspaceDatabase(database);
      },
    });
    owned.add(
      this.readers,
      this.events,
      this.recordings,
      this.writes,
      this.jobs,
      this.gates,
      this.schedules,
      this.data,
      this.modelProcesses,
    );
    // A write that meets a lock waits in the queue and not in SQLite.
    waitForLocks(database, 0);
    const watch = setInterval(() => {
      this.recordings.tick();
      void this.warrants.tick().catch(onFailure);
    }, recordingsEvery);
    owned.add({ dispose: () => clearInterval(watch) });
    // A thread of its own: readings may be long.
    const folding = owned.add(
      new ReaderPool<EngineReads>({ script: readerScript, database: this.databasePath, most: 1, idle: 5000 }),
    );
    const log = owned.add(new LogWatch({ database, fold: () => folding.run('foldLog', undefined) }));
    this.writes.onWritten(() => {
      log.written();
      this.audit.keepHead();
    });
    // What recorders left in files is taken in without the queue.
    this.events.listen(() => log.written());
    return owned;
  }

  /** One sentence per thing wrong with the workspace and what to do about it. */
  warnings(): string[] {
    return [
      ...(this.isWhole() ? [] : [programGone]),
      ...this.#found,
      ...(this.#found.length === 0 ? unsalvaged(this.databasePath) : []),
      ...this.config.current().problems,
      ...this.#held(),
      ...this.#unsaved(),
    ];
  }

  /** Whether the program that runs here is still where it was started from. */
  isWhole(): boolean {
    return existsSync(readerScript);
  }

  /** What could be better about where the workspace lies, one sentence each; nothing is wrong. */
  notes(): string[] {
    return folderNotes(this.layout.home, this.opened.database);
  }

  /** Reads every page after a stop that was not a clean one; what it finds joins the warnings. */
  async checkAfterCrash(): Promise<void> {
    if (this.opened.closedCleanly) return;
    const problems = await this.readers.run('databaseCheck', null);
    if (problems.length === 0) return;
    this.#found.push(
      `${this.databasePath} is damaged: ${problems[0]}. \`slipway doctor --repair\` keeps it and brings back what can be read.`,
    );
  }

  /** Why the engine must stay although no client is there, one sentence each. */
  reasonsToStay(): string[] {
    const names = this.recordings.unfinished().map((runId) => this.runs.findRun(runId)?.name ?? runId);
    const logging = this.reading.loggingRuns();
    return [
      ...this.#held(),
      ...(this.jobs.at === undefined ? [] : [this.jobs.at]),
      ...this.gates.reasons(),
      ...this.schedules.reasons(),
      ...(names.length === 0 ? [] : [`Recorded runs have not ended: ${names.slice(0, 5).join(', ')}.`]),
      ...(logging === 0 ? [] : [logging === 1 ? 'One run is being logged.' : `${logging} runs are being logged.`]),
    ];
  }

  /** Takes in what recorders left while no engine was there. */
  takeIn(): void {
    placeFolders(this);
    clearGates(this.layout.gates);
    this.recordings.takeInAll();
    this.recordings.tick();
    void this.warrants.tick().catch(() => undefined);
    this.schedules.start();
  }

  #held(): string[] {
    const since = this.writes.heldSince;
    if (since === undefined || Date.now() - since < 1000) return [];
    const what = this.writes.size === 1 ? 'one write waits' : `${this.writes.size} writes wait`;
    return [`Another program holds ${this.databasePath}, so ${what}. Close it there.`];
  }

  #unsaved(): string[] {
    const { length } = this.recordings.unsaved.runIds;
    if (length === 0) return [];
    const what = length === 1 ? 'a recorded run did' : `${length} recorded runs did`;
    return [
      `The disk that holds ${this.layout.home} is full, so what ${what} could not be saved. Free some space: it is taken in then.`,
    ];
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
