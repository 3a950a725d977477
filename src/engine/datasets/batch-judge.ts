// Whether data keep their dataset's contract: a fetched batch before it becomes a version, and a version before a training.
import { resolve } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { DatasetsService } from '../../lifecycle/datasets/service';
import type { CheckReport, CheckResult } from '../../protocol/datasets/contract/check';
import type { DatasetDefinition } from '../../protocol/datasets/dataset';
import type { DataProcesses } from '../data/data-processes';
import { fileSource, openContract } from './contract-file';
import type { BatchJudge } from './dataset-tables';

/** What it is judged with. */
export interface JudgeParts {
  data: DataProcesses;
  datasets: DatasetsService;
  root: string;
}

/** Judges fetched batches; a dataset without a contract takes all. A contract that is wrong lets nothing through. */
export function batchJudge({ data, datasets, root }: JudgeParts): BatchJudge {
  return async ({ dataset, definition, place }) => {
    const file = contractPath(root, definition);
    if (file === null) return [];
    try {
      const { text, path, table, others } = openContract({ root, datasets }, file, dataset);
      const now = new Date().toISOString();
      const input = { source: fileSource(place), contract: text, path, table: table.name, others, now };
      return failuresOf(await data.ask('check', input));
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
      return [error.message];
    }
  };
}

function contractPath(root: string, { contract }: Pick<DatasetDefinition, 'contract'>): string | null {
  return contract === undefined ? null : resolve(root, contract);
}

/** What of a report stops, a sentence each: failures of severity error, those of which nothing could be told, and checks that are wrong. */
export function failuresOf({ checks }: CheckReport): string[] {
  return checks
    .filter(
      ({ verdict, severity }) =>
        verdict === 'fail' || verdict === 'error' || (verdict === 'not checked' && severity === 'error'),
    )
    .map(sentenceOf);
}

function sentenceOf({ title, columns, expected, found, note, verdict }: CheckResult): string {
  const of = columns.length === 0 ? '' : ` of ${columns.join(', ')}`;
  if (verdict === 'not checked') return `${title}${of} could not be checked: ${note ?? found}`;
  return verdict === 'error' ? `${title}${of}: ${note}` : `${title}${of}: expected ${expected}, found ${found}.`;
}
