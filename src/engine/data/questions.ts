// What the data process answers, by the name of the question.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportContract } from '../../lifecycle/datasets/contract/export/export-contract';
import { importContract } from '../../lifecycle/datasets/contract/import/import-contract';
import { badRows } from '../../lifecycle/datasets/scan/checks/bad-rows';
import { batchMeasures } from '../../lifecycle/datasets/scan/checks/batch-measures';
import { checkTable, openedContract } from '../../lifecycle/datasets/scan/checks/check-table';
import { draftContract } from '../../lifecycle/datasets/scan/checks/draft-scan';
import { type OpenTerms, withTables } from '../../lifecycle/datasets/scan/open-tables';
import { columnFacts } from '../../lifecycle/datasets/scan/profile/column-facts';
import { tableShape } from '../../lifecycle/datasets/scan/shape';
import type { DataPartial, DataQuestion, DataQuestions } from '../../protocol/datasets/data-questions';
import type { AnswersTo, AskedOf } from '../asked/answer-lines';
import { answerDiff, answerDiffRows } from './questions/diff';
import { answerDrift, answerDriftColumn } from './questions/drift';
import { answerGridCell, answerGridCount, answerGridHeads, answerGridPage } from './questions/grid';
import { answerProfile } from './questions/profile';

/** How a question is taken back, and how it tells what it has so far. */
export type Asked<Q extends DataQuestion> = AskedOf<DataPartial<Q>>;

export const answers: AnswersTo<DataQuestions> = {
  batchMeasures: ({ source }, { signal }) => batchMeasures(source, terms(signal)),
  badRows: (input, { signal }) => badRows(input, terms(signal)),
  columnFacts: ({ source }, { signal }) => withTables({ data: source }, terms(signal), columnFacts),
  check: (input, { signal }) => checkTable(input, terms(signal)),
  exportContract: async ({ tool, ...input }) => exportContract(openedContract(input), tool),
  importContract: async ({ text, name }) => importContract(text, name),
  inferContract: (input, { signal }) => draftContract(input, terms(signal)),
  drift: (input, { signal, progress }) => answerDrift(input, terms(signal), progress),
  driftColumn: (input, { signal }) => answerDriftColumn(input, terms(signal)),
  diff: (input, asked) => answerDiff(input, terms(asked.signal), asked),
  diffRows: (input, { signal }) => answerDiffRows(input, terms(signal)),
  gridCell: (input, { signal }) => answerGridCell(input, terms(signal)),
  gridCount: (input, { signal }) => answerGridCount(input, terms(signal)),
  gridHeads: (input, { signal }) => answerGridHeads(input, terms(signal)),
  gridPage: (input, { signal, progress }) => answerGridPage(input, terms(signal), progress),
  profile: (input, asked) => answerProfile(input, terms(asked.signal), asked),
  shape: ({ source }, { signal }) => withTables({ data: source }, terms(signal), tableShape),
};

/** What a question may use: half a gigabyte of DuckDB's before it spills. */
function terms(signal: AbortSignal): OpenTerms {
  return { megabytes: 512, threads: 2, spill: join(tmpdir(), `slipway-spill-${process.pid}`), signal };
}
