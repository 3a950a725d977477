// One table through one model.
import { setTimeout } from 'node:timers/promises';
import { SlipwayError } from '../../../base/errors';
import type { DuckDatabase } from '../../../platform/duckdb/duck-database';
import type { TableColumn, TableShape } from '../../../protocol/datasets/table-shape';
import type { BatchQuery, BatchResult } from '../../../protocol/inference/batch';
import type { JobProgress } from '../../../protocol/jobs/job';
import { readOutline } from '../model-file/model-file';
import type { RunningModel } from '../running-model';
import { PredictionFile } from '../scan/prediction-file';
import { type TableBatch, tableBatches } from '../scan/table-batches';
import { BatchMetrics } from './batch-metrics';
import { checkDifferent, checkSlices } from './column-names';
import { planInputs } from './input-columns';
import { type ToldColumn, type ToldOutputs, toldColumns, toldOutputs } from './told-columns';

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
    this.#plan = planInputs(shape.columns, inputs, this.#apart());
    const named = new Map<string | null, (string | number)[]>(Object.entries(labels));
    for (const each of readOutline(query.path).labels)
      if (!named.has(each.output)) named.set(each.output, each.classes);
    this.#told = toldOutputs(outputs, named);
  }

  /** Reads the view `data`, writes the output when all is run, and nothing when it is not. */
  async through(
    duck: DuckDatabase,
    { spill, signal, progress }: BatchTerms,
  ): Promise<Omit<BatchResult, 'milliseconds'>> {
    const { output } = this.#query;
    const file = await PredictionFile.open(output, spill);
    const metrics = new BatchMetrics(this.#told.classes);
    const sums: BatchSums = { rows: 0, runMilliseconds: 0, columns: [], answer: null, metrics };
    try {
      for await (const batch of tableBatches(duck, 'data', { inputs: this.#plan.inputs, kept: this.#kept })) {
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

  #column(name: string): TableColumn {
    const found = this.#shape.columns.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new SlipwayError(
      'invalid',
      `The table has no column ${name}. It has ${this.#shape.columns.map((each) => each.name).join(', ')}.`,
    );
  }

  /** A slice may be an input too; what names or answers a row is none. */
  #apart(): ReadonlySet<string> {
    const { id, label, slices } = this.#query;
    const width = this.#shape.columns.length;
    const inputs = this.#model.opened.inputs;
    const [only] = inputs;
    const takes = inputs.length === 1 && only?.type.kind === 'tensor' ? (only.type.shape?.[1] ?? null) : null;
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
