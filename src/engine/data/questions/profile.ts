// The data process's answers about what a table holds.
import { statSync } from 'node:fs';
import { type OpenTerms, withTables } from '../../../lifecycle/datasets/scan/open-tables';
import { profileScan } from '../../../lifecycle/datasets/scan/profile/profile-scan';
import type { DataInput } from '../../../protocol/datasets/data-questions';
import type { Profile } from '../../../protocol/datasets/table/profile';
import { isColumnar, type TableFiles, type TableSource } from '../../../protocol/datasets/table-source';
import type { Asked } from '../questions';

/** Throws what is wrong with the table, and SlipwayError `not-found` for a label that is no column. */
export function answerProfile(
  { source, label }: DataInput<'profile'>,
  terms: OpenTerms,
  asked: Asked<'profile'>,
): Promise<Profile> {
  const files = filesOf(source);
  const bytes = files.flatMap((each) => each.files).reduce((sum, path) => sum + sizeOf(path), 0);
  const isText = !isColumnar(source);
  return withTables({ data: source }, terms, (tables) => profileScan(tables, { bytes, isText, label, ...asked }));
}

function filesOf(source: TableSource): TableFiles[] {
  return 'query' in source ? Object.values(source.tables) : [source];
}

/** A file that is not there is told by whoever opens it. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
