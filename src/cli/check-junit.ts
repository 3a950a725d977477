// A contract's checks as JUnit XML, the way CI servers read it: a suite per table, a case per check.
import type { CheckReport, CheckResult } from '../protocol/datasets/contract/check';

/** The whole document. A warning passes there, with its words in the output of the case. */
export function checkJunit(report: CheckReport): string {
  const { table, contract, counts, milliseconds, time, checks } = report;
  const numbers = `tests="${checks.length}" failures="${counts.fail}" errors="${counts.error}" skipped="${counts.notChecked}"`;
  const seconds = (milliseconds / 1000).toFixed(3);
  const stamp = new Date(time).toISOString().replace(/\.\d+Z$/, '');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="slipway check" ${numbers} time="${seconds}">`,
    `  <testsuite name="${escaped(table)}" ${numbers} time="${seconds}" timestamp="${stamp}">`,
    ...checks.map((check) => caseOf(check, { table, contract })),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(check: CheckResult, { table, contract }: { table: string; contract: string }): string {
  const { title, columns, place, verdict } = check;
  const name = columns.length === 0 ? title : `${title} of ${columns.join(', ')}`;
  const head = `    <testcase classname="${escaped(table)}" name="${escaped(`${name} (${check.id})`)}" file="${escaped(contract)}" line="${place.line}"`;
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
  const text = escaped([message, ...details].join('\n'));
  if (verdict === 'fail') return `<failure message="${escaped(message)}" type="check">${text}</failure>`;
  if (verdict === 'error') return `<error message="${escaped(note ?? message)}" type="check">${text}</error>`;
  if (verdict === 'not checked') return `<skipped message="${escaped(note ?? message)}"/>`;
  return `<system-out>${escaped(check.severity)}: ${text}</system-out>`;
}

/** Text of XML: characters that XML cannot hold become what stands for one that is unknown. */
function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  };
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\n]/g, (sign) => named[sign] ?? sign);
}
