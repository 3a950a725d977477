// Before and after of a quantization, on the pages of both models.
import { basename } from 'node:path';
import { commands, l10n, Uri } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { Quantization } from '../../../protocol/inference/quantization/quantization';
import type {
  QuantizationAsk,
  QuantizationAsks,
  ShownQuantization,
} from '../../../protocol/inference/quantization/quantization-panel';
import type { RunPanels } from '../../panels/run-panels';
import { type ModelMemory, stampOf } from '../model-memory';

/** Kept under the paths of both models. `folder`: the workspace folder, a URI, whose run it is; null without one. */
export interface KeptQuantization {
  quantization: Quantization;
  model: string;
  output: string;
  stamps: [model: string, output: string];
  run: { folder: string; runId: string } | null;
  time: number;
}

type Answers = { [Q in QuantizationAsk]: () => Promise<QuantizationAsks[Q]['answer']> };

/** Answers the page of the model at `path`. */
export class QuantizedPage {
  readonly #path: string;
  readonly #memory: ModelMemory<KeptQuantization>;
  readonly #runs: RunPanels;

  constructor(path: string, { memory, runs }: { memory: ModelMemory<KeptQuantization>; runs: RunPanels }) {
    this.#path = path;
    this.#memory = memory;
    this.#runs = runs;
  }

  /** Undefined for a question that is not about a quantization. */
  ask(name: string): Promise<unknown> | undefined {
    return Object.hasOwn(this.#answers, name) ? this.#answers[name as QuantizationAsk]() : undefined;
  }

  readonly #answers: Answers = {
    quantized: async () => this.#shown,
    openQuantizationRun: async () => {
      const { run, output } = this.#required;
      if (run === null) throw new SlipwayError('not-found', l10n.t('No run keeps this quantization.'));
      this.#runs.show({ ...run, name: basename(output) });
      return null;
    },
    openQuantized: async () => {
      const { model, output } = this.#required;
      const other = output === this.#path ? model : output;
      if (stampOf(other) === '') throw new SlipwayError('not-found', l10n.t('{0} is gone.', basename(other)));
      await commands.executeCommand('vscode.openWith', Uri.file(other), 'slipway.model');
      return null;
    },
  };

  get #shown(): ShownQuantization | null {
    const kept = this.#memory.of(this.#path);
    if (kept === undefined) return null;
    const { quantization, model, output, stamps, run, time } = kept;
    const isStale = stampOf(model) !== stamps[0] || stampOf(output) !== stamps[1];
    return { quantization, isOutput: output === this.#path, isStale, time, isRecorded: run !== null };
  }

  get #required(): KeptQuantization {
    const kept = this.#memory.of(this.#path);
    if (kept === undefined) throw new SlipwayError('not-found', l10n.t('Quantize the model first.'));
    return kept;
  }
}
