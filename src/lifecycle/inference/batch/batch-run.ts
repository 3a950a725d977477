// One table through one model.
import { setTimeout } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import type { OnnxTensor } from '../../../platform/onnx/onnx-session';
import type { TableColumn, TableShape } from '../../../protocol/datasets/table-shape';
import type { BatchQuery, BatchResult } from '../../../protocol/inference/batch';
import type { ModelOutline } from '../../../protocol/inference/outline';
import type { JobProgress } from '../../../protocol/jobs/job';
import { columnNames } from '../form/model-form';
import { readOutline } from '../model-file/model-file';
import type { RunningModel, RunValues } from '../running-model';
import { PredictionFile } from '../scan/prediction-file';
import { keptColumns, type ReadTable } from '../scan/read-table';
import { type TableBatch, tableBatches } from '../scan/table-batches';
import { BatchMetrics } from './batch-metrics';
import { checkDifferent, checkSlices } from './column-names';
import { planInputs } from './input-columns';
import { type ToldColumn, type ToldOutputs, tensorOf, toldColumns, toldOutputs } from './told-columns';

/** A table of so many rows is one batch, and its answer is handed over whole. */
const smallRows = 2048;

/** What the run may use, and how it is taken back and followed. */
export interface BatchTerms {
  spill: string;
  signal: AbortSignal;
  progress(progress: JobProgress): void;
}

interface BatchSums extends Pick<BatchResult, 'rows' | 'runMilliseconds' | 'columns' | 'answer'> {
  metrics: BatchMetrics;
}

/** Plans at once and throws SlipwayError `invalid` with what does not fit. */
export class BatchRun {
  readonly #model: RunningModel;
  readonly #query: BatchQuery;
  readonly #shape: TableShape;
  readonly #plan: ReturnType<typeof planInputs>;
  readonly #told: ToldOutputs;
  readonly #kept: { name: string; column: TableColumn }[];

  constructor(model: RunningModel, query: BatchQuery, shape: TableShape) {
    const { inputs, outputs, labels } = model.opened;
    this.#model = model;
    this.#query = query;
    this.#shape = shape;
    const { id, label, slices } = query;
    checkSlices(slices);
    checkDifferent(slices);
    this.#kept = [
      ...(id === null ? [] : [{ name: 'id', column: this.#column(id) }]),
      ...(label === null ? [] : [{ name: 'y_true', column: this.#column(label) }]),
      ...slices.map((name) => ({ name, column: this.#column(name) })),
    ];
    const outline = readOutline(query.path);
    const features = query.features ?? this.#namedFeatures(outline);
    this.#plan =
      features === null
        ? planInputs(shape.columns, inputs, this.#apart())
        : planInputs(
            features.map((name) => this.#column(name)),
            inputs,
            new Set(),
          );
    const named = new Map<string | null, (string | number)[]>(Object.entries(labels));
    for (const each of outline.labels) if (!named.has(each.output)) named.set(each.output, each.classes);
    this.#told = toldOutputs(outputs, named);
  }

  /** Reads the table, writes the output when all is run, and nothing when it is not. */
  async through(table: ReadTable, { spill, signal, progress }: BatchTerms): Promise<Omit<BatchResult, 'milliseconds'>> {
    const { output } = this.#query;
    const file = await PredictionFile.open(output, spill);
    const metrics = new BatchMetrics(this.#told.classes);
    const sums: BatchSums = { rows: 0, runMilliseconds: 0, columns: [], answer: null, metrics };
    try {
      const kept = await keptColumns(table, this.#kept);
      for await (const batch of tableBatches(table, { inputs: this.#plan.inputs, kept })) {
        await this.#run(batch, file, sums);
        progress({ what: 'Predicting', done: sums.rows, total: this.#shape.rows });
        // A wish to stop is heard between batches.
        await setTimeout(5);
        signal.throwIfAborted();
      }
      if (sums.rows === 0) throw new SlipwayError('invalid', 'The table has no row.');
      const { notes, ...result } = metrics.result();
      const names = new Map(result.judged?.kind === 'probabilities' ? [['y_pred', 'score']] : []);
      await file.finish(names, signal);
      const columns = sums.columns.map((name) => names.get(name) ?? name);
      return { ...sums, ...result, output, columns, notes: [...this.#plan.notes, ...notes] };
    } finally {
      file.close();
    }
  }

  async #run(batch: TableBatch, file: PredictionFile, sums: BatchSums): Promise<void> {
    const isSmall = this.#shape.rows <= smallRows;
    const all = this.#model.opened.outputs.map(({ name }) => name);
    const used = [this.#told.label, this.#told.scores].flatMap((name) => name ?? []);
    const { values, milliseconds } = await this.#model.run(batch.feeds, isSmall ? all : used);
    if (used.some((name) => isEitherWay(values.get(name), batch.rows))) await this.#requireRow(batch.feeds, used);
    const said = toldColumns(this.#told, values, batch.rows);
    const told = this.#columns(batch, said);
    if (sums.rows === 0) checkDifferent(told.map(({ name }) => name));
    await file.add(told, batch.rows);
    const truth = batch.kept.find(({ name }) => name === 'y_true');
    sums.metrics.take(truth, said, batch.rows);
    sums.runMilliseconds += milliseconds;
    sums.rows += batch.rows;
    sums.columns = told.map(({ name }) => name);
    if (isSmall) sums.answer = this.#model.told(values);
  }

  /** One row alone tells whether the outputs begin with rows. */
  async #requireRow(feeds: TableBatch['feeds'], outputs: readonly string[]): Promise<void> {
    const first = Object.entries(feeds).map(([name, { type, shape, data }]): [string, OnnxTensor] => {
      const alone = data.slice(0, data.length / (shape[0] ?? 1)) as OnnxTensor['data'];
      return [name, { type, shape: [1, ...shape.slice(1)], data: alone }];
    });
    const { values } = await this.#model.run(Object.fromEntries(first), outputs);
    for (const name of outputs) tensorOf(values, name, 1);
  }

  #column(name: string): TableColumn {
    const found = this.#shape.columns.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new SlipwayError(
      'invalid',
      `The table has no column ${name}. It has ${this.#shape.columns.map((each) => each.name).join(', ')}.`,
    );
  }

  /** The columns that the model's metadata name, where the table has them all. */
  #namedFeatures(outline: ModelOutline): string[] | null {
    const width = this.#width();
    const names = typeof width === 'number' && width > 1 ? columnNames(outline, width) : null;
    return names?.every((name) => this.#shape.columns.some((each) => each.name === name)) ? names : null;
  }

  /** How many values a row has, of a model of one input. */
  #width(): number | string | null {
    const [only, ...others] = this.#model.opened.inputs;
    return others.length === 0 && only?.type.kind === 'tensor' ? (only.type.shape?.[1] ?? null) : null;
  }

  /** A slice may be an input too; what names or answers a row is none. */
  #apart(): ReadonlySet<string> {
    const { id, label, slices } = this.#query;
    const width = this.#shape.columns.length;
    const takes = this.#width();
    const apart = new Set([id, label].flatMap((name) => name ?? []));
    // Slices stay inputs where the model needs every column.
    if (typeof takes === 'number' && width - apart.size === takes) return apart;
    return new Set([...apart, ...slices]);
  }

  /** The columns in the order of DESIGN: id, y_true, y_pred, scores, slices. */
  #columns({ start, rows, kept }: TableBatch, told: readonly ToldColumn[]): ToldColumn[] {
    const of = (name: string): ToldColumn[] => kept.filter((each) => each.name === name);
    const id = of('id');
    const number: ToldColumn = {
      name: 'id',
      type: 'BIGINT',
      values: Array.from({ length: rows }, (_, row) => BigInt(start + row)),
    };
    const slices = kept.filter(({ name }) => name !== 'id' && name !== 'y_true');
    return [...(id.length > 0 ? id : [number]), ...of('y_true'), ...told, ...slices];
  }
}

/** Whether another of its sizes is the number of rows too: it might be the one that counts them. */
function isEitherWay(value: ReturnType<RunValues['get']>, rows: number): boolean {
  return value !== undefined && !Array.isArray(value) && rows > 1 && value.shape.slice(1).includes(rows);
}
