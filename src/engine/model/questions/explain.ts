// Questions why the model of this process says what it says.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTables } from '../../../lifecycle/datasets/scan/open-tables';
import { tableColumns } from '../../../lifecycle/datasets/scan/shape';
import { explainRow } from '../../../lifecycle/inference/explain/explain-row';
import type { ExplainSurroundings } from '../../../lifecycle/inference/explain/explained-model';
import { featureImportance } from '../../../lifecycle/inference/explain/feature-importance';
import { whatIf } from '../../../lifecycle/inference/explain/what-if';
import type { RunningModel } from '../../../lifecycle/inference/running-model';
import type { TableOpener } from '../../../lifecycle/inference/scan/table-rows';
import type { ExplainQuestions } from '../../../protocol/inference/explain/explanation';
import type { AnswersTo, AskedOf } from '../../asked/answer-lines';
import { readTable } from './read-table';
import { ensuredModel } from './run';

export const explainAnswers: AnswersTo<ExplainQuestions> = {
  explainRow: (query, asked) => explained(explainRow, query, asked),
  importance: (query, asked) => explained(featureImportance, query, asked),
  whatIf: (query, asked) => explained(whatIf, query, asked),
};

/** Does `act` with the model of this process, which may open tables. */
export async function explained<Query extends { path: string }, Answer>(
  act: (model: RunningModel, query: Query, surroundings: ExplainSurroundings) => Promise<Answer>,
  query: Query,
  { signal, progress }: AskedOf<never>,
): Promise<Answer> {
  const model = await ensuredModel(query.path);
  const spill = join(tmpdir(), `slipway-spill-${process.pid}`);
  try {
    const terms = { megabytes: 512, threads: 1, spill, signal };
    const open: TableOpener = (source, work) =>
      withTables({ data: source }, terms, async (tables) =>
        work(await readTable(tables, await tableColumns(tables)), tables.notes),
      );
    return await act(model, query, { open, spill, signal, progress });
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
}
