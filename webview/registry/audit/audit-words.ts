// How a record of the audit log reads: what was done, and what of its detail a person would ask for.
import type { AuditRecord } from '../../../src/protocol/audit/audit';
import { countText, timeText } from '../../../src/protocol/wording';
import type { IconName } from '../../kit/icon';

/** `what` was done, and whatever the record says of it. `joint`: between it and the one who did it. */
export interface AuditLine {
  icon: IconName;
  tone: string;
  what: string;
  joint: 'by' | 'to';
  rest: string;
}

type Detail = AuditRecord['detail'];
type Kind = Pick<AuditLine, 'icon' | 'tone' | 'what'> & { rest?: (detail: Detail) => string };

const quiet = 'quiet';
const good = { icon: 'finished', tone: 'better' } as const;
const bad = { icon: 'failed', tone: 'worse' } as const;

const kinds: Readonly<Record<string, Kind>> = {
  refused: { ...bad, what: 'Refused', rest: refusal },
  'gate run': { icon: 'unknown', tone: quiet, what: 'Gate run', rest: gateCounts },
  'version approved': { ...good, what: 'Approved', rest: ({ comment }) => text(comment) },
  'version rejected': { ...bad, what: 'Rejected', rest: ({ comment }) => text(comment) },
  'version promoted': { ...good, what: 'Promoted', rest: promotion },
  'version rolled back': {
    icon: 'downward',
    tone: 'caution',
    what: 'Rolled back to',
    rest: ({ reason }) => text(reason),
  },
  'version withdrawn': { icon: 'downward', tone: quiet, what: 'Withdrawn', rest: ({ reason }) => text(reason) },
  'version created': { icon: 'plus', tone: quiet, what: 'Registered' },
  'version deleted': { icon: 'trash', tone: quiet, what: 'Deleted' },
  'model created': { icon: 'plus', tone: quiet, what: 'Model created' },
  'model renamed': { icon: 'swap', tone: quiet, what: 'Model renamed', rest: move },
  'model deleted': { icon: 'trash', tone: quiet, what: 'Model deleted' },
  'stage changed': { icon: 'swap', tone: quiet, what: 'Stage changed', rest: move },
  'alias set': { icon: 'swap', tone: quiet, what: 'Alias set on', rest: ({ alias }) => text(alias) },
  'alias moved': { icon: 'swap', tone: quiet, what: 'Alias moved to', rest: alias },
  'alias deleted': { icon: 'swap', tone: quiet, what: 'Alias taken from', rest: ({ alias: name }) => text(name) },
  'rule waived': { icon: 'caution', tone: 'caution', what: 'Rule waived for', rest: waived },
  'rules accepted': { icon: 'file', tone: quiet, what: 'Rules accepted', rest: ruleCount },
  'rules strengthened': { icon: 'file', tone: quiet, what: 'Rules made stricter', rest: ruleCount },
  'rules kept': { icon: 'file', tone: quiet, what: 'Rules are the accepted ones again' },
  'rules changed': { icon: 'file', tone: 'caution', what: 'Rules weakened', rest: ({ weaker }) => text(weaker) },
  'rules approved': { ...good, what: 'Changed rules approved', rest: ruleCount },
  'rules agreed to': { ...good, what: 'Changed rules agreed to', rest: ({ comment }) => text(comment) },
};

/** Any record; one of a kind that is not known is told by its own words. */
export function auditWords({ action, detail }: AuditRecord): AuditLine {
  const known = kinds[action];
  const what = known?.what ?? `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  const look = action === 'gate run' ? gateLook(detail.verdict) : undefined;
  const door = text(detail.door);
  const rest = [known?.rest?.(detail) ?? '', door === '' ? '' : `(${door})`].filter(Boolean).join(' ');
  return {
    icon: look?.icon ?? known?.icon ?? 'swap',
    tone: look?.tone ?? known?.tone ?? quiet,
    ...{ what, rest, joint: action === 'refused' ? 'to' : 'by' },
  };
}

function gateLook(verdict: unknown): Pick<AuditLine, 'icon' | 'tone'> | undefined {
  if (verdict === 'pass') return good;
  if (verdict === 'warn') return { icon: 'caution', tone: 'caution' };
  return verdict === 'fail' || verdict === 'error' ? bad : undefined;
}

/** `delay@2 may not become production: floor, approvals`. */
function refusal({ why, rules }: Detail): string {
  const [head = ''] = text(why).split(': ');
  return [head, text(rules)].filter(Boolean).join(': ');
}

function gateCounts({ rules }: Detail): string {
  const words: Readonly<Record<string, string>> = { inconclusive: 'cannot tell', error: 'could not be run' };
  const verdicts = Array.isArray(rules) ? rules.map((rule: { verdict?: unknown }) => text(rule?.verdict)) : [];
  const counts = ['fail', 'error', 'inconclusive', 'warn', 'pass'].map((verdict) => ({
    count: verdicts.filter((each) => each === verdict).length,
    word: words[verdict] ?? verdict,
  }));
  return counts.flatMap(({ count, word }) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}

function promotion({ target, before }: Detail): string {
  const place = (before as { version?: unknown } | null)?.version;
  return `to ${text(target)}${place === undefined ? '' : `, in the place of v${text(place)}`}`;
}

function move({ from, to }: Detail): string {
  return [from, to].map((end) => text(end).replace(/^None$/, 'Candidate')).join(' → ');
}

function alias({ alias: name, from }: Detail): string {
  return `${text(name)}, from v${text(from)}`;
}

function waived({ rule, reason, expires }: Detail): string {
  const until = typeof expires === 'number' ? `, until ${timeText(expires, Date.now())}` : '';
  return `${text(rule)}${until}. ${text(reason)}`;
}

function ruleCount({ rules }: Detail): string {
  const { definition } = (rules ?? {}) as { definition?: { gates?: unknown[] } };
  return Array.isArray(definition?.gates) ? countText(definition.gates.length, 'rule') : '';
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
