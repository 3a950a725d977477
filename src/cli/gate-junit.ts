// A gate as JUnit XML, the way CI servers read it: a suite per model, a case per rule.
import type { GateReport, RuleResult } from '../protocol/models/gate/gate-report';
import { stops } from '../protocol/models/gate/stopping';
import { xmlText } from './xml-text';

/** The whole document. What does not block passes there, with its words in the output of the case; what is judged of a registered version only is skipped; what cannot be told fails where it blocks. */
export function gateJunit({ rules, model, milliseconds }: GateReport, file: string): string {
  const count = (wanted: Outcome): number => rules.filter((rule) => outcomeOf(rule) === wanted).length;
  const seconds = (milliseconds / 1000).toFixed(3);
  const numbers = `tests="${rules.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="slipway gate" ${numbers}>`,
    `  <testsuite name="${xmlText(`${model}: ${file}`)}" ${numbers}>`,
    ...rules.map((rule) => caseOf(rule, model)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

type Outcome = 'pass' | 'told' | 'skipped' | 'failure' | 'error';

const ofVersions: ReadonlySet<string> = new Set(['data', 'drift', 'manual']);

function outcomeOf(rule: RuleResult): Outcome {
  // Such a rule has a value where it was judged.
  if (rule.verdict === 'warn' && rule.actual === null && ofVersions.has(rule.kind)) return 'skipped';
  if (!stops(rule)) return rule.verdict === 'pass' ? 'pass' : 'told';
  return rule.verdict === 'error' ? 'error' : 'failure';
}

function caseOf(rule: RuleResult, model: string): string {
  const { id, kind, verdict, expected, actual, why, about, milliseconds } = rule;
  const time = (milliseconds / 1000).toFixed(6);
  const head = `    <testcase classname="${xmlText(`${model}.${kind}`)}" name="${xmlText(id)}" time="${time}"`;
  const outcome = outcomeOf(rule);
  if (outcome === 'pass') return `${head}/>`;
  const message = xmlText(why || `${verdict}: expected ${expected}, found ${actual}`);
  if (outcome === 'skipped') return `${head}><skipped message="${message}"/></testcase>`;
  const text = xmlText(`${about}\nexpected: ${expected}\nactual: ${actual}\n${why}`);
  if (outcome === 'told') return `${head}><system-out>${xmlText(verdict)}: ${text}</system-out></testcase>`;
  return `${head}><${outcome} message="${message}" type="${xmlText(verdict)}">${text}</${outcome}></testcase>`;
}
