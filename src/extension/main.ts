// The composition root of the editor's half. `activate` only registers; engines are started after it has returned.
import './config/schema-setup';
import { join } from 'node:path';
import { type ExtensionContext, window } from 'vscode';
import { DisposableStore } from '../base/disposable';
import { ImportReports } from './bundles/import-reports';
import { registerCommands } from './commands/register-commands';
import { ComparePanels } from './compare/compare-panels';
import { ComparisonFiles } from './compare/comparison-files';
import { ConfigMistakes } from './config/config-mistakes';
import { Contracts } from './contracts/contracts';
import { Datasets, type DatasetsOptions } from './datasets/datasets';
import { GridEditors } from './datasets/grid/grid-editors';
import { RunDebugging } from './debug/run-debugging';
import { NoteFiles } from './edits/note-files';
import { RunEdits } from './edits/run-edits';
import { RunStops } from './edits/run-stops';
import { RunsListing } from './filter/runs-listing';
import { ModelEditors } from './inference/model-editors';
import { KeptTrials } from './inference/try/kept-trials';
import { TrainingLens } from './lens/training-lens';
import { RunUris } from './links/run-uris';
import { TerminalLinks } from './links/terminal-links';
import { Notices } from './notices';
import { NoteDrafts } from './panels/run/note-drafts';
import { RunFiles } from './panels/run-files';
import { RunPanels, type RunPanelsOptions } from './panels/run-panels';
import { SelectedRuns } from './panels/selected-runs';
import { registerOpenVersion } from './registry/panel/open-version';
import { RegistryPanels } from './registry/panel/registry-panels';
import { Registry } from './registry/registry';
import type { EngineSession } from './session/engine-session';
import { EngineSessions } from './session/engine-sessions';
import { EngineStatusItem } from './status-item';
import { StoreOffers, type StoreOffersOptions } from './stores/store-offers';
import { RunsTables, type RunsTablesOptions } from './table/runs-tables';
import { RecentCommands } from './tasks/recent-commands';
import { RunTasks } from './tasks/run-tasks';
import { TerminalEnvironment } from './terminals/terminal-environment';
import { RunMarks } from './views/run-marks';
import { RunsView } from './views/runs-view';
import { Milestones } from './walkthrough/milestones';

/** What the extension gives to other extensions and to the tests: nothing but how long it took to activate. */
export interface Activation {
  activationMilliseconds: number;
}

/** Called by VS Code once; synchronous, starts no process and opens no file. */
export function activate(context: ExtensionContext): Activation {
  const began = performance.now();
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(window.createOutputChannel('Slipway', { log: true }));
  const bundle = context.asAbsolutePath('dist');
  const version = String((context.extension.packageJSON as { version: string }).version);
  const sessions = store.add(new EngineSessions({ bundle, version, log }));
  const notices = new Notices(log);
  const recent = new RecentCommands(context.workspaceState);
  const tasks = store.add(new RunTasks({ bundle, sessions, recent, notices }));
  const listing = store.add(new RunsListing(context.workspaceState));
  const view = store.add(new RunsView({ sessions, listing, log, memory: context.workspaceState }));
  const edits = store.add(new RunEdits({ view, sessions, log }));
  const stops = store.add(new RunStops(notices, edits));
  const given = { extension: context.extensionUri, sessions, notices, edits, tasks, stops, chosen: view.onChosen };
  const { panels, tables, comparisons } = panelsOf(store, { ...given, drafts: new NoteDrafts(context.workspaceState) });
  addData(store, { ...given, context, bundle, log, runs: panels, comparisons });
  store.add(new NoteFiles(sessions, edits), new ComparisonFiles(sessions), new RunFiles(sessions));
  const terminals = store.add(new TerminalEnvironment({ context, sessions, bundle, log }));
  store.add(new EngineStatusItem({ sessions, view, version }));
  const debugging = store.add(new RunDebugging({ bundle, sessions, notices, log }));
  store.add(new TrainingLens(sessions));
  const links = { sessions, panels, listing, notices };
  store.add(new TerminalLinks(links), new RunUris(links, context.globalState), new Milestones(sessions));
  const imports = importsOf(store, { sessions, memory: context.workspaceState, notices });
  store.add(imports.offers.onFound((words) => view.tellElsewhere(words)));
  const logFile = join(context.logUri.fsPath, 'Slipway.log');
  const views = { view, listing, panels, tables, comparisons };
  const parts = { sessions, edits, stops, terminals, tasks, debugging, recent, ...imports };
  store.add(registerCommands({ ...views, ...parts, notices, log, logFile, version }));
  store.add(sessions.onStateChanged((session) => tellOfEnd(session, view, notices)));
  setImmediate(() => sessions.start());
  const activationMilliseconds = performance.now() - began;
  log.info(`Activated in ${activationMilliseconds.toFixed(1)} ms.`);
  return { activationMilliseconds };
}

/** Every panel of the window, and the marks that runs have in them. A table and a comparison open runs in panels of theirs. */
function panelsOf(store: DisposableStore, given: Omit<RunsTablesOptions, 'panels' | 'selected'> & RunPanelsOptions) {
  const selected = store.add(new SelectedRuns());
  store.add(new RunMarks(selected));
  const panels = store.add(new RunPanels(given));
  const tables = store.add(new RunsTables({ ...given, panels, selected }));
  const comparisons = store.add(new ComparePanels({ ...given, panels, selected }));
  return { panels, tables, comparisons };
}

/** Datasets, their contracts, and tables as rows and columns. */
function addData(
  store: DisposableStore,
  {
    context,
    comparisons,
    ...given
  }: Omit<DatasetsOptions, 'memory'> & {
    context: ExtensionContext;
    comparisons: ComparePanels;
  },
): void {
  const { sessions, notices, extension, bundle, runs } = given;
  const { panels } = store.add(new Datasets({ ...given, memory: context.workspaceState }));
  store.add(new ConfigMistakes(sessions), new Contracts({ sessions, notices, panels }));
  const folder = context.storageUri && join(context.storageUri.fsPath, 'pictures');
  const trials = new KeptTrials({ memory: context.workspaceState, folder });
  const models = new ModelEditors({
    extension,
    bundle,
    sessions,
    notices,
    runs,
    datasets: panels,
    trials,
    memory: context.workspaceState,
  });
  store.add(new GridEditors({ extension, bundle }), models);
  const storage = join((context.storageUri ?? context.globalStorageUri).fsPath, 'models');
  const versions = new RegistryPanels({ extension, storage, sessions, notices, runs, datasets: panels, comparisons });
  store.add(versions, registerOpenVersion({ sessions, notices, panels: versions }));
  store.add(new Registry({ ...given, storage, memory: context.workspaceState, panels: versions }));
}

/** What leads to runs of other tools, and what is said of those that came. */
function importsOf(store: DisposableStore, given: StoreOffersOptions) {
  return { offers: store.add(new StoreOffers(given)), reports: store.add(new ImportReports()) };
}

/** Rows stand below a message that says why; a welcome has the way on, but no place for the reason. */
function tellOfEnd({ state }: EngineSession, view: RunsView, notices: Notices): void {
  if (state.kind === 'down' && !view.hasRows) notices.tell(new Error(state.message));
}
