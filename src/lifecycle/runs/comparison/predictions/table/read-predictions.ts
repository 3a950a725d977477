// Reads a file of predictions by what its name says it is.
import { SlipwayError } from '../../../../../base/errors';
import type { ByteSource } from '../../../../../platform/tables/byte-source';
import { readCsv } from '../../../../../platform/tables/csv-table';
import { readJsonLines, readJsonTable } from '../../../../../platform/tables/json-table';
import { readParquet } from '../../../../../platform/tables/parquet-table';
import { mostRows, PredictionTable, type TableTerms } from './prediction-table';

/** Artifacts that hold predictions, the first one wins. */
export const predictionFiles = [
  'predictions.parquet',
  'predictions.csv',
  'predictions.jsonl',
  'eval_results_table.json',
] as const;

/** The table. Throws SlipwayError `invalid` with what is wrong and where, `too-large` beyond a million rows. */
export async function readPredictions(source: ByteSource, options: TableTerms = {}): Promise<PredictionTable> {
  const ending = /\.([^./\\]+)$/.exec(source.name)?.[1]?.toLowerCase();
  const table = new PredictionTable(source.name, { ...options, mlflow: ending === 'json' });
  if (source.size > 0) {
    if (ending === 'parquet') await readParquet(source, table, mostRows);
    else if (ending === 'csv' || ending === 'tsv') await readCsv(source, table);
    else if (ending === 'jsonl' || ending === 'ndjson') await readJsonLines(source, table);
    else if (ending === 'json') await readJsonTable(source, table);
    else throw new SlipwayError('invalid', `${source.name} is neither .parquet, .csv nor .jsonl, so it was not read.`);
  }
  if (table.ids.length === 0) {
    throw new SlipwayError(
      'invalid',
      `${source.name} has no rows. Write one row per example: id, y_true, y_pred or score.`,
    );
  }
  return table;
}
