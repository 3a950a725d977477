// From what was measured to a verdict.
import type { CheckResult, CheckVerdict } from '../../../protocol/datasets/contract/check';
import type { CheckSeverity, CheckTest, ContractCheck } from '../../../protocol/datasets/contract/contract';
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
    // What only a person can check fails nothing.
    severity: check.test.kind === 'words' ? 'info' : severity,
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

/** These say something of a table without a value too: they are about what is missing, or a query of the user's. */
const needNoValue: readonly CheckTest['kind'][] = ['nulls', 'missing', 'empty', 'failed rows'];

function judgedRows({ threshold, severity, test }: ContractCheck, measure: RowMeasure): Judged {
  const { bad, counted, examples, observed, note } = measure;
  if (counted === 0 && bad === 0 && !needNoValue.includes(test.kind)) {
    const what = test.kind === 'order' ? 'There are no two values to compare.' : 'There is no value to look at.';
    return { verdict: 'not checked', found: 'no values', badRows: 0, note: what };
  }
  const isPercent = threshold?.unit === 'percent';
  const share = counted === null || counted === 0 ? 0 : (bad / counted) * 100;
  const value = isPercent ? share : bad;
  const isMet = threshold === null || meetsThreshold(value, threshold);
  return {
    verdict: verdictOf(isMet, severity),
    found: isPercent ? `${plainNumber(Number(share.toPrecision(3)))} %` : rowWords(test.kind, measure),
    value: toWire(value),
    badRows: bad,
    examples,
    canShowRows: bad > 0,
    observed: isMet ? null : (observed ?? { min: null, max: value, values: [] }),
    note,
  };
}

/**
 * `5.3 … 238.47 (67 rows outside)`, of types `no dates in 67 of 90 rows`; of other tests `67 rows`: a bare number would be
 * taken for one of the values.
 */
function rowWords(kind: CheckTest['kind'], { bad, counted, observed, badWords }: RowMeasure): string {
  const rows = `${plainNumber(bad)} ${bad === 1 ? 'row' : 'rows'}`;
  if (kind === 'type' && bad > 0 && counted !== null && badWords !== undefined)
    return `${badWords} in ${plainNumber(bad)} of ${plainNumber(counted)} rows`;
  const { min = null, max = null } = observed ?? {};
  if (kind !== 'range' || min === null || max === null) return rows;
  const end = (value: number | string): string => (typeof value === 'number' ? plainNumber(value) : value);
  const ends = min === max ? end(min) : `${end(min)} … ${end(max)}`;
  return bad === 0 ? ends : `${ends} (${rows} ${badWords ?? 'outside'})`;
}

function judgedNumber(
  { threshold, severity, test }: ContractCheck,
  { value, canShowRows, note }: NumberMeasure,
): Judged {
  if (value === null || threshold === null) {
    return { verdict: 'not checked', found: 'no values', note: note ?? 'There is no value to compute it from.' };
  }
  const isMet = meetsThreshold(value, threshold);
  if (isMet && value === 0 && test.kind === 'distinct count') {
    return { verdict: 'not checked', found: 'no values', note: 'There is no value to look at.' };
  }
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
