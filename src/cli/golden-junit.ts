// Golden cases as JUnit XML, the way CI servers read it: a suite per model, a case per case.
import type { GoldenReport, GoldenResult } from '../protocol/inference/golden/golden-result';
import { xmlText } from './xml-text';

/** The whole document. `shown` is a path as it is to be printed. */
export function goldenJunit(model: string, { results }: GoldenReport, shown: (path: string) => string): string {
  const count = (verdict: GoldenResult['verdict']): number => results.filter((each) => each.verdict === verdict).length;
  const seconds = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const numbers = `tests="${results.length}" failures="${count('fail')}" errors="${count('error')}" skipped="0" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="slipway test" ${numbers}>`,
    `  <testsuite name="${xmlText(model)}" ${numbers}>`,
    ...results.map((each) => caseOf(each, model, shown(each.file))),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(
  { name, verdict, message, line, milliseconds, differences }: GoldenResult,
  model: string,
  file: string,
): string {
  const time = (milliseconds / 1000).toFixed(6);
  const head = `    <testcase classname="${xmlText(model)}" name="${xmlText(name)}" file="${xmlText(file)}" line="${line}" time="${time}"`;
  if (verdict === 'pass') return `${head}/>`;
  const details = differences.map((each) => `${each.output}\nexpected: ${each.expected}\ngot: ${each.actual}`);
  const text = xmlText([`${file}:${line}`, message, ...details].join('\n'));
  const inner =
    verdict === 'fail'
      ? `<failure message="${xmlText(message)}" type="golden">${text}</failure>`
      : `<error message="${xmlText(message)}" type="golden">${text}</error>`;
  return `${head}>${inner}</testcase>`;
}
