// What our own checks are made into, and the pieces that they share.
import type { CheckTest, Interval, OtherTable } from '../contract';
import type { SlipwayCheck, SlipwayCheckName } from '../slipway-check';
import type { Threshold } from '../threshold';
import { betweenThreshold, mostlyThreshold, mostlyWords } from './check-draft';

/** A check without its place. `columns` where they are not that of the property it stands under. */
export interface Made {
  title: string;
  test: CheckTest;
  threshold: Threshold | null;
  columns?: string[];
}

/** A maker for each name. */
export type Makers = { [N in SlipwayCheckName]: (given: NonNullable<SlipwayCheck[N]>) => Made };

/** A test of rows, of which the share `mostly` must be good. */
export function rowTest(title: string, test: CheckTest, mostly: number | undefined, columns?: string[]): Made {
  const made = { title: title + mostlyWords(mostly), test, threshold: mostlyThreshold(mostly) };
  return columns === undefined ? made : { ...made, columns };
}

/** A number between two ends. */
export function numberTest(
  title: string,
  test: CheckTest,
  ends: { min?: number | undefined; max?: number | undefined },
): Made {
  return { title, test, threshold: betweenThreshold(ends) };
}

/** Yes or no. */
export function wholeTest(title: string, test: CheckTest): Made {
  return { title, test, threshold: null };
}

/** Ends as they were given. */
export function intervalOf(given: {
  min?: number | string | undefined;
  max?: number | string | undefined;
  strictMin?: boolean | undefined;
  strictMax?: boolean | undefined;
}): Interval {
  const { min = null, max = null, strictMin = false, strictMax = false } = given;
  return { min, max, strictMin, strictMax };
}

/** The other table of a check. */
export function otherOf({ dataset, file }: { dataset?: string | undefined; file?: string | undefined }): OtherTable {
  return dataset === undefined ? { file: file ?? '' } : { dataset };
}

/** The name of another table, for a title. */
export function tableName(table: OtherTable): string {
  return 'dataset' in table ? table.dataset : (table.file.split('/').at(-1) ?? table.file);
}

/** A share as percent, without the dust of its multiplication. */
export function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}
