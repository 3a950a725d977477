// How a record of the audit log reads: what was done, and what of its detail a person would ask for.
import { verdictOrder } from '../models/gate/stopping';
import { gateWord, verdictCount } from '../models/registry/registry-words';
import { countText, timeText } from '../wording';
import type { AuditRecord } from './audit';

/** `what` was done, and `rest` says of it. `joint`: between it and the one who did it. `isPart`: of a decision, whose own record tells it. */
export interface AuditWords {
  what: string;
  joint: 'by' | 'to';
  rest: string;
  isPart: boolean;
}

type Detail = AuditRecord['detail'];
interface Kind {
  what: string | ((detail: Detail) => string);
  rest?: (detail: Detail) => string;
}

const kinds: Readonly<Record<string, Kind>> = {
  refused: { what: 'Refused', rest: refusal },
  'gate run': { what: 'Gate run', rest: gateResult },
  'version approved': { what: 'Approved', rest: ({ comment }) => text(comment) },
  'version rejected': { what: 'Rejected', rest: ({ comment }) => text(comment) },
  'version promoted': { what: 'Promoted', rest: promotion },
  'version rolled back': { what: 'Rolled back to', rest: replaced },
  'version withdrawn': { what: 'Withdrawn', rest: ({ reason }) => text(reason) },
  'version created': { what: 'Registered' },
  'version deleted': { what: 'Deleted' },
  'model created': { what: 'Model created' },
  'model renamed': { what: 'Model renamed', rest: move },
  'model deleted': { what: 'Model deleted' },
  'stage changed': { what: 'Stage changed', rest: move },
  'alias set': { what: 'Alias set on', rest: ({ alias }) => text(alias) },
  'alias moved': { what: 'Alias moved to', rest: alias },
  'alias deleted': { what: 'Alias taken from', rest: ({ alias: name }) => text(name) },
  'rule waived': { what: 'Rule waived for', rest: waived },
  'rules accepted': { what: 'Rules accepted', rest: ruleCount },
  'rules strengthened': { what: 'Rules made stricter', rest: ruleCount },
  'rules kept': { what: 'Rules are the accepted ones again' },
  // Of another rule nobody can say whether it asks for less.
  'rules changed': {
    what: ({ isWeaker }) => (isWeaker === true ? 'Rules weakened' : 'Rules changed'),
    rest: ({ weaker }) => text(weaker),
  },
  'rules approved': { what: 'Changed rules approved', rest: ruleCount },
  'log broken': { what: 'Records of the log were missing' },
  'log accepted': { what: 'Log relied on as it is', rest: ({ reason }) => text(reason) },
  'rules agreed to': { what: 'Changed rules agreed to', rest: ({ comment }) => text(comment) },
};

/** Any record; one of a kind that is not known is told by its own words. */
export function auditWords({ action, detail }: AuditRecord): AuditWords {
  const known = kinds[action];
  const usual = `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  const what = (typeof known?.what === 'function' ? known.what(detail) : known?.what) ?? usual;
  const door = text(detail.door);
  const rest = [known?.rest?.(detail) ?? '', door === '' ? '' : `(${door})`].filter(Boolean).join(' ');
  const isPart = text(detail.gate).startsWith('decision ');
  return { what, rest, joint: action === 'refused' ? 'to' : 'by', isPart };
}

/** `delay@2 may not become production: floor, approvals`. */
function refusal({ why, rules }: Detail): string {
  const [head = ''] = text(why).split(': ');
  return [head, text(rules)].filter(Boolean).join(': ');
}

function gateResult({ verdict, rules }: Detail): string {
  const verdicts = Array.isArray(rules) ? rules.map((rule: { verdict?: unknown }) => rule?.verdict) : [];
  const counts = verdictOrder.flatMap((each) => {
    const count = verdicts.filter((found) => found === each).length;
    return count === 0 ? [] : [verdictCount(each, count)];
  });
  const found = verdictOrder.find((each) => each === verdict);
  return [found === undefined ? '' : gateWord(found), counts.join(', ')].filter(Boolean).join(': ');
}

function promotion({ target, before, approved_by: people, waived: passed, reason }: Detail): string {
  const by = text(people);
  return [
    `to ${text(target)}${before == null ? '' : `, in the place of v${text(before)}`}`,
    ...(by === '' ? [] : [`agreed to by ${by}`]),
    ...waivedParts(passed),
    ...(text(reason) === '' ? [] : [text(reason)]),
  ].join('; ');
}

function waivedParts(passed: unknown): string[] {
  if (!Array.isArray(passed)) return [];
  const told = passed.map(
    (each: { rule?: unknown; person?: unknown }) => `${text(each?.rule)} by ${text(each?.person)}`,
  );
  return told.length === 0 ? [] : [`let pass: ${told.join(', ')}`];
}

function replaced({ before, reason }: Detail): string {
  return [before == null ? '' : `in the place of v${text(before)}`, text(reason)].filter(Boolean).join('; ');
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
