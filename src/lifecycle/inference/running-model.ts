// One loaded model of a model process.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { SlipwayError } from '../../base/errors';
import { OnnxSession, type OnnxTensor } from '../../platform/onnx/onnx-session';
import type { OpenedModel, OutputValue, Prediction, PredictionQuery } from '../../protocol/inference/prediction';
import { derivedView, type ModelView } from './derived/derived-view';
import type { ListNames } from './derived/packed-list';
import { takeInput } from './input/take-input';
import { readOutline } from './model-file/model-file';
import { fromOnnx, toOnnx } from './tensor/tensor-form';

type Tensors = Readonly<Record<string, OnnxTensor>>;

/** What a run gave, by output. */
export type RunValues = Map<string, OnnxTensor | OnnxTensor[]>;

/** A model that is ready to be run. Its process holds one. */
export class RunningModel {
  readonly path: string;
  readonly #session: OnnxSession;
  readonly #view: ModelView;
  readonly #loadMilliseconds: number;
  readonly #stamps: ReadonlyMap<string, string>;
  #runs = 0;

  private constructor(
    path: string,
    stamps: ReadonlyMap<string, string>,
    { session, view, loadMilliseconds }: { session: OnnxSession; view: ModelView; loadMilliseconds: number },
  ) {
    this.path = path;
    this.#stamps = stamps;
    this.#session = session;
    this.#view = view;
    this.#loadMilliseconds = loadMilliseconds;
  }

  /**
   * Loads the model at `path`; `profile` is the beginning of the path that a profile is written to when it is released.
   * Throws SlipwayError `invalid` with why it does not run here.
   */
  static async open(path: string, threads: number, profile?: string): Promise<RunningModel> {
    const start = performance.now();
    const outline = readOutline(path);
    const beside = outline.externalFiles.filter(({ state }) => state === 'found');
    const files = [path, ...beside.map((each) => join(dirname(path), each.path))];
    const stamps = new Map(files.map((file) => [file, stampOf(file)]));
    const view = await derivedView(path, outline);
    const session = await OnnxSession.open(view.source, { threads, profile });
    return new RunningModel(path, stamps, { session, view, loadMilliseconds: performance.now() - start });
  }

  /** Whether its file, and those beside it that hold its weights, are as they were when it was loaded. */
  get isCurrent(): boolean {
    return [...this.#stamps].every(([file, stamp]) => stampOf(file) === stamp);
  }

  /** Gives back what onnxruntime gives back; the model is run no more. */
  release(): Promise<void> {
    return this.#session.release();
  }

  get opened(): OpenedModel {
    const { inputs, outputs, labels, changes } = this.#view;
    return { inputs, outputs, labels, changes, loadMilliseconds: this.#loadMilliseconds };
  }

  /** Runs the model on what was given. Throws SlipwayError `invalid` with what does not fit. */
  async predict({ given, outputs }: Pick<PredictionQuery, 'given' | 'outputs'>): Promise<Prediction> {
    const { inputs, changes, outputs: all } = this.#view;
    const { feeds, ...taken } = await takeInput(given, inputs);
    const wanted = outputs ?? all.map(({ name }) => name);
    const ready = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toOnnx(tensor)]));
    const isFirst = this.#runs === 0;
    const { values, milliseconds } = await this.run(ready, wanted);
    return { ...this.told(values), milliseconds, isFirst, taken, changes };
  }

  /** What a run gave, as it crosses processes, with the classes of its columns. */
  told(values: RunValues): Pick<Prediction, 'outputs' | 'labels'> {
    return {
      outputs: Object.fromEntries([...values].map(([name, value]) => [name, handedOver(value)])),
      labels: Object.fromEntries(Object.entries(this.#view.labels).filter(([name]) => values.has(name))),
    };
  }

  /**
   * Runs the model on tensors, by the names of its file; `milliseconds` of all that it took. Throws SlipwayError `invalid` where
   * it fails, or scores more or fewer classes than it names.
   */
  async run(feeds: Tensors, outputs: readonly string[]): Promise<{ values: RunValues; milliseconds: number }> {
    const { sessionNames, lists } = this.#view;
    const inside = (name: string): string => sessionNames.get(name) ?? name;
    const own = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [inside(name), tensor]));
    const [first, ...rest] = outputs.map((name) => this.#fetched(name));
    if (first === undefined) throw new SlipwayError('invalid', 'The model has no output that can be handed over here.');
    const start = performance.now();
    const answer = await this.#session.run(own, [...new Set([first, ...rest].flat())]);
    const values: RunValues = new Map();
    for (const name of outputs) {
      const list = lists.get(name);
      values.set(name, list === undefined ? (answer[inside(name)] as OnnxTensor) : unpackedList(list, answer));
    }
    for (const [name, classes] of Object.entries(this.#view.labels)) requireScores(name, classes, values.get(name));
    this.#runs += 1;
    return { values, milliseconds: performance.now() - start };
  }

  /** What is asked of the session for an output. Throws SlipwayError `invalid` for what is none. */
  #fetched(name: string): string[] {
    const list = this.#view.lists.get(name);
    if (list !== undefined) return [list.items, list.sizes, list.ranks];
    const inside = this.#view.outputs.some((each) => each.name === name) && this.#view.sessionNames.get(name);
    if (!inside) throw new SlipwayError('invalid', `The model has no output ${name} that can be handed over.`);
    return [inside];
  }
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
}

/** Of an output that was a map from classes to scores: onnxruntime makes none where they are not as many. */
function requireScores(
  name: string,
  { length }: readonly unknown[],
  value: OnnxTensor | OnnxTensor[] | undefined,
): void {
  if (value === undefined || Array.isArray(value)) return;
  const found = value.shape.at(-1) ?? 1;
  if (found === length) return;
  const sentence = `The output ${name} has ${found} ${found === 1 ? 'score' : 'scores'} a row for ${length} classes. Export the model again.`;
  throw new SlipwayError('invalid', sentence);
}

function unpackedList({ items, sizes, ranks }: ListNames, answer: Tensors): OnnxTensor[] {
  const { type, data } = answer[items] as OnnxTensor;
  const all = Array.from((answer[sizes] as OnnxTensor).data as BigInt64Array, Number);
  let [at, from] = [0, 0];
  return Array.from((answer[ranks] as OnnxTensor).data as BigInt64Array, (rank) => {
    const shape = all.slice(at, at + Number(rank));
    at += shape.length;
    const length = shape.reduce((product, size) => product * size, 1);
    from += length;
    return { type, shape, data: data.slice(from - length, from) as OnnxTensor['data'] };
  });
}

function handedOver(value: OnnxTensor | OnnxTensor[]): OutputValue {
  return Array.isArray(value) ? value.map(fromOnnx) : fromOnnx(value);
}
