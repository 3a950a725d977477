// The moves of versions of gated models. What is protected moves by a decision only, which is kept with its ground.
import { SlipwayError } from '../../../base/errors';
import type { Refusal } from '../../../protocol/models/registry/model-version';
import type { ModelsContext } from '../context';
import type { ModelVersionRow } from '../model-version';
import type { RegistryEvent } from '../registry-event';
import type { ModelStage } from '../rules/model-stage';
import type { RegistryStore } from '../store/registry-store';
import { approvalRefusals, type KeptWord, standingWords } from './approval';
import { evidenceDigest, filesDigest } from './evidence';
import { gateRefusals } from './gate-refusals';
import { type MoveGoal, type MovePlan, planMove } from './move-plan';
import type { EffectiveRules } from './rules/effective-rules';
import { addDecision, type Decision, decisionsOf, goodVersions } from './store/decision-rows';
import { productionDoubt } from './store/recorded-places';
import { settledVersions } from './store/rules-log';
import { type VersionEvidence, versionEvidence } from './version-evidence';
import { type MoveTerms, refused, type Warrant } from './warrant';

/** Tags that a promotion writes, and nobody else. */
const decisionTags = ['approved_by', 'approval_date', 'training_data_hash'] as const;
type DecisionTag = (typeof decisionTags)[number];

/** True for a tag that only a promotion writes. */
export function isDecisionTag(key: string): boolean {
  return decisionTags.some((each) => each === key);
}

/** Milliseconds for which what was seen of a version's files counts. */
const freshness = 120_000;

/** `goal` of a version, under the rules of its model. */
export interface GatedMove {
  row: ModelVersionRow;
  goal: MoveGoal;
  rules: EffectiveRules;
  terms: MoveTerms;
}

/** `left`: the version that was in production when it was looked for; `passedOver`: ones that were there later and are not good any more, a sentence each. */
export interface RollbackSaid {
  rules: EffectiveRules;
  terms: MoveTerms;
  reason: string;
  left: number | undefined;
  passedOver: readonly string[];
}

/** Moves versions of gated models, inside a transaction that is open. */
export class VersionMoves {
  readonly #context: ModelsContext;
  readonly #store: RegistryStore;

  constructor(context: ModelsContext, store: RegistryStore) {
    this.#context = context;
    this.#store = store;
  }

  /** The version in production; the one that the alias names where there are several. */
  champion(model: number): ModelVersionRow | undefined {
    const there = this.#store.versions.inStage(model, 'Production');
    const named = this.#store.aliases.find(model, 'champion');
    return there.find(({ version }) => version === named) ?? there.at(-1);
  }

  /** What a move would change. */
  plan({ row, goal, rules }: Pick<GatedMove, 'row' | 'goal' | 'rules'>): MovePlan {
    const standing = {
      ...{ version: row.version, stage: row.stage },
      production: this.#numbersIn(row.model, 'Production'),
      beside: 'stage' in goal ? this.#numbersIn(row.model, goal.stage) : [],
      aliases: this.#store.aliases.ofModel(row.model),
    };
    return planMove(standing, goal, rules.definition.protects);
  }

  #numbersIn(model: number, stage: ModelStage): number[] {
    return this.#store.versions.inStage(model, stage).map(({ version }) => version);
  }

  /** Throws SlipwayError `forbidden` with the refusals in its details; then nothing is changed. */
  move(move: GatedMove): void {
    const wanted = this.plan(move);
    const { row, terms } = move;
    if (wanted.isKept && this.#isAsDecided(move, wanted)) return;
    // It is there, and by no decision: it is judged as if it came there.
    const plan = wanted.isKept ? { ...wanted, isInto: true } : wanted;
    if (plan.stages.length + plan.set.length + plan.unset.length === 0 && !plan.isKept) return;
    if (!isDecided(plan)) {
      this.#apply(row, plan, { actor: terms.actor, gate: 'not protected' });
      return;
    }
    const found = this.refusals(move, plan);
    const where = plan.isInto ? `may not become ${plan.target}` : `may not leave ${leftOf(plan, row)}`;
    const { warrant } = terms;
    if (found.refusals.length > 0 || warrant === undefined || found.evidence === undefined) {
      throw refused(`${row.name}@${row.version} ${where}`, found.refusals, found.digest);
    }
    this.#decide(move, { plan, warrant, evidence: found.evidence });
  }

  /** Whether a decision put it where it is. Throws SlipwayError `forbidden` where its files are not those of that decision. */
  #isAsDecided({ row, terms }: GatedMove, { target }: MovePlan): boolean {
    const decisions = decisionsOf(this.#context.database, row.model).filter((each) => each.target === target);
    const last = target === 'production' ? decisions[0] : decisions.find(({ version }) => version === row.version);
    if (last === undefined || last.version !== row.version || last.move === 'withdrawn') return false;
    const { warrant, obstacle } = terms;
    const isOwn = warrant?.model === row.model && warrant.version === row.version;
    if (isOwn && filesDigest(warrant.subject.files) === last.files) return true;
    const why = 'its files are not those that were decided over: register them as another version';
    const refusal = obstacle ?? { rule: 'files', why };
    throw refused(`${row.name}@${row.version} may not stay ${target}`, [refusal], last.digest);
  }

  /** Why the move is refused; none where it is not. */
  refusals(
    move: GatedMove,
    plan: MovePlan,
  ): { refusals: Refusal[]; digest: string | null; evidence?: VersionEvidence } {
    const { row, rules, terms } = move;
    const doubts = plan.isInto ? this.#doubtsOfChampion(move) : [];
    const before = [...(rules.blocked === null ? [] : [rules.blocked]), ...doubts];
    const digest = terms.warrant === undefined ? null : evidenceDigest(terms.warrant.subject);
    const stale = this.#stale(move);
    if (stale.length > 0 || digest === null) return { refusals: [...before, ...stale], digest };
    const given = { definition: rules.definition, digest, subject: terms.warrant?.subject, now: this.#context.now() };
    const found = versionEvidence(this.#context.database, row, given);
    const evidence = plan.isLeaving ? { ...found, words: this.#wordsSinceArrival(row, found.words) } : found;
    const subject = `${row.name}@${row.version}`;
    const { definition } = rules;
    const gate = plan.isInto ? gateRefusals(subject, evidence.report, { definition, waivers: evidence.waivers }) : [];
    const what = plan.isLeaving ? 'that it leaves, since it came there' : 'to what it is now';
    const people = approvalRefusals(evidence.words, evidence.terms, `${what}: slipway approve ${subject}`);
    return { refusals: [...before, ...gate, ...people], digest, evidence };
  }

  /** What came into production past Slipway is no measure of what comes next. */
  #doubtsOfChampion({ row, terms }: GatedMove): Refusal[] {
    const { database } = this.#context;
    const { model, name } = row;
    const there = this.champion(model)?.version;
    const back = `Go back to the one before (slipway rollback ${name} --reason …), or let people agree that it leaves`;
    const doubt = productionDoubt(database, row, there);
    const isOwn = doubt?.of.includes(row.version);
    if (doubt !== null && !isOwn) {
      const what = there === undefined ? 'Promote that one again' : back;
      return [{ rule: 'protected', why: `${doubt.why}. ${what}` }];
    }
    const seen = terms.warrant?.subject.champion;
    const decided = seen == null ? null : this.decidedFiles({ model, version: seen.version }, 'production');
    if (seen == null || seen.files === '' || decided === null || decided === seen.files) return [];
    const why = `the files of ${name}@${seen.version}, the champion, are not those that were decided over. Put them back. ${back}`;
    return [{ rule: 'protected', why }];
  }

  /** The digest of the files that the last decision over a place (`production`, an alias) was about, where that put the version there; else null. */
  decidedFiles({ model, version }: Pick<ModelVersionRow, 'model' | 'version'>, place: string): string | null {
    const last = decisionsOf(this.#context.database, model).find(({ target }) => target === place);
    return last?.version === version && last.move !== 'withdrawn' ? last.files : null;
  }

  /** Who agreed that it comes there did not agree that it leaves. */
  #wordsSinceArrival({ model, version }: ModelVersionRow, words: readonly KeptWord[]): KeptWord[] {
    const arrival = decisionsOf(this.#context.database, model).find((each) => each.version === version)?.seq ?? 0;
    return words.filter(({ seq }) => seq > arrival);
  }

  /** Versions that may be rolled back to, the newest first, each with the digest its files must have. */
  goodVersions(model: number): { version: number; files: string }[] {
    const { database } = this.#context;
    const settled = settledVersions(database, model);
    return goodVersions(decisionsOf(database, model), { now: this.champion(model)?.version, settled });
  }

  /** Back to a version that was good: needs a reason and no approvals. Throws SlipwayError `conflict` where another version came to production since somebody looked, and as `move`. */
  rollBack(row: ModelVersionRow, said: RollbackSaid): void {
    const { rules, terms, reason } = said;
    const before = [rules.blocked, terms.obstacle ?? null, tooOld(terms.warrant, this.#context.now())];
    const refusals = before.flatMap((each) => each ?? []);
    if (refusals.length > 0) throw refused(`${row.name} cannot be rolled back`, refusals, null);
    const left = this.champion(row.model);
    requireSeen(row.name, { seen: said.left, now: left?.version });
    const known = this.goodVersions(row.model).find(({ version }) => version === row.version);
    const { warrant } = terms;
    const isAsDecided =
      warrant?.version === row.version &&
      warrant.model === row.model &&
      filesDigest(warrant.subject.files) === known?.files;
    if (left === undefined || warrant === undefined || !isAsDecided) {
      const why = `${row.name}@${row.version} is not what it was when it was in production`;
      throw refused(`${row.name} cannot be rolled back`, [{ rule: 'files', why }], null);
    }
    const plan = this.plan({ row, rules, goal: { stage: 'Production' } });
    const decision: Decision = {
      ...{ move: 'rolled back', target: 'production', before: { version: left.version, files: null } },
      ...{ digest: evidenceDigest(warrant.subject), files: filesDigest(warrant.subject.files), report: null, reason },
    };
    const gate = this.#keep(row, { decision, terms, more: { passed_over: said.passedOver } });
    this.#apply(row, plan, { actor: terms.actor, gate });
  }

  /** What does not fit what the version, its rules and its champion are now. */
  #stale({ row, rules, terms }: GatedMove): Refusal[] {
    const { warrant, obstacle } = terms;
    if (obstacle !== undefined) return [obstacle];
    if (warrant === undefined || warrant.model !== row.model || warrant.version !== row.version) {
      return [{ rule: 'files', why: 'nobody looked at what its files are now: ask again' }];
    }
    const champion = this.champion(row.model)?.version ?? null;
    const held = champion === row.version ? null : champion;
    if (warrant.subject.rulesDigest !== rules.digest)
      return [{ rule: 'rules', why: 'the rules changed meanwhile: ask again' }];
    if ((warrant.subject.champion?.version ?? null) !== held) {
      return [{ rule: 'gate', why: 'another version is the champion meanwhile: hold it against that one' }];
    }
    const old = tooOld(warrant, this.#context.now());
    return old === null ? [] : [old];
  }

  #decide(
    { row, terms }: GatedMove,
    { plan, warrant, evidence }: { plan: MovePlan; warrant: Warrant; evidence: VersionEvidence },
  ): void {
    const { champion, files, data } = warrant.subject;
    const people = standingWords(evidence.words, evidence.terms).filter((each) => each.void === null);
    const about = { digest: evidenceDigest(warrant.subject), files: filesDigest(files), reason: '' };
    const before = plan.target === 'production' ? champion : null;
    const left: Decision = { ...about, move: 'withdrawn', target: leftOf(plan, row), before, report: null };
    const report = evidence.report?.id ?? null;
    const come: Decision = { ...about, move: 'promoted', target: plan.target, before, report };
    const approvedBy = people.map(({ person }) => person);
    const waived = evidence.waivers.filter((each) => each.void === null).map(({ rule, person }) => ({ rule, person }));
    const rules = evidence.terms.definition.gates.map(({ id }) => id);
    const tags: Record<string, string> = plan.isInto ? this.#tagsOf(approvedBy, warrant.trained) : {};
    const more = { approved_by: approvedBy, evidence: evidence.report?.evidence ?? null, rules, waived, data, tags };
    const decisions = [...(plan.isLeaving ? [left] : []), ...(plan.isInto ? [come] : [])];
    const [gate = ''] = decisions.map((decision) => this.#keep(row, { decision, terms, more })).reverse();
    this.#apply(row, plan, { actor: terms.actor, gate });
    for (const [key, value] of Object.entries(tags)) {
      if (value === '') this.#store.versions.deleteTag(row, key);
      else this.#store.versions.setTag(row, { key, value });
    }
  }

  #keep(
    { model, name, version }: ModelVersionRow,
    { decision, terms, more }: { decision: Decision; terms: MoveTerms; more: Record<string, unknown> },
  ): string {
    const { database, audit, now } = this.#context;
    const of = { model, version, subject: `${name}@${version}` };
    const { actor, door } = terms;
    return `decision ${addDecision({ database, audit }, of, { decision, actor, door, time: now(), more })}`;
  }

  /** What a version that comes to a protected place is tagged with; '' of a tag that it loses. */
  #tagsOf(approvedBy: readonly string[], trained: readonly string[]): Record<DecisionTag, string> {
    const day = new Date(this.#context.now()).toISOString();
    return { approved_by: approvedBy.join(', '), approval_date: day, training_data_hash: trained.join(', ') };
  }

  #apply({ model, name }: ModelVersionRow, plan: MovePlan, by: { actor: string; gate: string }): void {
    const time = this.#context.now();
    const log = (event: Omit<RegistryEvent, 'model' | 'modelName'>): void =>
      this.#store.log.add({ ...event, model, modelName: name }, by, time);
    for (const { version, to } of plan.stages) {
      const from = this.#store.versions.find(name, version)?.stage;
      if (from === undefined) throw new SlipwayError('conflict', `${name}@${version} is not there any more.`);
      this.#store.versions.setStage({ model, version }, to, time);
      log({ move: 'stage changed', version, from, to });
    }
    for (const { alias, version } of plan.unset) {
      this.#store.aliases.delete(model, alias);
      log({ move: 'alias deleted', version, alias, from: String(version), to: null });
    }
    for (const { alias, version } of plan.set) {
      const before = this.#store.aliases.find(model, alias);
      this.#store.aliases.set(model, { alias, version });
      const from = before === undefined ? null : String(before);
      log({ move: before === undefined ? 'alias set' : 'alias moved', version, alias, from, to: String(version) });
    }
    this.#store.models.touch(model, time);
  }
}

/** Who was told that one version goes must not take another one out. */
function requireSeen(name: string, { seen, now }: { seen: number | undefined; now: number | undefined }): void {
  if (seen === now) return;
  const there = now === undefined ? 'none is there' : `${name}@${now} is there`;
  const sentence = `${name} was not rolled back: another version is the champion meanwhile (${there}). Look at it, and ask again.`;
  throw new SlipwayError('conflict', sentence);
}

/** True for a plan for which the version has to be looked at: one that only a decision may carry out, or may have. */
export function isLookedAt(plan: MovePlan): boolean {
  return plan.isKept || isDecided(plan);
}

/** True for a plan that only a decision may carry out. */
export function isDecided(plan: MovePlan): boolean {
  return plan.isInto || plan.isLeaving;
}

/** What a version leaves: the stage where the plan moves it from there, else an alias. */
function leftOf({ stages, unset }: MovePlan, { version, stage }: ModelVersionRow): string {
  const isMoved = stages.some((each) => each.version === version);
  return isMoved ? stage.toLowerCase() : (unset[0]?.alias ?? stage.toLowerCase());
}

/** Why what was seen of its files does not count any more; null where it does. */
function tooOld(warrant: Warrant | undefined, now: number): Refusal | null {
  if (warrant === undefined) return null;
  if (warrant.isChanged()) return { rule: 'files', why: 'its files changed while they were looked at: ask again' };
  const isOld = now - warrant.time > freshness;
  return isOld ? { rule: 'files', why: 'its files were read too long ago: ask again' } : null;
}
