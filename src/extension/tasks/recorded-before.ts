// The commands that were recorded last in a folder, wherever they were started.
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { commandText } from '../../protocol/recording/command-line';
import type { RunDetail } from '../../protocol/run';
import type { EngineSession } from '../session/engine-session';
import type { RecentCommand } from './recent-commands';

/** Rows that are looked through, runs that are read, commands that are offered. */
const [rows, read, offered] = [50, 20, 8];
/** Milliseconds. */
const patience = 2000;
/** MLflow's id of the experiment that is nobody's choice. */
const defaultExperiment = '0';

/** Newest first and each once: those of the engine, when it answers, then those that the window itself `remembered`. */
export async function recordedBefore(
  session: EngineSession,
  remembered: readonly RecentCommand[],
): Promise<RecentCommand[]> {
  const root = await realpath(session.folder.uri.fsPath).catch(() => session.folder.uri.fsPath);
  const folder = session.folder.uri.toString();
  const recorded = await recordedRuns(session).catch(() => []);
  const all = [...recorded.flatMap((run) => commandOf(run, root) ?? []), ...remembered];
  const byText = new Map<string, RecentCommand>();
  for (const each of all) {
    const text = `${each.cwd ?? ''}\n${commandText(each.command)}`;
    if (!byText.has(text)) byText.set(text, { ...each, folder });
  }
  return [...byText.values()].slice(0, offered);
}

async function recordedRuns({ client }: EngineSession): Promise<RunDetail[]> {
  if (client === undefined) return [];
  const { runs } = client.api;
  const options = { signal: AbortSignal.timeout(patience) };
  const { items } = await runs.list.query({ limit: rows }, options);
  const newest = items.filter(({ recorded }) => recorded).slice(0, read);
  const details = newest.map(({ runId }) => runs.get.query({ runId }, options).catch(() => undefined));
  return (await Promise.all(details)).flatMap((run) => run ?? []);
}

/** Undefined for a run from elsewhere: from there its command would find nothing here. */
function commandOf(run: RunDetail, root: string): Omit<RecentCommand, 'folder'> | undefined {
  const { recording, experimentId, experimentName } = run;
  if (recording === null) return undefined;
  const cwd = relative(root, recording.cwd);
  if (cwd === '..' || cwd.startsWith(`..${sep}`) || isAbsolute(cwd)) return undefined;
  return {
    command: recording.command,
    ...(experimentId === defaultExperiment ? {} : { experiment: experimentName }),
    ...(cwd === '' ? {} : { cwd }),
  };
}
