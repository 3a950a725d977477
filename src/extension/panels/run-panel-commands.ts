// What the buttons of a run panel do.
import { relative } from 'node:path';
import { commands, env, l10n, Uri } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { EngineClient } from '../../client/engine-client';
import { commandText } from '../../protocol/command-line';
import type { RunDetail } from '../../protocol/run';
import type { Notices } from '../notices';
import type { RunStops } from '../run-stops';
import type { EngineSessions } from '../session/engine-sessions';
import { runTaskType } from '../tasks/run-definition';
import type { RunTasks } from '../tasks/run-tasks';
import type { CommandHandlers } from './panel-host';
import { exportChart } from './run/chart-export';
import { openArtifact, saveFolder } from './run/file-commands';
import { directMetric, pickMetric } from './run/metric-commands';
import { openChanges } from './run/open-changes';
import { openSourceLine } from './run/source-line';
import { type RunFileKind, runFileUri } from './run-files';

/** The run of a panel, and what its buttons act through. `folder` is a URI as text. */
export interface RunPanelTarget {
  folder: string;
  runId: string;
  sessions: EngineSessions;
  notices: Notices;
  tasks: RunTasks;
  stops: RunStops;
}

/** The handlers for one run's panel. A failure within `say` becomes a notification, any other goes to the panel. */
export function runPanelCommands(target: RunPanelTarget): CommandHandlers {
  const { folder, runId, sessions, notices, stops } = target;
  const client = (): EngineClient => sessions.get(folder).requireClient();
  // The panel has no place for what its buttons could not do.
  const say = (work: () => Promise<void>): Promise<void> => notices.attempt(work);
  const run = (): Promise<RunDetail> => client().api.runs.get.query({ runId });
  const open = async (kind: Exclude<RunFileKind, 'artifact'>): Promise<void> => {
    const { name } = await run();
    await commands.executeCommand('vscode.open', runFileUri({ folder, runId, runName: name, kind, path: '' }));
  };
  return {
    'run.stop': () => say(async () => stops.confirm({ client, run: await run() })),
    'run.copyId': () => env.clipboard.writeText(runId) as Promise<void>,
    'run.openDiff': () => say(async () => openChanges(await run(), { client: client(), folder })),
    'run.openLog': () => say(() => open('output')),
    'run.openEnvironment': () => say(() => open('environment')),
    'run.again': () => say(async () => again(target, await run())),
    // Its refusal stands beside the output.
    'source.open': async ({ path, line }) => {
      const { recording } = await run();
      if (recording !== null) await openSourceLine({ path, line, cwd: recording.cwd });
    },
    'run.copyCommand': () =>
      say(async () => env.clipboard.writeText(commandText((await run()).recording?.command ?? []))),
    'text.copy': ({ text }) => env.clipboard.writeText(text) as Promise<void>,
    'metric.pick': pickMetric,
    'metric.direct': ({ key }) => say(() => directMetric(client(), key)),
    'chart.export': (chart) =>
      say(() => exportChart({ client: client(), runId, root: sessions.find(folder)?.folder.uri.fsPath }, chart)),
    'artifact.open': ({ path }) => say(() => openArtifact(sessions, { folder, runId, path })),
    'artifact.saveAll': () => say(() => saveFolder(sessions, { folder, runId, path: '' })),
    ...waysOn(target),
  };
}

/** What a panel offers while there is no engine to ask. */
function waysOn({ folder, sessions }: RunPanelTarget) {
  return {
    'engine.restart': () => sessions.find(folder)?.restart(),
    'trust.manage': async () => {
      await commands.executeCommand('workbench.trust.manage');
    },
    'folder.open': async () => {
      await commands.executeCommand('vscode.openFolder', Uri.parse(folder), { forceNewWindow: true });
    },
    'workspace.initialize': () => sessions.find(folder)?.initialize(),
    'logs.show': async () => {
      await commands.executeCommand('slipway.showLogs');
    },
  } satisfies Partial<CommandHandlers>;
}

/** The command once more in its folder and experiment, with the inputs, outputs, params and tags it was given. */
async function again({ folder, sessions, tasks }: RunPanelTarget, run: RunDetail): Promise<void> {
  const session = sessions.get(folder);
  const { recording, experimentName } = run;
  if (recording === null) {
    throw new SlipwayError('invalid', l10n.t('{0} was not recorded, so its command is not known.', run.name));
  }
  await tasks.run(session, {
    type: runTaskType,
    command: recording.command,
    experiment: experimentName,
    ...recording.given,
    inputs: recording.inputs.map(({ path }) => path),
    outputs: recording.outputs.map(({ path }) => path),
    cwd: relative(session.folder.uri.fsPath, recording.cwd),
  });
}
