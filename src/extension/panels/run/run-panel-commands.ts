// What the buttons of a run panel do.
import { commands, env } from 'vscode';
import type { EngineClient } from '../../../client/engine-client';
import { commandText } from '../../../protocol/recording/command-line';
import type { RunDetail } from '../../../protocol/run';
import type { RunStops } from '../../edits/run-stops';
import { openKnownRun } from '../../links/run-opening';
import type { Notices } from '../../notices';
import { handRuns } from '../../picking/hand-runs';
import type { EngineSession } from '../../session/engine-session';
import type { EngineSessions } from '../../session/engine-sessions';
import { recordedDefinition } from '../../tasks/recorded-definition';
import type { RunTasks } from '../../tasks/run-tasks';
import type { CommandHandlers } from '../panel-host';
import { type RunFileKind, runFileUri } from '../run-files';
import type { RunPanels } from '../run-panels';
import { waysOn } from '../ways-on';
import { exportChart } from './chart-export';
import { openArtifact, saveFolder } from './file-commands';
import { directMetric, pickMetric } from './metric-commands';
import { openChanges } from './open-changes';
import { openSourceLine } from './source-line';

/** The run of a panel, and what its buttons act through. `folder` is a URI as text. */
export interface RunPanelTarget {
  folder: string;
  runId: string;
  sessions: EngineSessions;
  notices: Notices;
  tasks: RunTasks;
  stops: RunStops;
  panels: RunPanels;
}

/** The handlers for one run's panel, each of which the log names. */
export function runPanelCommands(target: RunPanelTarget): Partial<CommandHandlers> {
  const { notices } = target;
  return {
    ...notices.attemptEach(buttons(target)),
    ...notices.loggedEach(places(target)),
    ...waysOn(target),
  };
}

/** The panel has no place for what these could not do, so a notification says it. */
function buttons(target: RunPanelTarget) {
  const { folder, runId, sessions, stops, tasks, panels } = target;
  const session = (): EngineSession => sessions.get(folder);
  const client = (): EngineClient => session().requireClient();
  const run = (): Promise<RunDetail> => client().api.runs.get.query({ runId });
  const open = async (kind: Exclude<RunFileKind, 'artifact'>): Promise<void> => {
    const { name } = await run();
    await commands.executeCommand('vscode.open', runFileUri({ folder, runId, runName: name, kind, path: '' }));
  };
  return {
    'run.stop': async () => stops.confirm({ session: sessions.get(folder), run: await run() }),
    'run.open': ({ runId: other }) => openKnownRun(panels, sessions.get(folder), other),
    'run.compare': async ({ runIds }) => handRuns(sessions.get(folder), 'slipway.compareRuns', runIds),
    'run.openDiff': async () => openChanges(await run(), { client: client(), folder }),
    'run.openLog': () => open('output'),
    'run.openEnvironment': () => open('environment'),
    'run.again': async () => void (await tasks.run(session(), recordedDefinition(session(), await run()))),
    'run.copyCommand': async () => env.clipboard.writeText(commandText((await run()).recording?.command ?? [])),
    'metric.direct': ({ key }) => directMetric(client(), key),
    'chart.export': (chart) =>
      exportChart({ client: client(), runIds: [runId], root: sessions.find(folder)?.folder.uri.fsPath }, chart),
    'artifact.open': ({ path }) => openArtifact(sessions, { folder, runId, path }),
    'artifact.saveAll': () => saveFolder(sessions, { folder, runId, path: '' }),
  } satisfies Partial<CommandHandlers>;
}

/** What stands beside these in the panel has their refusal or their answer. */
function places({ folder, runId, sessions }: RunPanelTarget) {
  return {
    'source.open': async ({ path, line }) => {
      const { recording } = await sessions.get(folder).requireClient().api.runs.get.query({ runId });
      if (recording !== null) await openSourceLine({ path, line, cwd: recording.cwd });
    },
    'metric.pick': pickMetric,
    'run.copyId': async () => env.clipboard.writeText(runId),
    'text.copy': async ({ text }) => env.clipboard.writeText(text),
  } satisfies Partial<CommandHandlers>;
}
