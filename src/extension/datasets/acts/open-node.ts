// Opens what stands in a lineage or was found: a dataset, a version, a run, a file, and of a model the run that made it.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { commands, env, l10n, Uri } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { LineageKind } from '../../../protocol/datasets/lineage';
import type { DatasetTab } from '../../../protocol/datasets/panel/panel-state';
import { openKnownRun } from '../../links/run-opening';
import type { EngineSession } from '../../session/engine-session';
import type { DatasetTools } from '../dataset-tools';

/** Throws SlipwayError `not-found` for what is not here. */
export async function openNode(
  tools: DatasetTools,
  session: EngineSession,
  { kind, id, tab = null }: { kind: LineageKind | 'dataset'; id: string; tab?: DatasetTab | null },
): Promise<void> {
  const folder = session.folder.uri.toString();
  switch (kind) {
    case 'dataset':
      return tools.panels.show({ folder, dataset: id });
    case 'version': {
      const at = id.lastIndexOf('@');
      return tools.panels.show({ folder, dataset: id.slice(0, at), version: id.slice(at + 1), tab });
    }
    case 'run':
      return openKnownRun(tools.runs, session, id);
    case 'model':
      return openModel(tools, session, id);
    case 'source':
    case 'stage':
      return openFile(session, id);
  }
}

/** The run that a model came from is where its numbers are. */
async function openModel(tools: DatasetTools, session: EngineSession, id: string): Promise<void> {
  const lineage = await session.requireClient().api.workspace.lineage.query({ kind: 'model', id, depth: 1 });
  const run = lineage.edges.find(({ from, to }) => from.kind === 'run' && to.kind === 'model' && to.id === id)?.from;
  if (run === undefined) throw new SlipwayError('not-found', l10n.t('No run is known that {0} came from.', id));
  await openKnownRun(tools.runs, session, run.id);
}

/** A file of the workspace, the pipeline that a stage stands in, or an address. */
async function openFile({ folder }: EngineSession, id: string): Promise<void> {
  if (/^https?:\/\//.test(id)) return void (await env.openExternal(Uri.parse(id)));
  const [path = ''] = id.split(/[:#]/);
  const places = [id, path].map((each) => (isAbsolute(each) ? each : join(folder.uri.fsPath, each)));
  const place = places.find((each) => existsSync(each));
  if (place === undefined) throw new SlipwayError('not-found', l10n.t('{0} is not on this machine.', id));
  await commands.executeCommand('vscode.open', Uri.file(place));
}
