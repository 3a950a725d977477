// What a gate found of each rule, as results of tests. Cannot tell is no pass; a rule that does not block is no failure.
import { Location, l10n, type TestItem, TestMessage, type TestRun } from 'vscode';
import type { RuleResult } from '../../../protocol/models/gate/gate-report';
import { measuredSize } from '../../../protocol/models/gate/measured-size';
import { numberText } from '../../../protocol/wording';

/** Tells a rule's result with its place in slipway.yaml. */
export function tellRule(run: TestRun, item: TestItem, result: RuleResult): void {
  const { verdict, severity, milliseconds } = result;
  const said = `${verdictText(result)}${lineOf(result)}`;
  const line = `${item.parent?.parent?.label ?? ''} ${item.parent?.label ?? ''}: ${result.id}: ${said}`;
  run.appendOutput(`${line.replaceAll('\n', '\r\n  ')}\r\n`, undefined, item);
  const isWarning = verdict === 'warn' || (verdict !== 'pass' && severity !== 'block');
  // A skipped test has no message of its own, and a description would be read out in place of the label.
  item.label = isWarning ? l10n.t('{0}, warning: {1}', result.id, result.why || result.about) : result.id;
  if (verdict === 'pass') run.passed(item, milliseconds);
  // Passed would be told by the same sign as a rule that holds.
  else if (isWarning) run.skipped(item);
  else if (verdict === 'error') run.errored(item, placed(new TestMessage(said), item), milliseconds);
  else run.failed(item, placed(messageOf(said, result), item), milliseconds);
}

function messageOf(said: string, result: RuleResult): TestMessage {
  const { expected, ci, unit, kind } = result;
  const value = valueText(result);
  if (value === null) return new TestMessage(said);
  const measured = [value, ...(ci === null ? [] : [intervalText(ci)])].join(', ');
  return TestMessage.diff(said, expected, unit === null || kind === 'size' ? measured : `${measured} (${unit})`);
}

function placed(message: TestMessage, { uri, range }: TestItem): TestMessage {
  if (uri !== undefined && range !== undefined) message.location = new Location(uri, range);
  return message;
}

function verdictText({ verdict, severity }: RuleResult): string {
  if (verdict === 'pass') return l10n.t('pass: ');
  if (verdict === 'warn' || severity !== 'block') return l10n.t('warning, which does not block: ');
  if (verdict === 'inconclusive') return l10n.t('cannot tell, which is no pass: ');
  return verdict === 'error' ? l10n.t('could not be run: ') : l10n.t('fail: ');
}

/** What was measured, with its interval, what was asked for, and why. */
function lineOf(result: RuleResult): string {
  const { about, expected, ci, n, p, why } = result;
  const value = valueText(result);
  const facts = [
    ...(value === null ? [] : [l10n.t('{0}, expected {1}', value, expected)]),
    ...(ci === null ? [] : [l10n.t('interval {0}', intervalText(ci))]),
    ...(n === null ? [] : [`n ${n.toLocaleString('en-US')}`]),
    ...(p === null ? [] : [`p ${p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '')}`]),
  ];
  return [[about, facts.join(', ')].filter((part) => part !== '').join(' '), why]
    .filter((part) => part !== '')
    .join('. ');
}

/** Null where nothing was measured. */
function valueText(result: RuleResult): string | null {
  const { actual } = result;
  return measuredSize(result) ?? (typeof actual === 'number' ? numberText(actual) : actual);
}

function intervalText([from, to]: NonNullable<RuleResult['ci']>): string {
  return l10n.t('{0} to {1}', numberText(from), numberText(to));
}
