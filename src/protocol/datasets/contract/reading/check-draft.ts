// A check on its way from the file: all but its id and its place.
import type { CheckSeverity, CheckTest } from '../contract';
import type { Threshold } from '../threshold';
import type { YamlPath } from './yaml-places';

/** What becomes a check of the contract. `path` is where it stands. */
export interface CheckDraft {
  title: string;
  columns: string[];
  test: CheckTest;
  threshold: Threshold | null;
  path: YamlPath;
  id?: string | undefined;
  severity?: CheckSeverity | undefined;
  description?: string | undefined;
}

/** Something that is wrong at a path. */
export interface DraftProblem {
  path: YamlPath;
  message: string;
}

/** No row may be bad. */
export const noBadRow: Threshold = { operator: 'mustBe', values: [0], unit: 'number' };

/** So many rows may be bad that the share `mostly` is good; none may when it is not given. */
export function mostlyThreshold(mostly: number | undefined): Threshold {
  if (mostly === undefined) return noBadRow;
  return { operator: 'mustBeLessOrEqualTo', values: [Number(((1 - mostly) * 100).toPrecision(12))], unit: 'percent' };
}

/** ` , mostly 99 %` behind a title. */
export function mostlyWords(mostly: number | undefined): string {
  return mostly === undefined || mostly === 1 ? '' : `, mostly ${Number((mostly * 100).toPrecision(12))} %`;
}

/** What must hold of a number between two ends. */
export function betweenThreshold(
  { min, max }: { min?: number | undefined; max?: number | undefined },
  unit: Threshold['unit'] = 'number',
): Threshold {
  if (min === undefined) return { operator: 'mustBeLessOrEqualTo', values: [max ?? Number.NaN], unit };
  if (max === undefined) return { operator: 'mustBeGreaterOrEqualTo', values: [min], unit };
  return { operator: 'mustBeBetween', values: [min, max], unit };
}
