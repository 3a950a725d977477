// The rules that count: those that were accepted, and where slipway.yaml says others, both until people agreed to them.
import { createHash } from 'node:crypto';
import { parseVersionReference } from '../../../../protocol/datasets/dataset';
import type { GateRule } from '../../../../protocol/models/gate/gate-rule';
import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import type { Refusal } from '../../../../protocol/models/registry/model-version';
import type { LoadedConfig } from '../../../../workspace/config';
import { isProtected } from './protection';

/** Rules with what slipway.yaml says of the datasets they judge on, by name: their truth and what tells rows apart. */
export interface AcceptedRules {
  definition: ModelDefinition;
  judged: Record<string, { label: string | null; key: string[] }>;
}

/** The rules that count for a model. `pending`: how slipway.yaml differs; null where it does not. `blocked`: why nothing may move at all. */
export interface EffectiveRules {
  definition: ModelDefinition;
  digest: string;
  pending: string | null;
  blocked: Refusal | null;
}

type Approvals = NonNullable<ModelDefinition['approvals']>;
const nobody: Approvals = { need: 0, not_author: false };

/** Who has to agree; nobody where nothing is said. */
export function approvalsOf({ approvals }: ModelDefinition): Approvals {
  return approvals ?? nobody;
}

/** SHA-256 of a definition, in hex. */
export function rulesDigest(definition: ModelDefinition): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex');
}

/** SHA-256, in hex, of what slipway.yaml says of a model; null where it says nothing. */
export function contentDigest(rules: AcceptedRules | null): string {
  return createHash('sha256').update(canonical(rules)).digest('hex');
}

/** What slipway.yaml says of a model now; null where it has no entry. */
export function rulesIn({ config }: LoadedConfig, name: string): AcceptedRules | null {
  const definition = Object.hasOwn(config.models, name) ? config.models[name] : undefined;
  if (definition === undefined) return null;
  const words = [
    definition.data?.holdout,
    ...definition.gates.map((rule) => ('dataset' in rule ? rule.dataset : null)),
  ];
  const judged: AcceptedRules['judged'] = {};
  for (const word of words) {
    const dataset = word == null ? undefined : parseVersionReference(word)?.dataset;
    const entry = dataset === undefined || !Object.hasOwn(config.datasets, dataset) ? null : config.datasets[dataset];
    if (dataset !== undefined) judged[dataset] = { label: entry?.label ?? null, key: [entry?.key ?? []].flat() };
  }
  return { definition, judged };
}

/** How `next` is weaker than `accepted`, or other where nobody can say which is: phrases. None: it is the same or stricter. */
export function weakenings(accepted: AcceptedRules, next: AcceptedRules | null): string[] {
  if (next === null) return ['its entry is gone'];
  const [before, after] = [accepted.definition, next.definition];
  const rules = new Map(after.gates.map((rule) => [rule.id, rule]));
  const found: string[] = [];
  for (const rule of before.gates) {
    const now = rules.get(rule.id);
    if (now === undefined) found.push(`the rule ${rule.id} is gone`);
    else if (canonical(now) !== canonical(rule)) found.push(`the rule ${rule.id} is another one`);
  }
  found.push(...weakerApprovals(approvalsOf(before), approvalsOf(after)));
  const lost = before.protects.filter((word) => !isProtected(after.protects, word));
  if (lost.length > 0) found.push(`${lost.join(', ')} ${lost.length === 1 ? 'is' : 'are'} not protected`);
  if (canonical(before.data) !== canonical(after.data)) found.push('it is judged on other data');
  return [...found, ...otherTruths(accepted, next)];
}

/** Datasets that rules were accepted on and whose truth is now said to be another one. */
export function otherTruths(accepted: AcceptedRules, next: AcceptedRules): string[] {
  return Object.entries(accepted.judged).flatMap(([dataset, before]) => {
    const after = Object.hasOwn(next.judged, dataset) ? next.judged[dataset] : undefined;
    const isSame = after === undefined || canonical(after) === canonical(before);
    return isSame ? [] : [`label or key of ${dataset} is another one`];
  });
}

function weakerApprovals(before: Approvals, after: Approvals): string[] {
  const found: string[] = [];
  if (after.need < before.need) found.push(`${after.need} instead of ${before.need} have to agree`);
  const strangers =
    before.from === undefined ? [] : (after.from ?? ['everybody']).filter((each) => !before.from?.includes(each));
  if (strangers.length > 0) found.push(`${strangers.join(', ')} may agree too`);
  if (before.not_author && !after.not_author) found.push('the author may agree too');
  if (milliseconds(after.expires) > milliseconds(before.expires)) found.push('approvals hold for longer');
  return found;
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of `30d`, `12h`; without an end where nothing is said. */
export function milliseconds(expires: string | undefined): number {
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  return Number.parseInt(expires, 10) * (units[expires.at(-1) ?? ''] ?? 0);
}

/** Both sets of rules: one that changed counts as it was and, under its id with `.new`, as it is; people as the stricter of the two says. */
export function bothRules(accepted: ModelDefinition, next: ModelDefinition): ModelDefinition {
  const known = new Map(accepted.gates.map((rule) => [rule.id, rule]));
  const ids = new Set([...accepted.gates, ...next.gates].map(({ id }) => id));
  const gates: GateRule[] = [...accepted.gates];
  for (const rule of next.gates) {
    const before = known.get(rule.id);
    if (before === undefined) gates.push(rule);
    else if (canonical(before) !== canonical(rule)) gates.push({ ...rule, id: freeId(rule.id, ids) });
  }
  const protects = [...accepted.protects, ...next.protects.filter((word) => !isProtected(accepted.protects, word))];
  return { ...accepted, approvals: bothApprovals(approvalsOf(accepted), approvalsOf(next)), protects, gates };
}

function freeId(id: string, taken: Set<string>): string {
  let free = `${id}.new`;
  while (taken.has(free)) free += '.new';
  taken.add(free);
  return free;
}

function bothApprovals(a: Approvals, b: Approvals): Approvals {
  const both = a.from?.filter((each) => b.from === undefined || b.from.includes(each));
  // Nobody in both: whoever was accepted may still agree.
  const from = a.from === undefined ? b.from : both?.length === 0 ? a.from : both;
  const expires = milliseconds(b.expires) < milliseconds(a.expires) ? b.expires : a.expires;
  return {
    need: Math.max(a.need, b.need),
    not_author: a.not_author || b.not_author,
    ...(from === undefined ? {} : { from }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** JSON in which the order of keys, and of rules, says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (key, each: unknown) => {
    if (key === 'gates' && Array.isArray(each)) {
      return [...(each as { id: string }[])].sort((a, b) => (a.id < b.id ? -1 : 1));
    }
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
