// What the audit log tells of the rules of a name: it is where accepted rules are kept.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { AuditRow } from '../../../../workspace/audit/audit-chain';
import { detailIn, isSound, recordsOf, ruledSubjects } from '../../../../workspace/audit/audit-records';
import { type AcceptedRules, bothRules } from '../rules/effective-rules';
import { hadVersion, namesEverOf } from './named-versions';

/** Records by which rules came to count. `rules changed`: slipway.yaml says others, `rules kept`: it does no more. */
export type RulesAction = 'rules accepted' | 'rules strengthened' | 'rules approved' | 'rules changed' | 'rules kept';
const accepting: ReadonlySet<string> = new Set(['rules accepted', 'rules strengthened', 'rules approved']);
const ruling: readonly string[] = [...accepting, 'rules changed', 'rules kept'];

/** Rules that slipway.yaml says instead of the accepted ones. `by`: git's user.email when that was first seen; null where it said none. */
export interface PendingRules {
  digest: string;
  by: string | null;
  seq: number;
}

/** `accepted` null: the name was gated once, and the record of its rules is gone. */
export interface RulesState {
  accepted: AcceptedRules | null;
  seq: number;
  pending: PendingRules | null;
}

interface RulesDetail {
  rules?: AcceptedRules;
  digest?: string;
  by?: string | null;
}

/** Undefined for a name that never had rules. Of one that never had a version they are a draft. */
export function rulesState(database: Database, name: string): RulesState | undefined {
  const records = recordsOf(database, ruling, [name]).reverse();
  if (records.length === 0) return undefined;
  const sealed = records.filter(isSound);
  // A workspace that came from another machine: its seals cannot be judged here.
  const sound = sealed.some(({ action }) => accepting.has(action)) ? sealed : records;
  const newest = sound.find(({ action }) => accepting.has(action));
  const accepted = newest === undefined ? null : ((detailIn(newest) as RulesDetail).rules ?? null);
  const seq = newest?.seq ?? 0;
  return { accepted, seq, pending: pendingOf(sound.filter((each) => each.seq > seq)) };
}

/** The change that stands now, by whom it was seen first. */
function pendingOf(records: readonly AuditRow[]): PendingRules | null {
  const [newest] = records;
  if (newest === undefined || newest.action !== 'rules changed') return null;
  const { digest = '' }: RulesDetail = detailIn(newest);
  const first = records.findLast((each) => {
    const detail: RulesDetail = detailIn(each);
    return each.action === 'rules changed' && detail.digest === digest && detail.by != null;
  });
  return { digest, by: first === undefined ? null : ((detailIn(first) as RulesDetail).by ?? null), seq: newest.seq };
}

/** All names that ever had rules that bind. */
export function gatedNames(database: Database): string[] {
  const bound = prepared<[], { name: string }>(database, 'SELECT DISTINCT name FROM gated_identities').all();
  const names = new Set([...ruledSubjects(database), ...bound.map(({ name }) => name)]);
  return [...names].sort().filter((name) => hadVersion(database, name));
}

/** Names whose rules hold for that model, whatever it is called now. */
export function namesOfModel(database: Database, model: number): string[] {
  return prepared<[number], { name: string }>(
    database,
    'SELECT name FROM gated_identities WHERE model = ? ORDER BY name',
  )
    .all(model)
    .map(({ name }) => name);
}

/** The rules that were accepted for a model, under all names it ever had; null where there are none. */
export function acceptedRules(
  database: Database,
  { model, name }: { model: number; name: string },
): AcceptedRules | null {
  const found = [...new Set([name, ...namesOfModel(database, model)])].flatMap(
    (each) => rulesState(database, each)?.accepted ?? [],
  );
  return found.reduce<AcceptedRules | null>(
    (sum, each) =>
      sum === null
        ? each
        : { definition: bothRules(sum.definition, each.definition), judged: { ...each.judged, ...sum.judged } },
    null,
  );
}

/** The model is under that name's rules for good. */
export function bindModel(database: Database, model: number, name: string): void {
  prepared(database, 'INSERT OR IGNORE INTO gated_identities (model, name) VALUES (?, ?)').run(model, name);
}

/** What stood where when a name got its first rules, by model: versions in production and aliases. */
export function standingOfName(database: Database, name: string): { stages: string[]; aliases: string[] } {
  const sql = (what: string): string =>
    `SELECT ${what} FROM registered_models m WHERE m.name = ? AND m.deleted_time IS NULL`;
  const stages = prepared<[string], { said: string | null }>(
    database,
    sql(`(SELECT json_group_array(lower(stage) || '@' || version) FROM model_versions v
      WHERE v.model = m.model AND v.stage IN ('Staging', 'Production', 'Archived') AND v.deleted_time IS NULL) AS said`),
  ).get(name);
  const aliases = prepared<[string], { said: string | null }>(
    database,
    sql(`(SELECT json_group_array(alias || '@' || version) FROM model_aliases a WHERE a.model = m.model) AS said`),
  ).get(name);
  return { stages: JSON.parse(stages?.said ?? '[]'), aliases: JSON.parse(aliases?.said ?? '[]') };
}

/** What stood where when a name got its first rules, as `production@3`, `champion@3`. */
export function standingBefore(database: Database, name: string): Set<string> {
  const [first] = recordsOf(database, ['rules accepted'], [name]);
  const { stages = [], aliases = [] } = (first === undefined ? {} : detailIn(first)) as {
    stages?: string[];
    aliases?: string[];
  };
  return new Set([...stages, ...aliases]);
}

/** Versions of a model that were in production when it came under rules, by any of the names that it ever had. */
export function settledVersions(database: Database, model: number): Set<number> {
  const words = namesEverOf(database, model).flatMap((name) => [...standingBefore(database, name)]);
  const settled = words.flatMap((word) => /^production@(\d+)$/.exec(word)?.[1] ?? []);
  return new Set(settled.map(Number));
}
