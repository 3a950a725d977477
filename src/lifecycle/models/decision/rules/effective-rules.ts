// The rules that count: those that were accepted, and where slipway.yaml says others, both until people agreed to them.
import { createHash } from 'node:crypto';
import { spanMilliseconds } from '../../../../base/time-span';
import { parseVersionReference } from '../../../../protocol/datasets/dataset';
import type { GateRule } from '../../../../protocol/models/gate/gate-rule';
import { featureLists, type ModelDefinition } from '../../../../protocol/models/model-definition';
import { isSamePerson } from '../../../../protocol/models/person';
import { isProtected } from '../../../../protocol/models/protection';
import type { Refusal } from '../../../../protocol/models/registry/model-version';
import type { LoadedConfig } from '../../../../workspace/config';
import { ruleChange } from './rule-change';

/** What slipway.yaml says of a dataset that rules judge on: its truth, what tells rows apart, and (as JSON) where it lies; where a rule reads it, its contract. Rules of earlier versions of Slipway do not have the last two. */
export interface JudgedDataset {
  label: string | null;
  key: string[];
  from?: string | undefined;
  contract?: string | null | undefined;
}

/** Rules with the datasets they judge on, by name. */
export interface AcceptedRules {
  definition: ModelDefinition;
  judged: Record<string, JudgedDataset>;
}

/** The rules that count for a model. `pending`: how slipway.yaml differs; null where it does not. `blocked`: why nothing may move at all. */
export interface EffectiveRules extends AcceptedRules {
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

/** SHA-256, in hex, of rules and of what they judge on: the order in which they are written says nothing. */
export function rulesDigest(definition: ModelDefinition, judged: AcceptedRules['judged'] = {}): string {
  return createHash('sha256').update(canonical({ definition, judged })).digest('hex');
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
    if (dataset === undefined) continue;
    const { label = null, key = [], path, query, source } = entry ?? {};
    judged[dataset] = { label, key: [key].flat(), from: canonical([[path ?? []].flat(), query, source]) };
  }
  for (const [dataset, contract] of contractsOf(definition, config)) {
    judged[dataset] = { label: null, key: [], ...judged[dataset], contract };
  }
  return { definition, judged };
}

/** By name, of the datasets whose contracts `data` rules ask for; one that names none may ask for that of any. */
function contractsOf({ gates }: ModelDefinition, { datasets }: LoadedConfig['config']): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const rule of gates) {
    if (rule.kind !== 'data') continue;
    const named = rule.dataset === undefined ? undefined : parseVersionReference(rule.dataset)?.dataset;
    for (const [dataset, { contract }] of Object.entries(datasets)) {
      if (named === undefined ? contract !== undefined : dataset === named) found.set(dataset, contract ?? null);
    }
  }
  return found;
}

/** One way in which rules are not those that were accepted. `isWeaker`: they ask for less; false where nobody can say. */
interface RulesDifference {
  words: string;
  isWeaker: boolean;
}

/** How `next` is weaker than `accepted`, or other where nobody can say which is. None: it is the same or stricter. */
export function weakenings(accepted: AcceptedRules, next: AcceptedRules | null): RulesDifference[] {
  if (next === null) return [{ words: 'its entry is gone', isWeaker: true }];
  const [before, after] = [accepted.definition, next.definition];
  const lost = before.protects.filter((word) => !isProtected(after.protects, word));
  const weaker = [
    ...weakerApprovals(approvalsOf(before), approvalsOf(after)),
    ...(lost.length === 0 ? [] : [`${lost.join(', ')} ${lost.length === 1 ? 'is' : 'are'} not protected`]),
  ];
  const other = [
    ...(isOnOtherData(before, after) ? ['it is judged on other data'] : []),
    ...otherTruths(accepted, next),
  ];
  return [
    ...ruleDifferences(before.gates, after.gates),
    ...weaker.map((words) => ({ words, isWeaker: true })),
    ...other.map((words) => ({ words, isWeaker: false })),
  ];
}

function ruleDifferences(before: readonly GateRule[], after: readonly GateRule[]): RulesDifference[] {
  const rules = new Map(after.map((rule) => [rule.id, rule]));
  return before.flatMap((rule): RulesDifference[] => {
    const now = rules.get(rule.id);
    if (now === undefined) return [{ words: `the rule ${rule.id} is gone`, isWeaker: true }];
    const change = ruleChange(rule, now);
    if (change === 'weaker') return [{ words: `the rule ${rule.id} is weaker`, isWeaker: true }];
    return change === 'other' ? [{ words: `the rule ${rule.id} is another one`, isWeaker: false }] : [];
  });
}

/** One more list of columns, for versions that take more or fewer, changes nothing for those there are. */
function isOnOtherData(before: ModelDefinition, after: ModelDefinition): boolean {
  if (canonical(before.data) === canonical(after.data)) return false;
  const [lists, now] = [featureLists(before), featureLists(after).map(canonical)];
  const isHoldout = before.data?.holdout === after.data?.holdout;
  return !isHoldout || lists.length === 0 || !lists.every((each) => now.includes(canonical(each)));
}

/** Datasets that rules were accepted on and of which slipway.yaml now says something else. */
export function otherTruths(accepted: AcceptedRules, next: AcceptedRules): string[] {
  return Object.entries(accepted.judged).flatMap(([dataset, before]) => {
    const after = Object.hasOwn(next.judged, dataset) ? next.judged[dataset] : undefined;
    const isSameContract = before.contract === undefined || (after?.contract ?? null) === before.contract;
    const contract = isSameContract ? [] : [`the contract of ${dataset} is another one`];
    if (after === undefined) return contract;
    const isSameTruth = canonical([after.label, after.key]) === canonical([before.label, before.key]);
    const isSamePlace = before.from === undefined || after.from === before.from;
    return [
      ...(isSameTruth ? [] : [`label or key of ${dataset} is another one`]),
      ...(isSamePlace ? [] : [`${dataset} is read from somewhere else`]),
      ...contract,
    ];
  });
}

function weakerApprovals(before: Approvals, after: Approvals): string[] {
  const found: string[] = [];
  if (after.need < before.need) found.push(`${after.need} instead of ${before.need} have to agree`);
  const strangers = (after.from ?? ['everybody']).filter((each) => !isAmong(before.from, each));
  if (strangers.length > 0) found.push(`${strangers.join(', ')} may agree too`);
  if (before.not_author && !after.not_author) found.push('the author may agree too');
  if (milliseconds(after.expires) > milliseconds(before.expires)) found.push('approvals hold for longer');
  return found;
}

/** Milliseconds of `30d`, `12h`; without an end where nothing is said. */
export function milliseconds(expires: string | undefined): number {
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  return spanMilliseconds(expires) || 0;
}

/** Both sets of rules: one that changed counts as it was and, under its id with `.new`, as it is, or alone where it is stricter; people as the stricter of the two says. */
export function bothRules(accepted: ModelDefinition, next: ModelDefinition): ModelDefinition {
  const known = new Map(accepted.gates.map((rule) => [rule.id, rule]));
  const ids = new Set([...accepted.gates, ...next.gates].map(({ id }) => id));
  const gates: GateRule[] = [...accepted.gates];
  for (const rule of next.gates) {
    const before = known.get(rule.id);
    const change = before === undefined ? 'stricter' : ruleChange(before, rule);
    if (before === undefined) gates.push(rule);
    else if (change === 'stricter') gates[gates.indexOf(before)] = rule;
    else if (change !== 'same') gates.push({ ...rule, id: freeId(rule.id, ids) });
  }
  const protects = [...accepted.protects, ...next.protects.filter((word) => !isProtected(accepted.protects, word))];
  const { data } = isOnOtherData(accepted, next) ? accepted : next;
  return {
    ...accepted,
    ...(data === undefined ? {} : { data }),
    approvals: bothApprovals(approvalsOf(accepted), approvalsOf(next)),
    protects,
    gates,
  };
}

function freeId(id: string, taken: Set<string>): string {
  let free = `${id}.new`;
  while (taken.has(free)) free += '.new';
  taken.add(free);
  return free;
}

/** Undefined is everybody. */
function isAmong(people: Approvals['from'], person: string): boolean {
  return people === undefined || people.some((each) => isSamePerson(each, person));
}

function bothApprovals(a: Approvals, b: Approvals): Approvals {
  const both = a.from?.filter((each) => isAmong(b.from, each));
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

/** JSON in which the order of keys says nothing, nor that of rules, of protected places, and of people. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (key, each: unknown) => {
    if (Array.isArray(each)) return unordered.has(key) ? each.toSorted(byText) : each;
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const unordered: ReadonlySet<string> = new Set(['gates', 'protects', 'from']);

/** Rules by their ids. */
function byText(a: unknown, b: unknown): number {
  const [first, second] = [a, b].map((each) =>
    typeof each === 'string' ? each : String((each as { id?: unknown }).id),
  );
  return (first ?? '') < (second ?? '') ? -1 : 1;
}
