// A contract's checks for people.
import type { CheckReport, CheckResult } from '../protocol/datasets/contract/check';
import { oneLine, textTable } from './text-table';

const order: readonly CheckResult['verdict'][] = ['error', 'fail', 'warning', 'not checked', 'pass'];

/** The verdict, the checks with the failing ones first, and what is to be known besides. */
export function checkText(report: CheckReport): string {
  const { table, rows, scans, milliseconds, contract, notes, anomalies } = report;
  const sorted = [...report.checks].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const facts = `${rows.toLocaleString('en-US')} rows read ${scans === 1 ? 'once' : `${scans} times`} in ${(milliseconds / 1000).toFixed(1)} s`;
  const notable = sorted.filter(({ note, verdict }) => note !== null && verdict !== 'pass');
  return [
    `${report.summary}.`,
    `${table} by ${contract}: ${facts}.`,
    '',
    checkTable(sorted),
    ...(notable.length > 0
      ? ['', ...notable.map((check) => `${nameOf(check)}: ${oneLine(check.note ?? '', 300)}`)]
      : []),
    ...(anomalies.length > 0
      ? ['', ...anomalies.filter(({ isExpected }) => !isExpected).map(({ sentence }) => sentence)]
      : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

function checkTable(checks: readonly CheckResult[]): string {
  return textTable(
    [
      { head: 'verdict' },
      { head: 'check' },
      { head: 'id' },
      { head: 'column' },
      { head: 'expected', right: true },
      { head: 'found', right: true },
      { head: 'bad rows', right: true },
      { head: 'such as' },
      { head: 'line', right: true },
    ],
    checks.map((check) => [
      check.verdict === 'warning' ? check.severity : check.verdict,
      oneLine(check.title, 40),
      oneLine(check.id, 60),
      oneLine(check.columns.join(', ') || '–', 40),
      oneLine(check.expected, 40),
      oneLine(check.found, 40),
      check.badRows === null ? '–' : check.badRows.toLocaleString('en-US'),
      check.verdict === 'pass' ? '' : oneLine(check.examples.slice(0, 3).join(', '), 40),
      String(check.place.line),
    ]),
  );
}

function nameOf({ title, columns }: CheckResult): string {
  return oneLine([title, ...(columns.length > 0 ? [`of ${columns.join(', ')}`] : [])].join(' '), 80);
}
