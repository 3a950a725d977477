// The data process: tables are opened here and nowhere else, because DuckDB can eat memory and can hang. It answers
// questions by lines of JSON and ends with whoever started it.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataQuestions } from '../../protocol/datasets/data-questions';
import { answerLines } from '../asked/answer-lines';
import { watchSelf } from '../asked/self-watch';
import { answers } from './questions';
import { sweepSpills } from './spill-folders';

/** At once: a statement of DuckDB's may run on, and nothing here is written that could be lost. */
function end(): never {
  rmSync(join(tmpdir(), `slipway-spill-${process.pid}`), { recursive: true, force: true });
  process.exit();
}

watchSelf();
sweepSpills();
answerLines<DataQuestions>(answers, end);
