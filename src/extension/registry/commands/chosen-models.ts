// Which model or version a command is about: what it was given, what the panel in front shows, the row that is selected, else
// what is picked.
import { l10n, window } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { everyPage } from '../../../protocol/every-page';
import type { VersionSummary } from '../../../protocol/models/registry/model-version';
import type { ModelSummary } from '../../../protocol/models/registry/registered-model';
import { stageWord } from '../../../protocol/models/registry/registry-words';
import type { EngineSession } from '../../session/engine-session';
import type { RegistryTools } from '../registry-tools';
import { modelWords, versionWords } from '../tree/model-words';
import type { ModelsNode } from '../tree/models-node';

/** A model of a folder. */
export interface ChosenModel {
  session: EngineSession;
  name: string;
}

/** One of its versions, by its number. */
export interface ChosenVersion extends ChosenModel {
  version: string;
}

/** A model or a version by name, as a notification or another part of the window gives it. `folder` is a URI as text. */
export interface NamedModel {
  folder: string;
  name: string;
  version: string | null;
}

/** What a command is given: a row, a name, or nothing. */
export type GivenModel = ModelsNode | NamedModel | undefined;

/** The model that was given or is in front, or the only one, else the one that the user picks; undefined when the user turned away. Throws SlipwayError `not-found` where there is none. */
export async function chosenModel(tools: RegistryTools, given: GivenModel): Promise<ChosenModel | undefined> {
  const known = knownModel(tools, given ?? inFront(tools));
  if (known !== undefined) return known;
  const session = await tools.sessions.chooseRunning();
  if (session === undefined) return undefined;
  const name = await pickedModel(session);
  return name === undefined ? undefined : { session, name };
}

/** The name of a folder's only model, else of the one that the user picks. Throws SlipwayError `not-found` where there is none. */
export async function pickedModel(session: EngineSession): Promise<string | undefined> {
  const all = await allModels(session);
  const [first] = all;
  if (first === undefined) {
    const sentence = l10n.t('No model is registered here yet. Use Slipway: Register Model Version… first.');
    throw new SlipwayError('not-found', sentence);
  }
  if (all.length === 1) return first.name;
  const items = all.map((model) => ({ label: model.name, description: modelWords(model) }));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which model?'), matchOnDescription: true });
  return picked?.label;
}

/** The version that was given or is in front, or the only one, else the one that the user picks of the model. */
export async function chosenVersion(tools: RegistryTools, given: GivenModel): Promise<ChosenVersion | undefined> {
  const row = given ?? inFront(tools);
  const chosen = await chosenModel(tools, row);
  if (chosen === undefined) return undefined;
  const known = versionIn(row);
  if (known !== null) return { ...chosen, version: known };
  const placeHolder = l10n.t('Which version of {0}?', chosen.name);
  const items = await versionItems(chosen);
  const [only] = items;
  if (only !== undefined && items.length === 1) return { ...chosen, version: only.version };
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked === undefined ? undefined : { ...chosen, version: picked.version };
}

/** Every model of a folder. Throws the engine's SlipwayError. */
export async function allModels(session: EngineSession): Promise<ModelSummary[]> {
  const { list } = session.requireClient().api.registry;
  const all: ModelSummary[] = [];
  for await (const { items } of everyPage((page) => list.query({ limit: 500, page }))) all.push(...items);
  return all;
}

function inFront({ panels, view }: RegistryTools): GivenModel {
  return panels.active ?? view.selected;
}

function knownModel({ sessions }: RegistryTools, given: GivenModel): ChosenModel | undefined {
  if (given === undefined) return undefined;
  if (!('kind' in given)) return { session: sessions.get(given.folder), name: given.name };
  return 'model' in given ? { session: given.session, name: given.model.name } : undefined;
}

/** The version that is named there; null where a model is, or nothing. */
export function versionIn(given: GivenModel): string | null {
  if (given === undefined) return null;
  if (!('kind' in given)) return given.version;
  return given.kind === 'version' ? given.version.version : null;
}

async function versionItems({ session, name }: ChosenModel) {
  const { get } = session.requireClient().api.registry;
  const all: VersionSummary[] = [];
  for await (const { items } of everyPage((page) => get.query({ name, limit: 500, page }))) all.push(...items);
  const now = Date.now();
  return all.map((each) => ({
    label: `v${each.version}`,
    description: [stageWord(each.stage), versionWords(each, now)].join(' · '),
    version: each.version,
  }));
}
