// A gate's report as a text, as Markdown for a comment, and as JSON.

import type { GateReport, GateVerdict, RuleResult } from '../protocol/models/gate/gate-report';
import { fromWire } from '../protocol/number';
import { countText } from '../protocol/wording';
import { numberText } from './number-text';
import { oneLine, textTable } from './text-table';

/** What does not pass comes first. */
const order: readonly GateVerdict[] = ['fail', 'error', 'inconclusive', 'warn', 'pass'];
const words: Readonly<Record<GateVerdict, string>> = {
  pass: 'Pass',
  warn: 'Warning',
  fail: 'Fail',
  inconclusive: 'Cannot tell',
  error: 'Error',
};

/** The report as `--json` prints it. */
export function gateJson({ rulesDigest, ...report }: GateReport): Record<string, unknown> {
  const rules = report.rules.map(({ milliseconds, ...rule }) => ({ ...rule, ms: milliseconds }));
  const { milliseconds, ...rest } = report;
  return { ...rest, rules, rules_sha256: rulesDigest, ms: milliseconds };
}

const columns = [
  ...[{ head: 'verdict' }, { head: 'rule' }, { head: 'of' }, { head: 'expected' }],
  ...[{ head: 'actual', right: true }, { head: 'interval' }, { head: 'n', right: true }],
];

/** For people. */
export function gateText(report: GateReport): string {
  const rows = sorted(report).map((rule) => [
    words[rule.verdict],
    rule.id,
    oneLine(rule.about, 70),
    rule.expected,
    actualText(rule),
    intervalText(rule),
    rule.n === null ? '' : rule.n.toLocaleString('en-US'),
  ]);
  const whys = sorted(report).filter(({ verdict }) => verdict !== 'pass');
  return [
    report.sentence,
    '',
    textTable(columns, rows),
    ...whys.map(({ id, why }) => `${id}: ${why}`),
    ...(whys.length > 0 ? [''] : []),
    subjectText(report),
    ...report.notes,
  ].join('\n');
}

/** As a comment on a change: the sentence, a table, and why. */
export function gateMarkdown(report: GateReport): string {
  const head = '| Verdict | Rule | Of | Expected | Actual | Interval | n | p |\n|---|---|---|---|---:|---|---:|---:|';
  const rows = sorted(report).map((rule) =>
    [
      `${signs[rule.verdict]} ${words[rule.verdict]}${rule.severity === 'block' ? '' : ` (${rule.severity})`}`,
      `\`${cell(rule.id)}\``,
      cell(rule.about),
      cell(rule.expected),
      cell(actualText(rule)),
      cell(intervalText(rule)),
      rule.n === null ? '' : rule.n.toLocaleString('en-US'),
      rule.p === null ? '' : pText(rule.p),
    ].join(' | '),
  );
  const whys = sorted(report).filter(({ verdict }) => verdict !== 'pass');
  return [
    `### ${signs[report.verdict]} ${cell(report.sentence)}`,
    '',
    head,
    ...rows.map((row) => `| ${row} |`),
    '',
    ...whys.map(({ id, why }) => `- \`${cell(id)}\`: ${cell(why)}`),
    ...(whys.length > 0 ? [''] : []),
    cell(subjectText(report)),
    '',
  ].join('\n');
}

const signs: Readonly<Record<GateVerdict, string>> = {
  pass: '✅',
  warn: '⚠️',
  fail: '❌',
  inconclusive: '❔',
  error: '❗',
};

function sorted({ rules }: GateReport): RuleResult[] {
  return rules.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}

function subjectText({ model, sha256, champion, data, milliseconds }: GateReport): string {
  const against = champion === null ? '' : ` against ${champion.name} (${champion.sha256.slice(0, 12)})`;
  const on = data === null ? '' : ` on ${data.name}, ${countText(data.rows, 'row')}`;
  const head = `Rules of ${model}: ${sha256.slice(0, 12)}${against}${on}, ${(milliseconds / 1000).toFixed(1)} s.`;
  return `${head} Numbers were measured here by running the model.`;
}

function actualText({ actual }: RuleResult): string {
  if (actual === null) return '–';
  return typeof actual === 'number' ? numberText(actual) : actual;
}

function intervalText({ ci }: RuleResult): string {
  if (ci === null) return '';
  const [low, high] = ci.map((end) => numberText(fromWire(end)));
  return `${low} to ${high}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '');
}

/** Text that is no Markdown of its own, in a cell of a table. */
function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|*_<>[\]]/g, (sign) => `\\${sign}`);
}
