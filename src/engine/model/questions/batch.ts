// A whole table through the model of this process: rows are read, run and kept in batches.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { SlipwayError } from '../../../base/errors';
import { conditionFaults } from '../../../lifecycle/datasets/scan/condition-columns';
import { type OpenTerms, withTables } from '../../../lifecycle/datasets/scan/open-tables';
import { tableColumns, tableShape } from '../../../lifecycle/datasets/scan/shape';
import { BatchRun } from '../../../lifecycle/inference/batch/batch-run';
import { predictionFormat } from '../../../lifecycle/inference/scan/prediction-file';
import type { BatchQuery, BatchResult, ConditionsQuery, TableParts } from '../../../protocol/inference/batch';
import type { AskedOf } from '../../asked/answer-lines';
import { sweepSpills } from '../../data/spill-folders';
import { readTable } from './read-table';
import { ensuredModel } from './run';

/** Throws as `BatchQuestions` says. */
export async function answerBatch(query: BatchQuery, { signal, progress }: AskedOf<never>): Promise<BatchResult> {
  const start = performance.now();
  if (predictionFormat(query.output) === undefined) {
    throw new SlipwayError('invalid', `${query.output}: name a file that ends in .parquet, .csv or .jsonl.`);
  }
  const model = await ensuredModel(query.path);
  return spilling(signal, ({ spill, ...terms }) =>
    withTables({ data: query.source }, { spill, ...terms }, async (tables) => {
      const { notes } = tables;
      const shape = await tableShape(tables);
      const run = new BatchRun(model, query, shape);
      const told = await run.through(await readTable(tables, shape.columns), { spill, signal, progress });
      return { ...told, notes: [...notes, ...told.notes], milliseconds: performance.now() - start };
    }),
  );
}

/** Throws SlipwayError as reading the table does. */
export async function answerTableParts(
  { source, conditions }: ConditionsQuery,
  { signal }: AskedOf<never>,
): Promise<TableParts> {
  return spilling(signal, async (terms) => {
    const columns = await withTables({ data: source }, terms, (tables) => tableColumns(tables));
    return { columns: columns.map(({ name }) => name), faults: await conditionFaults(source, conditions, terms) };
  });
}

async function spilling<T>(signal: AbortSignal, work: (terms: OpenTerms) => Promise<T>): Promise<T> {
  sweepSpills();
  const spill = join(tmpdir(), `slipway-spill-${process.pid}`);
  try {
    return await work({ megabytes: 512, threads: 1, spill, signal });
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
}
