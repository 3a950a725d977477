// How a record of the audit log looks beside its words.
import type { AuditRecord } from '../../../src/protocol/audit/audit';
import { type AuditWords, auditWords as wordsOf } from '../../../src/protocol/audit/audit-words';
import type { IconName } from '../../kit/icon';

/** The words with a sign. */
export interface AuditLine extends AuditWords {
  icon: IconName;
  tone: string;
}

type Look = Pick<AuditLine, 'icon' | 'tone'>;
const quiet = 'quiet';
const good: Look = { icon: 'finished', tone: 'better' };
const bad: Look = { icon: 'failed', tone: 'worse' };
const back: Look = { icon: 'downward', tone: quiet };
const file: Look = { icon: 'file', tone: quiet };
const gone: Look = { icon: 'trash', tone: quiet };
const other: Look = { icon: 'swap', tone: quiet };

const looks: Readonly<Record<string, Look>> = {
  refused: bad,
  'gate run': { icon: 'unknown', tone: quiet },
  'version approved': good,
  'version rejected': bad,
  'version promoted': good,
  'version rolled back': { icon: 'downward', tone: 'caution' },
  'version withdrawn': back,
  'version created': { icon: 'plus', tone: quiet },
  'version deleted': gone,
  'model created': { icon: 'plus', tone: quiet },
  'model deleted': gone,
  'rule waived': { icon: 'caution', tone: 'caution' },
  'rules accepted': file,
  'rules strengthened': file,
  'rules kept': file,
  'rules changed': { icon: 'file', tone: 'caution' },
  'rules approved': good,
  'rules agreed to': good,
};

/** Any record; one of a kind that is not known is told by its own words. */
export function auditWords(record: AuditRecord): AuditLine {
  const gate = record.action === 'gate run' ? gateLook(record.detail.verdict) : undefined;
  return { ...wordsOf(record), ...(gate ?? looks[record.action] ?? other) };
}

function gateLook(verdict: unknown): Look | undefined {
  if (verdict === 'pass') return good;
  if (verdict === 'warn') return { icon: 'caution', tone: 'caution' };
  return verdict === 'fail' || verdict === 'error' ? bad : undefined;
}
