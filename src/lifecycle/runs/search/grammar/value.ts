// Checks right-hand sides: the right type for what they are compared with, and an operator that goes with it.
import { SlipwayError } from '../../../../base/errors';
import type { ConditionOperator } from '../condition';
import type { FilterValue } from './expression';

/** Operators on numbers. */
export const numericOperators: readonly ConditionOperator[] = ['>', '>=', '!=', '=', '<', '<='];
/** Operators on texts kept by key. */
export const keyedTextOperators: readonly ConditionOperator[] = ['!=', '=', 'LIKE', 'ILIKE', 'IS NULL', 'IS NOT NULL'];
/** Operators on texts that may also be compared with a list. */
export const listedTextOperators: readonly ConditionOperator[] = ['!=', '=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'];

/** True when numbers may be compared so. */
export function isNumeric(operator: string): boolean {
  return numericOperators.some((each) => each === operator);
}

/** The text in quotes as Python shows it. */
export function pythonText(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** The operator, typed. Throws `invalid` unless it is one of `valid`. */
export function checkedOperator(operator: string, valid: readonly ConditionOperator[]): ConditionOperator {
  const found = valid.find((each) => each === operator);
  if (found !== undefined) return found;
  const list = valid.map((each) => `'${each}'`).join(', ');
  throw new SlipwayError('invalid', `Invalid comparator '${operator}' not one of '{${list}}'`);
}

/** The number. Throws `invalid` with `refusal` and what was found. */
export function numberValue(value: FilterValue | undefined, refusal: string): number {
  if (value?.kind === 'number') return Number(value.text);
  throw new SlipwayError('invalid', `${refusal}. Found ${value?.written ?? 'nothing'}`);
}

/** The text. Throws `invalid` for a bare word, or with `refusal` for anything else that is no text. */
export function textValue(value: FilterValue | undefined, refusal: string): string {
  if (value?.kind === 'string') return value.text;
  if (value?.kind === 'name') {
    throw new SlipwayError(
      'invalid',
      `Parameter value is either not quoted or unidentified quote types used for string value ${value.written}. Use either single or double quotes.`,
    );
  }
  throw new SlipwayError('invalid', `${refusal}. Got value ${value?.written ?? 'nothing'}`);
}

/** The texts of a list. Throws `invalid` for an empty list or one with anything but texts in it. */
export function listValue(value: FilterValue & { kind: 'list' }): string[] {
  if (value.items.length === 0) {
    throw new SlipwayError(
      'invalid',
      'While parsing a list in the query, expected a non-empty list of string values, but got empty list',
    );
  }
  // As Python writes a tuple of one.
  const shown = value.items.length === 1 ? value.written.replace(/\)$/, ',)') : value.written;
  return value.items.map((item) => {
    if (item.kind === 'string') return item.text;
    throw new SlipwayError(
      'invalid',
      `While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: ${shown}`,
    );
  });
}
