// A gate's report as a text, as Markdown for a comment, and as JSON.
import type { GateReport, GateVerdict, RuleResult } from '../protocol/models/gate/gate-report';
import { measuredSize } from '../protocol/models/gate/measured-size';
import { verdictOrder } from '../protocol/models/gate/stopping';
import { gateWord } from '../protocol/models/registry/registry-words';
import { fromWire } from '../protocol/number';
import { countText } from '../protocol/wording';
import { numberText } from './number-text';
import { oneLine, textTable } from './text-table';

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
    gateWord(rule.verdict),
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

/** What GitHub takes as a comment are 65,536 characters. Half is for the table, the other half says why. */
const mostInPart = 30_000;
const mostInCell = 300;
const mostInWhy = 1000;

/** As a comment on a change, and no longer than one may be: a line that names it, the sentence, a table, and why. */
export function gateMarkdown(report: GateReport): string {
  const all = sorted(report);
  const rows = fitting(all.map(rowOf));
  const whys = fitting(all.filter(({ verdict }) => verdict !== 'pass').map(whyOf));
  return [
    `<!-- slipway gate: ${report.model.replace(/[^\p{L}\p{N}_. -]/gu, '-')} -->`,
    `### ${signs[report.verdict]} ${cell(report.sentence, mostInWhy)}`,
    '',
    '| Verdict | Rule | Of | Expected | Actual | Interval | n | p |\n|---|---|---|---|---:|---|---:|---:|',
    ...rows.lines,
    '',
    ...(rows.left > 0 ? [`${countText(rows.left, 'more rule')} had no place here.`, ''] : []),
    ...whys.lines,
    ...(whys.left > 0 ? [`- and ${countText(whys.left, 'more reason')}.`] : []),
    ...(whys.lines.length > 0 ? [''] : []),
    cell(subjectText(report), mostInWhy),
    '',
    ...report.notes.slice(0, 3).flatMap((note) => [`> ${cell(note, mostInWhy)}`, '']),
  ].join('\n');
}

function rowOf(rule: RuleResult): string {
  const cells = [
    `${signs[rule.verdict]} ${gateWord(rule.verdict)}${rule.severity === 'block' ? '' : ` (${rule.severity})`}`,
    `\`${cell(rule.id)}\``,
    cell(rule.about),
    cell(rule.expected),
    cell(actualText(rule)),
    cell(intervalText(rule)),
    rule.n === null ? '' : rule.n.toLocaleString('en-US'),
    rule.p === null ? '' : pText(rule.p),
  ];
  return `| ${cells.join(' | ')} |`;
}

function whyOf({ id, why }: RuleResult): string {
  return `- \`${cell(id)}\`: ${cell(why, mostInWhy)}`;
}

/** As many from the first on as a part of a comment may have, and how many are left. */
function fitting(lines: readonly string[]): { lines: string[]; left: number } {
  let length = 0;
  const fit = lines.filter((line) => {
    length += line.length + 1;
    return length <= mostInPart;
  });
  return { lines: fit, left: lines.length - fit.length };
}

const signs: Readonly<Record<GateVerdict, string>> = {
  pass: '✅',
  warn: '⚠️',
  fail: '❌',
  inconclusive: '❔',
  error: '❗',
};

function sorted({ rules }: GateReport): RuleResult[] {
  return rules.toSorted((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
}

function subjectText({ model, sha256, rulesDigest, champion, data, milliseconds }: GateReport): string {
  const against = champion === null ? '' : ` against ${champion.name} (${champion.sha256.slice(0, 12)})`;
  const on = data === null ? '' : ` on ${data.name}, ${countText(data.rows, 'row')}`;
  const head = `Model ${sha256.slice(0, 12)} by the rules of ${model} (${rulesDigest.slice(0, 12)})${against}${on}, ${(milliseconds / 1000).toFixed(1)} s.`;
  return `${head} Numbers were measured here by running the model.`;
}

function actualText(rule: RuleResult): string {
  const { actual } = rule;
  if (actual === null) return '–';
  return measuredSize(rule) ?? (typeof actual === 'number' ? numberText(actual) : actual);
}

function intervalText({ ci }: RuleResult): string {
  if (ci === null) return '';
  const [low, high] = ci.map((end) => numberText(fromWire(end)));
  return `${low} to ${high}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< .001' : p.toFixed(3).replace(/^0/, '');
}

/** Text that is no Markdown of its own and calls nobody, in a cell of a table. */
function cell(text: string, most = mostInCell): string {
  const short = text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
  return short
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\|*_<>[\]`~]/g, (sign) => `\\${sign}`)
    .replaceAll('@', '@\u200b');
}
