// From what was measured to a verdict.
import type { CheckResult, CheckVerdict } from '../../../protocol/datasets/contract/check';
import type { CheckSeverity, ContractCheck } from '../../../protocol/datasets/contract/contract';
import { meetsThreshold, plainNumber, type Threshold } from '../../../protocol/datasets/contract/threshold';
import { toWire } from '../../../protocol/number';
import type { Measure, NumberMeasure, RowMeasure } from '../scan/checks/measure';
import { expectedWords } from './expected-words';

/** The check with its verdict and the words of both sides. */
export function judgeCheck(check: ContractCheck, measure: Measure): CheckResult {
  const { id, title, columns, severity, place } = check;
  return {
    id,
    title,
    columns,
    severity,
    expected: expectedWords(check),
    place,
    value: null,
    badRows: null,
    examples: [],
    canShowRows: false,
    note: null,
    observed: null,
    ...judged(check, measure),
  };
}

type Judged = Partial<CheckResult> & Pick<CheckResult, 'verdict' | 'found'>;

function judged(check: ContractCheck, measure: Measure): Judged {
  switch (measure.kind) {
    case 'none':
      return { verdict: measure.verdict, found: measure.found, note: measure.note };
    case 'rows':
      return judgedRows(check, measure);
    case 'number':
      return judgedNumber(check, measure);
    case 'whole': {
      const { isMet, found, bad, examples, observed, note } = measure;
      const canShowRows = bad !== null && bad > 0;
      return {
        verdict: verdictOf(isMet, check.severity),
        found,
        badRows: bad,
        canShowRows,
        examples,
        observed: isMet ? null : observed,
        note,
      };
    }
  }
}

function judgedRows({ threshold, severity, test }: ContractCheck, measure: RowMeasure): Judged {
  const { bad, counted, examples, observed, note } = measure;
  const isPercent = threshold?.unit === 'percent';
  const share = counted === 0 ? 0 : (bad / counted) * 100;
  const value = isPercent ? share : bad;
  const isMet = threshold === null || meetsThreshold(value, threshold);
  return {
    verdict: verdictOf(isMet, severity),
    found: isPercent ? `${plainNumber(Number(share.toPrecision(3)))} %` : plainNumber(bad),
    value: toWire(value),
    badRows: bad,
    examples,
    canShowRows: bad > 0,
    observed: isMet ? null : (observed ?? { min: null, max: value, values: [] }),
    note: counted === 0 && test.kind !== 'nulls' ? 'There is no value to look at.' : note,
  };
}

function judgedNumber({ threshold, severity }: ContractCheck, { value, canShowRows, note }: NumberMeasure): Judged {
  if (value === null || threshold === null) {
    return { verdict: 'not checked', found: 'no values', note: note ?? 'There is no value to compute it from.' };
  }
  const isMet = meetsThreshold(value, threshold);
  return {
    verdict: verdictOf(isMet, severity),
    found: numberWords(value, threshold),
    value: toWire(value),
    canShowRows: canShowRows && !isMet,
    observed: isMet || !Number.isFinite(value) ? null : { min: value, max: value, values: [] },
    note,
  };
}

function numberWords(value: number, { unit }: Threshold): string {
  const sign = { percent: ' %', hours: ' h', number: '' }[unit];
  return `${plainNumber(unit === 'hours' ? Number(value.toPrecision(3)) : value)}${sign}`;
}

function verdictOf(isMet: boolean, severity: CheckSeverity): CheckVerdict {
  if (isMet) return 'pass';
  return severity === 'error' ? 'fail' : 'warning';
}
