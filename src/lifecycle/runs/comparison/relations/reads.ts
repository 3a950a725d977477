// The readings of relations, by name: what a reader thread can be asked.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { Importance, ImportanceQuery } from '../../../../protocol/comparison/relations';
import type { TableAsked } from '../../table/store/found-runs';
import { importanceOf } from './param-importance';
import { relationValues } from './store/relation-columns';

function importance(database: Database, { target, forest, ...asked }: ImportanceQuery & TableAsked): Importance {
  const values = relationValues(database, asked);
  const column = values.columns.find(({ id, kind, of }) => id === target && kind === 'number' && of !== 'param');
  if (column === undefined) {
    const name = target.replace(/^metric:/, '').slice(0, 100);
    throw new SlipwayError('not-found', `None of these runs has logged ${name}. Choose another metric.`);
  }
  return importanceOf(values, column, forest);
}

/** Each is a function of a read-only connection and a query that can be sent to a thread. */
export const relationReads = { relationValues, importance };
export type RelationReads = typeof relationReads;
