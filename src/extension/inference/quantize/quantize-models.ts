// Quantize Model…: asks, quantizes as a recorded run where there is a workspace, and shows what it brought and cost.
import { basename, dirname } from 'node:path';
import { commands, l10n, ProgressLocation, TabInputCustom, Uri, window, workspace } from 'vscode';
import type { Disposable } from '../../../base/disposable';
import type { NodeChoiceOptions } from '../../../client/node-choice';
import { choosePython } from '../../../client/quantization/python-choice';
import { type QuantizedModel, type QuantizeRequest, quantizeModel } from '../../../client/quantization/quantize-model';
import { requireQuantizable, usualWeights } from '../../../protocol/inference/quantization/quantizable';
import { costSentences, quantizationSummary } from '../../../protocol/inference/quantization/quantization-words';
import type { JobProgress } from '../../../protocol/jobs/job';
import { untilCancelled } from '../../cancellable-work';
import type { Notices } from '../../notices';
import type { RunPanels } from '../../panels/run-panels';
import type { EngineSession } from '../../session/engine-session';
import { pythonInterpreter } from '../../tasks/python-interpreter';
import { type ModelMemory, stampOf } from '../model-memory';
import type { KeptTrials } from '../try/kept-trials';
import { pickModel } from '../try/pick-model';
import {
  type ChoiceOptions,
  chooseCalibration,
  chooseLabelled,
  chooseMethod,
  chooseOutput,
  chooseWeights,
} from './quantize-choices';
import type { KeptQuantization } from './quantized-pages';

/** `node`: which Node runs what is started here. */
export interface QuantizeModelsOptions extends Omit<ChoiceOptions, 'path'> {
  node: () => NodeChoiceOptions;
  notices: Notices;
  runs: RunPanels;
  trials: KeptTrials;
  memory: ModelMemory<KeptQuantization>;
}

const calibrationRows = 512;

/** Registers the command. */
export class QuantizeModels implements Disposable {
  readonly #options: QuantizeModelsOptions;
  readonly #registered: Disposable;

  constructor(options: QuantizeModelsOptions) {
    this.#options = options;
    const acts = options.notices.attemptEach({
      'slipway.quantizeModel': (file?: Uri) => this.#act(file),
    });
    this.#registered = commands.registerCommand('slipway.quantizeModel', acts['slipway.quantizeModel']);
  }

  dispose(): void {
    this.#registered.dispose();
  }

  async #act(file: Uri | undefined): Promise<void> {
    const model = file ?? modelInFront() ?? (await pickModel(l10n.t('Quantize Model')));
    if (model === undefined) return;
    const session = this.#options.sessions.holding(model);
    const request = await this.#request(model.fsPath, session);
    if (request === undefined) return;
    const done = await this.#quantize(request, session);
    if (done === undefined) return;
    // What it came to stands there until somebody answers: that is no part of the work.
    this.#show(request, done, session).catch((error) => this.#options.notices.tell(error, { again: true }));
  }

  /** Undefined when the user turned away. */
  async #request(path: string, session: EngineSession | undefined): Promise<QuantizeRequest | undefined> {
    if (!workspace.isTrusted) throw new Error(l10n.t('Models are run in trusted folders only.'));
    const options = { ...this.#options, path };
    const outline = await options.processes.ask('outline', { path });
    const method = await chooseMethod();
    if (method === undefined) return undefined;
    requireQuantizable(basename(path), outline, method);
    const calibration = method === 'static' ? await chooseCalibration(options) : { chosen: null };
    if (calibration === undefined) return undefined;
    const weights = await chooseWeights(usualWeights(outline, method));
    if (weights === undefined) return undefined;
    const labelled = await chooseLabelled(options);
    if (labelled === undefined) return undefined;
    const place = await chooseOutput(path);
    if (place === undefined) return undefined;
    return {
      model: path,
      ...place,
      terms: {
        ...{ method, ...weights, ranges: 'minmax' as const },
        ...{ reduceRange: false, operators: [] },
      },
      python: await pythonOf(path, session),
      calibration: calibration.chosen?.rows ?? null,
      ...{ calibrationRows, seed: 1 },
      data: labelled.chosen?.rows ?? null,
      labelled: labelled.labelled,
      override: null,
      inputs: [...new Set([path, ...(calibration.chosen?.inputs ?? []), ...(labelled.chosen?.inputs ?? [])])],
    };
  }

  /** Undefined when the user cancelled it. */
  async #quantize(request: QuantizeRequest, session: EngineSession | undefined): Promise<QuantizedModel | undefined> {
    const { processes: models, node } = this.#options;
    const client = session?.state.kind === 'running' ? session.client : undefined;
    const kept = client && session ? { root: session.folder.uri.fsPath, client } : null;
    const title = l10n.t('Quantizing {0}', basename(request.model));
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    return window.withProgress(options, async (progress, token) => {
      const onProgress = ({ what, done, total }: JobProgress): void => {
        const share = total > 0 ? l10n.t('{0} {1} %', what, Math.floor((100 * done) / total)) : what;
        progress.report({ message: share });
      };
      const terms = { models, node: node(), workspace: kept, onProgress };
      try {
        return await untilCancelled(token, (signal) => quantizeModel(request, { ...terms, signal }));
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        throw error;
      }
    });
  }

  async #show(
    { model, output }: QuantizeRequest,
    { quantization, runId }: QuantizedModel,
    session: EngineSession | undefined,
  ): Promise<void> {
    const [details, compare, run] = [l10n.t('Before and After'), l10n.t('Try Against'), l10n.t('Open Run')];
    const summary = quantizationSummary(quantization);
    const { before, after } = quantization.bytes;
    const [cost = ''] = costSentences(quantization);
    const said = [
      summary,
      cost,
      ...(after < before || cost.startsWith('It is no smaller') ? [] : [l10n.t('It is no smaller.')]),
    ];
    const acts = [details, compare, ...(runId === null ? [] : [run])];
    this.#keep({ model, output }, { quantization, runId }, session);
    const chosen = await window.showInformationMessage(said.join(' '), ...acts);
    if (chosen === details) {
      // The file's own part of the page, where both stand beside each other.
      this.#options.trials.keep(output, { other: model, part: 'model' });
      await commands.executeCommand('vscode.openWith', Uri.file(output), 'slipway.model');
    }
    if (chosen === compare) {
      // The page of the new model finds the one it was made of beside it.
      this.#options.trials.keep(output, { other: model, part: undefined });
      await commands.executeCommand('vscode.openWith', Uri.file(output), 'slipway.model');
    }
    if (chosen === run && runId !== null && session !== undefined) {
      this.#options.runs.show({ folder: session.folder.uri.toString(), runId, name: basename(output) });
    }
  }

  #keep(
    { model, output }: Pick<QuantizeRequest, 'model' | 'output'>,
    { quantization, runId }: QuantizedModel,
    session: EngineSession | undefined,
  ): void {
    const folder = session?.folder.uri.toString();
    const run = runId === null || folder === undefined ? null : { folder, runId };
    const stamps: KeptQuantization['stamps'] = [stampOf(model), stampOf(output)];
    const kept = { quantization, model, output, stamps, run, time: Date.now() };
    for (const path of [model, output]) this.#options.memory.keep(path, kept);
  }
}

/** The model that is open in front, if one is. */
function modelInFront(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && input.viewType === 'slipway.model' ? input.uri : undefined;
}

/** As Run & Record finds it; outside any folder the one of the model's own. */
async function pythonOf(model: string, session: EngineSession | undefined): Promise<string> {
  return session === undefined ? choosePython(undefined, [dirname(model)]) : pythonInterpreter(session.folder);
}
