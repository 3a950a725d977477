// A copy of a database that another connection writes to, made in steps from one moment of it.
import { SlipwayError } from '../../base/errors';
import { openForReading, openLockFile } from './database';

const pagesAtOnce = 500;

/**
 * Copies `path` to the new file `target`, a closed database in one file, and reads every page of the copy. `progress`
 * hears of pages and may throw to end it. Throws SlipwayError `damaged` when the copy is not sound.
 */
export async function copyDatabase(
  path: string,
  target: string,
  progress: (done: number, total: number) => void,
): Promise<void> {
  const source = openForReading(path);
  try {
    // One moment of the database: without it every write of the engine would begin the copy anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        progress(totalPages - remainingPages, totalPages);
        return pagesAtOnce;
      },
    });
  } finally {
    source.close();
  }
  const copy = openLockFile(target);
  try {
    // One file and no other beside it, also while it is read.
    copy.pragma('journal_mode = DELETE');
    const [first] = copy.pragma('quick_check') as { quick_check: string }[];
    if (first?.quick_check !== 'ok') {
      throw new SlipwayError('damaged', `${path} has damaged pages (${first?.quick_check}). Run \`slipway doctor\`.`);
    }
  } finally {
    copy.close();
  }
}
