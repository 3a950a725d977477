// What is known of one value of the form, and what follows from it for what is written there.
import type { ColumnFacts } from '../../../../src/protocol/datasets/table/column-facts';
import type { TensorElement } from '../../../../src/protocol/inference/tensor';
import { dateForm } from '../date/date-form';
import type { KnownField } from './known-form';

/** Which rows tell it: those of the training, of a table that was chosen, or the one example that was logged. */
export interface TableSaid extends ColumnFacts {
  rows: 'training' | 'table' | 'example';
  /** What a field holds before anybody wrote in it; null where nothing is usual. */
  usual: string | null;
}

/** Values to choose from: what the model itself knows, else those of its rows. */
export function choicesOf({ choices, facts, label }: KnownField, element: TensorElement): string[] {
  if (element === 'bool') return ['false', 'true'];
  if (choices.length > 0) return choices.map(String);
  if (element !== 'string' || facts === null || dateForm(facts, { element, label }) !== null) return [];
  return [...facts.values].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}

/** What a field holds before anybody wrote in it: what is usual, where that can be sent. */
export function firstText(field: KnownField, element: TensorElement): string {
  const { choices, facts } = field;
  const usual = facts?.usual ?? null;
  if (usual !== null && isTaken(usual, element) && (choices.length === 0 || choices.map(String).includes(usual)))
    return element === 'bool' ? usual.toLowerCase() : usual;
  const form = facts === null ? null : dateForm(facts, { element, label: field.label });
  if (form !== null && facts?.middle != null) return form.write(facts.middle) ?? '0';
  const [first] = choices;
  if (first !== undefined) return String(first);
  return element === 'string' ? '' : element === 'bool' ? 'false' : '0';
}

function isTaken(text: string, element: TensorElement): boolean {
  if (element === 'string') return true;
  if (element === 'bool') return /^(true|false)$/i.test(text);
  if (element.includes('float')) return text.trim() !== '' && Number.isFinite(Number(text));
  return /^-?\d+$/.test(text);
}

/** Its ends as a person reads them; '' where it has none. */
export function rangeText(facts: TableSaid | null): string {
  if (facts === null || facts.least === null || facts.most === null) return '';
  const ends = [endText(facts.least, facts), endText(facts.most, facts)];
  return ends[0] === ends[1] ? `always ${ends[0]}` : ends.join(' to ');
}

/** What is unusual about a value that can be sent; undefined for one that is not. */
export function strangeness(
  text: string,
  { field, element, choices }: { field: KnownField; element: TensorElement; choices: readonly string[] },
): string | undefined {
  const { facts } = field;
  if (choices.length > 0 && element !== 'bool' && !choices.includes(text))
    return `${text === '' ? 'An empty text' : text} is none of the ${choices.length} known`;
  if (element === 'string' || text.trim() === '' || facts === null || !isNumeric(facts)) return undefined;
  const rows = facts.rows === 'training' ? 'all training rows' : 'all rows looked at';
  const value = Number(text);
  if (facts.least !== null && value < Number(facts.least)) return `below ${rows} (${endText(facts.least, facts)})`;
  if (facts.most !== null && value > Number(facts.most)) return `above ${rows} (${endText(facts.most, facts)})`;
  return undefined;
}

/** What follows for a value that is missing: how usual that is. */
export function missingText(facts: TableSaid | null): string {
  if (facts === null || facts.rows === 'example') return 'sent as NaN';
  const rows = facts.rows === 'training' ? 'training rows' : 'rows looked at';
  if (facts.missing === 0) return `sent as NaN; none of the ${rows} lacks it`;
  const share = facts.missing < 0.01 ? 'less than 1 %' : `${Math.round(100 * facts.missing)} %`;
  return `sent as NaN; missing in ${share} of the ${rows}`;
}

/** Where a value lies between the ends of its column, and where the median does, from 0 to 1; null where neither is known. */
export function placeOf(text: string, facts: TableSaid | null): { value: number; middle: number | null } | null {
  if (facts === null || !isNumeric(facts) || facts.least === null || facts.most === null || text.trim() === '')
    return null;
  const [low, high, value] = [Number(facts.least), Number(facts.most), Number(text)];
  if (Number.isNaN(value) || !(high > low)) return null;
  const share = (each: number): number => Math.max(0, Math.min(1, (each - low) / (high - low)));
  return { value: share(value), middle: facts.middle === null ? null : share(Number(facts.middle)) };
}

function isNumeric({ kind }: ColumnFacts): boolean {
  return kind === 'integer' || kind === 'number';
}

function endText(text: string, { kind }: ColumnFacts): string {
  if (kind !== 'integer' && kind !== 'number') return text.replace(/[ T]00:00:00(\+00|Z)?$/, '');
  const value = Number(text);
  if (Math.abs(value) >= 1e9) return value.toPrecision(4).replace('-', '−');
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−');
}
