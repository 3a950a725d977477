// Entry of a reader thread: opens the database read-only and answers one reading at a time.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, SlipwayError } from '../base/errors';
import { atOneMoment } from '../platform/sqlite/at-one-moment';
import { openForReading } from '../platform/sqlite/database';
import { memoryOf, type ReadAnswer, type ReadRequest, type ReadTable } from '../workspace/readers';
import { engineReads } from './reads';

const database = openForReading((workerData as { database: string }).database);
const table: ReadTable = engineReads;

parentPort?.on('message', (request: ReadRequest) => {
  const answered = answer(request);
  parentPort?.postMessage(answered, answered.ok ? memoryOf(answered.value) : []);
});

function answer({ id, name, query }: ReadRequest): ReadAnswer {
  try {
    const read = table[name];
    if (read === undefined) throw new SlipwayError('internal', `There is no reading named ${name}.`);
    return { id, ok: true, value: atOneMoment(database, () => read(database, query as never)) };
  } catch (error) {
    return { id, ok: false, code: SlipwayError.is(error) ? error.code : null, message: messageOf(error) };
  }
}
