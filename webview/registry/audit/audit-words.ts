// How a record of the audit log reads.
import type { AuditRecord } from '../../../src/protocol/audit/audit';
import type { IconName } from '../../kit/icon';

/** `what` was done, and whatever the record says of it. */
export interface AuditLine {
  icon: IconName;
  tone: string;
  what: string;
  rest: string;
}

/** Told by other words, or by none: hashes are in the record itself, and too long to read. */
const untold: ReadonlySet<string> = new Set(['evidence', 'digest', 'gate', 'sha256', 'files', 'rules_digest']);

/** Any record; one of a kind that is not known is told by its own words. */
export function auditWords(record: AuditRecord): AuditLine {
  const { action, detail } = record;
  const what = `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return { ...lookOf(record), what, rest: detailWords(detail) };
}

function lookOf({ action, detail }: AuditRecord): { icon: IconName; tone: string } {
  if (/refused|rejected/.test(action)) return { icon: 'failed', tone: 'worse' };
  if (/approved|promoted/.test(action)) return { icon: 'finished', tone: 'better' };
  if (/gate/.test(action)) return gateLooks[String(detail.verdict)] ?? { icon: 'unknown', tone: 'quiet' };
  if (/created/.test(action)) return { icon: 'plus', tone: 'quiet' };
  if (/deleted/.test(action)) return { icon: 'trash', tone: 'quiet' };
  if (/waive/.test(action)) return { icon: 'caution', tone: 'caution' };
  if (/roll/.test(action)) return { icon: 'downward', tone: 'caution' };
  if (/rules/.test(action)) return { icon: 'file', tone: 'quiet' };
  return { icon: 'swap', tone: 'quiet' };
}

const gateLooks: Readonly<Record<string, { icon: IconName; tone: string }>> = {
  pass: { icon: 'finished', tone: 'better' },
  warn: { icon: 'caution', tone: 'caution' },
  fail: { icon: 'failed', tone: 'worse' },
  error: { icon: 'failed', tone: 'worse' },
};

function detailWords(detail: AuditRecord['detail']): string {
  const { from = null, to = null, ...others } = detail;
  const move = from === null && to === null ? [] : [[from, to].map(wordOf).filter(Boolean).join(' → ')];
  const rest = Object.entries(others).flatMap(([name, value]) => {
    const word = untold.has(name) ? '' : wordOf(value);
    return word === '' ? [] : [name === 'door' ? `(${word})` : `${name} ${word}`];
  });
  return [...move, ...rest].join(', ');
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map(wordOf).filter(Boolean).join(', ');
  if (typeof value === 'object') return Object.values(value).map(wordOf).filter(Boolean).join(' ');
  return String(value);
}
