// How far what was read has moved from its dataset's reference: measured with the reading, so that lists tell it of a batch
// that nobody has looked at.
import { SlipwayError } from '../../base/errors';
import type { DatasetVersion } from '../../protocol/datasets/dataset';
import type { BatchDrift } from '../../protocol/datasets/dataset-api';
import type { Services } from '../services';
import { keptDrift, measuredDrift } from './drift-api';
import { isItself, referenceOf } from './drift-reference';
import { GoingWork } from './going-work';

type Parts = Pick<Services, 'data' | 'datasets' | 'writes' | 'opened'>;

/** Values of all sides together, beyond which nobody waits for it with the reading: about two seconds of work. */
const mostValues = 20_000_000;

/**
 * The drift of a version from the reference of its dataset, which is kept with the version. Null where there is no reference
 * but the version itself, for what is no table or too large to wait for, and where the two cannot be compared: the Drift part
 * of the panel says why.
 */
export async function batchDrift(
  parts: Parts,
  { dataset, id }: DatasetVersion,
  signal: AbortSignal,
): Promise<BatchDrift | null> {
  try {
    const reference = referenceOf(parts, { dataset, version: id }, null);
    const version = parts.datasets.getVersion({ dataset, version: id });
    if (reference === null || isItself(reference, id)) return null;
    if (!([version, ...reference.versions].reduce((sum, each) => sum + valuesOf(each), 0) <= mostValues)) return null;
    const known = keptDrift(parts, version, reference).drift;
    // Nobody looks at how far it is: the job itself tells that.
    const going = { ...parts, going: new GoingWork() };
    const drift = known ?? (await measuredDrift(going, { version, reference, preset: 'slipway' }, signal));
    return { ...drift.dataset, reference: reference.asked };
  } catch (error) {
    if (!SlipwayError.is(error) || signal.aborted) throw error;
    return null;
  }
}

/** Not a number for what is no table, or was not counted. */
function valuesOf({ rows, columns }: DatasetVersion): number {
  return rows === null || columns === null ? Number.NaN : rows * columns;
}
