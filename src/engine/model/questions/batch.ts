// A whole table through the model of this process: rows are read, run and kept in batches.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { SlipwayError } from '../../../base/errors';
import { withTables } from '../../../lifecycle/datasets/scan/open-tables';
import { tableShape } from '../../../lifecycle/datasets/scan/shape';
import { BatchRun } from '../../../lifecycle/inference/batch/batch-run';
import { predictionFormat } from '../../../lifecycle/inference/scan/prediction-file';
import type { BatchQuery, BatchResult } from '../../../protocol/inference/batch';
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
  sweepSpills();
  const spill = join(tmpdir(), `slipway-spill-${process.pid}`);
  const terms = { megabytes: 512, threads: 1, spill, signal };
  try {
    return await withTables({ data: query.source }, terms, async (tables) => {
      const { notes } = tables;
      const shape = await tableShape(tables);
      const run = new BatchRun(model, query, shape);
      const told = await run.through(await readTable(tables, shape.columns), { spill, signal, progress });
      return { ...told, notes: [...notes, ...told.notes], milliseconds: performance.now() - start };
    });
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
}
