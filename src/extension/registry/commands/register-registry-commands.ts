// Every command on registered models, by its id. A failure becomes one sentence, once.
import { commands, env, l10n } from 'vscode';
import { type Disposable, DisposableStore } from '../../../base/disposable';
import { tryVersion } from '../panel/tried-model';
import type { RegistryTools } from '../registry-tools';
import type { MoreModelsNode } from '../tree/models-node';
import {
  type ChosenModel,
  type ChosenVersion,
  chosenModel,
  chosenVersion,
  type GivenModel,
  versionIn,
} from './chosen-models';
import { agreeToRules, approve, promote, reject, rollBack, waive } from './decision-acts';
import { openRules, runGate } from './gate-acts';
import { registerModel } from './register-model';

/** Registers them until disposed of. */
export function registerRegistryCommands(tools: RegistryTools): Disposable {
  const store = new DisposableStore();
  for (const [id, handler] of Object.entries({ ...wholeCommands(tools), ...rowCommands(tools) })) {
    const run = handler as (...given: unknown[]) => unknown;
    store.add(commands.registerCommand(id, (...given) => tools.notices.attempt(id, () => run(...given))));
  }
  return store;
}

function wholeCommands(tools: RegistryTools) {
  return {
    'slipway.registerModel': (given?: Parameters<typeof registerModel>[1]) => registerModel(tools, given),
    'slipway.refreshModels': () => tools.view.refresh(),
    'slipway.loadMoreModels': (node: MoreModelsNode) => tools.view.loadMore(node),
  };
}

/** Those about a row of the view, or a model and a version that are picked. */
function rowCommands(tools: RegistryTools) {
  const model = async (given: GivenModel, act: (chosen: ChosenModel) => unknown): Promise<void> => {
    const chosen = await chosenModel(tools, given);
    if (chosen !== undefined) await act(chosen);
  };
  const version = async (given: GivenModel, act: (chosen: ChosenVersion) => unknown): Promise<void> => {
    const chosen = await chosenVersion(tools, given);
    if (chosen !== undefined) await act(chosen);
  };
  return {
    // From a click or Enter, which name no row, the keyboard stays in the view.
    'slipway.openThisModel': (given: GivenModel) => show(tools, given, given === undefined),
    'slipway.runGate': (given: GivenModel) => version(given, (chosen) => runGate(tools, chosen)),
    'slipway.approveVersion': (given: GivenModel) => version(given, (chosen) => approve(tools, chosen)),
    'slipway.rejectVersion': (given: GivenModel) => version(given, (chosen) => reject(tools, chosen)),
    'slipway.waiveRule': (given: GivenModel) => version(given, (chosen) => waive(tools, chosen)),
    'slipway.promoteVersion': (given: GivenModel) => version(given, (chosen) => promote(tools, chosen)),
    'slipway.rollBackModel': (given: GivenModel) => model(given, (chosen) => rollBack(tools, chosen)),
    'slipway.approveRules': (given: GivenModel) => model(given, (chosen) => agreeToRules(tools, chosen)),
    'slipway.openModelRules': (given: GivenModel) => model(given, openRules),
    'slipway.openModelFile': (given: GivenModel) => version(given, (chosen) => tryVersion(chosen, tools.storage)),
    'slipway.copyModelName': (given: GivenModel) => version(given, (chosen) => copyName(tools, chosen)),
  };
}

/** Its own panel; of a model the newest version is shown there. */
async function show(tools: RegistryTools, given: GivenModel, keepsFocus: boolean): Promise<void> {
  const row = given ?? tools.view.selected;
  const chosen = await chosenModel(tools, row);
  if (chosen === undefined) return;
  const folder = chosen.session.folder.uri.toString();
  tools.panels.show({ folder, model: chosen.name, version: versionIn(row), keepsFocus });
}

async function copyName({ view }: RegistryTools, { name, version }: ChosenVersion): Promise<void> {
  await env.clipboard.writeText(`${name}@${version}`);
  view.say(l10n.t('{0} copied.', `${name}@${version}`));
}
