// A contract's checks as JUnit XML, the way CI servers read it: a suite per table, a case per check.
import type { CheckReport, CheckResult } from '../protocol/datasets/contract/check';
import { xmlText } from './xml-text';

/** The whole document. A warning passes there, with its words in the output of the case. */
export function checkJunit(report: CheckReport): string {
  const { table, contract, counts, milliseconds, time, checks } = report;
  const numbers = `tests="${checks.length}" failures="${counts.fail}" errors="${counts.error}" skipped="${counts.notChecked}"`;
  const seconds = (milliseconds / 1000).toFixed(3);
  const stamp = new Date(time).toISOString().replace(/\.\d+Z$/, '');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="slipway check" ${numbers} time="${seconds}">`,
    `  <testsuite name="${xmlText(table)}" ${numbers} time="${seconds}" timestamp="${stamp}">`,
    ...checks.map((check) => caseOf(check, { table, contract })),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(check: CheckResult, { table, contract }: { table: string; contract: string }): string {
  const { title, columns, place, verdict } = check;
  const name = columns.length === 0 ? title : `${title} of ${columns.join(', ')}`;
  const head = `    <testcase classname="${xmlText(table)}" name="${xmlText(`${name} (${check.id})`)}" file="${xmlText(contract)}" line="${place.line}"`;
  const inner = innerOf(check, `${contract}:${place.line}:${place.column}`);
  return verdict === 'pass' ? `${head}/>` : `${head}>${inner}</testcase>`;
}

function innerOf(check: CheckResult, where: string): string {
  const { verdict, expected, found, examples, note } = check;
  const message = `expected ${expected}, found ${found}`;
  const details = [
    where,
    ...(examples.length > 0 ? [`such as ${examples.join(', ')}`] : []),
    ...(note === null ? [] : [note]),
  ];
  const text = xmlText([message, ...details].join('\n'));
  if (verdict === 'fail') return `<failure message="${xmlText(message)}" type="check">${text}</failure>`;
  if (verdict === 'error') return `<error message="${xmlText(note ?? message)}" type="check">${text}</error>`;
  if (verdict === 'not checked') return `<skipped message="${xmlText(note ?? message)}"/>`;
  return `<system-out>${xmlText(check.severity)}: ${text}</system-out>`;
}
