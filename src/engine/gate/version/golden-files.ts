// The files that golden cases beside slipway.yaml name: what they hold decides as much as the cases.
import { SlipwayError } from '../../../base/errors';
import { type NamedCaseFile, namedFiles } from '../../../lifecycle/inference/golden/golden-cases';
import type { Database } from '../../../platform/sqlite/database';

/** Of all `places`, absolute paths; of one that cannot be read none. For a reader thread: it reads all of them. */
export function goldenFiles(_: Database, { places }: { places: readonly string[] }): NamedCaseFile[] {
  return places.flatMap((place) => {
    try {
      return namedFiles(place);
    } catch (error) {
      if (SlipwayError.is(error)) return [];
      throw error;
    }
  });
}
