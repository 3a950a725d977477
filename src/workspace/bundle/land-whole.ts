// Rows from elsewhere may be anything: what the database will not have is refused by name, and nothing of it is kept.
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';
import type { Database } from '../../platform/sqlite/database';

/** Brings something in, in one transaction. Throws SlipwayError `invalid` for rows that the database refuses. */
export function landWhole<T>(database: Database, id: string, write: () => T): T {
  try {
    return database.transaction(write).immediate();
  } catch (error) {
    // A RangeError: too few values for a row, or a number beyond 64 bits.
    const isRefused =
      error instanceof RangeError || /^SQLITE_(CONSTRAINT|MISMATCH|RANGE)/.test(systemCodeOf(error) ?? '');
    if (!isRefused) throw error;
    const sentence = `${id} does not fit into the database (${messageOf(error)}).`;
    throw new SlipwayError('invalid', sentence, { cause: error });
  }
}

/** The refusal of rows of a table that only a newer Slipway knows. */
export function unknownTable(table: string): SlipwayError {
  return new SlipwayError('newer-schema', `The bundle holds ${table}, which is unknown here. Update Slipway.`);
}
