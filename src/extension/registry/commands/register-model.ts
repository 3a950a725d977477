// Makes a version of a registered model: of an .onnx file of the Explorer, of a file among a run's artifacts, or of what the
// user picks.
import { basename } from 'node:path';
import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { EngineClient } from '../../../client/engine-client';
import { ownModelProcesses } from '../../../client/model/model-processes';
import { knownIdentity } from '../../../client/registry/identity';
import { modelFileSource } from '../../../client/registry/model-file-source';
import { type RegisteredSource, registerVersion } from '../../../client/registry/registered-file';
import { pickModel } from '../../inference/try/pick-model';
import type { ClickedFile } from '../../panels/run/file-commands';
import type { EngineSession } from '../../session/engine-session';
import type { RunNode } from '../../views/run-node';
import type { RegistryTools } from '../registry-tools';
import type { ModelsNode } from '../tree/models-node';
import { pickArtifact } from './pick-artifact';
import { pickName } from './pick-name';

/** What is to become a version, and in which folder it is kept. `suggested`: what it may be called. */
interface Wanted {
  session: EngineSession;
  suggested: string;
  read: (client: EngineClient) => Promise<RegisteredSource>;
}

type Given = Uri | RunNode | ClickedFile | ModelsNode | null | undefined;

/** Asks for what was not given. */
export async function registerModel(tools: RegistryTools, given?: Given): Promise<void> {
  const name = given != null && 'model' in given ? given.model.name : undefined;
  const wanted = await wantedOf(tools, given);
  if (wanted === undefined) return;
  const { session, suggested, read } = wanted;
  const client = await session.awaitClient();
  const model = name ?? (await pickName(session, suggested));
  if (model === undefined) return;
  const options = { location: ProgressLocation.Notification, title: l10n.t('Registering {0}', suggested) };
  const made = await window.withProgress(options, async () => {
    const identity = await knownIdentity(session.folder.uri.fsPath);
    return registerVersion(client, model, { source: await read(client), data: null, identity });
  });
  const { isGated } = await client.api.registry.get.query({ name: model, limit: 1 });
  tellMade({ folder: session.folder.uri.toString(), name: model, version: made.version }, isGated);
}

function tellMade(made: { folder: string; name: string; version: string }, isGated: boolean): void {
  const [open, gate] = [l10n.t('Open'), l10n.t('Run Gate')];
  const sentence = l10n.t('{0}@{1} is registered.', made.name, made.version);
  void window.showInformationMessage(sentence, ...(isGated ? [gate, open] : [open])).then((picked) => {
    if (picked === open) void commands.executeCommand('slipway.openModelVersion', made);
    if (picked === gate) void commands.executeCommand('slipway.runGate', made);
  });
}

async function wantedOf(tools: RegistryTools, given: Given): Promise<Wanted | undefined> {
  if (given instanceof Uri) return fileWanted(tools, given);
  if (given != null && 'runId' in given) return artifactWanted(tools.sessions.get(given.folder), given);
  if (given?.kind === 'run') {
    const { session, run } = given;
    const path = await pickArtifact(session.requireClient(), run);
    return path === undefined ? undefined : artifactWanted(session, { runId: run.runId, path });
  }
  const file = await pickModel(l10n.t('Register a Model Version'));
  return file === undefined ? undefined : fileWanted(tools, file, given?.session);
}

function artifactWanted(session: EngineSession, { runId, path }: { runId: string; path: string }): Wanted {
  const read = async (): Promise<RegisteredSource> => ({ kind: 'artifact', runId, path });
  return { session, suggested: stemOf(path), read };
}

async function fileWanted(tools: RegistryTools, file: Uri, known?: EngineSession): Promise<Wanted | undefined> {
  if (!workspace.isTrusted) {
    throw new SlipwayError('forbidden', l10n.t('Slipway runs nothing in Restricted Mode. Trust this window first.'));
  }
  const session = known ?? tools.sessions.holding(file) ?? (await tools.sessions.chooseRunning());
  if (session === undefined) return undefined;
  const setting = workspace.getConfiguration('slipway').get<string>('node.path', '');
  const read = async (): Promise<RegisteredSource> => {
    const models = ownModelProcesses(() => ({ setting, bundle: tools.bundle }));
    try {
      return await modelFileSource(models, file.fsPath);
    } finally {
      models.dispose();
    }
  };
  return { session, suggested: stemOf(file.path), read };
}

function stemOf(path: string): string {
  return basename(path).replace(/\.onnx$/i, '');
}
