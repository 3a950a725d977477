// What a check asks for, in a few words.
import type { ContractCheck, Interval } from '../../../protocol/datasets/contract/contract';
import { tableName } from '../../../protocol/datasets/contract/reading/made-check';
import { plainNumber, thresholdWords } from '../../../protocol/datasets/contract/threshold';

/** `≤ 5 %`, `80 … 4,983`, `3 values`. A row test that allows bad rows says how many behind what it asks of the others. */
export function expectedWords(check: ContractCheck): string {
  const { test, threshold } = check;
  const rule = ruleWords(check);
  if (threshold === null) return rule;
  const isAllRows = threshold.operator === 'mustBe' && threshold.values[0] === 0;
  if (rule === '') return isAllRows ? '0' : thresholdWords(threshold);
  if (isAllRows || test.kind === 'drift' || test.kind === 'change')
    return rule === 'moved' ? thresholdWords(threshold) : rule;
  return `${rule}, bad ${thresholdWords(threshold)}`;
}

function ruleWords({ test, columns }: ContractCheck): string {
  switch (test.kind) {
    case 'in set':
      return setWords('in', test.values);
    case 'not in set':
      return setWords('not in', test.values);
    case 'distinct set':
      return setWords(
        test.relation === 'contain' ? 'with' : test.relation === 'within' ? 'in' : 'exactly',
        test.values,
      );
    case 'most common':
      return setWords('in', test.values);
    case 'range':
    case 'length':
    case 'row sum':
    case 'extreme':
      return intervalWords(test.range);
    case 'multiple':
      return `× ${plainNumber(test.of)}`;
    case 'pattern':
      return shortened(`${test.matches ? '' : 'not '}${test.pattern}`);
    case 'type':
      return test.type;
    case 'format':
      return typeof test.format === 'string' ? test.format : test.format.strptime;
    case 'order':
      return test.strictly ? `strictly ${test.direction}` : test.direction;
    default:
      return otherRuleWords(test, columns);
  }
}

function otherRuleWords(test: ContractCheck['test'], columns: readonly string[]): string {
  switch (test.kind) {
    case 'outliers':
      return test.method === 'iqr' ? `within ${test.factor} IQR` : `within ${test.factor} σ`;
    case 'pair':
      return `${columns[0] ?? ''} ${test.operator} ${columns[1] ?? ''}`;
    case 'condition':
      return shortened(test.sql);
    case 'foreign key':
      return `in ${tableName(test.table)}`;
    case 'column':
      return 'there';
    case 'column set':
      return `${test.names.length} columns${test.inOrder ? ' in order' : ''}${test.others ? ' or more' : ''}`;
    case 'words':
      return shortened(test.text);
    default:
      return '';
  }
}

function setWords(word: string, values: readonly unknown[]): string {
  const all = values.map(String).join(', ');
  return all.length <= 24 ? `${word} ${all}` : `${word} ${values.length} values`;
}

/** `80 … 4,983`, `≥ 0`, `< 1`. */
function intervalWords({ min, max, strictMin, strictMax }: Interval): string {
  const end = (value: number | string): string => (typeof value === 'number' ? plainNumber(value) : value);
  if (min === null) return max === null ? '' : `${strictMax ? '<' : '≤'} ${end(max)}`;
  if (max === null) return `${strictMin ? '>' : '≥'} ${end(min)}`;
  if (!strictMin && !strictMax) return `${end(min)} … ${end(max)}`;
  return `${strictMin ? '>' : '≥'} ${end(min)}, ${strictMax ? '<' : '≤'} ${end(max)}`;
}

function shortened(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > 40 ? `${flat.slice(0, 39)}…` : flat;
}
