// What is decided over models: which rules hold, what gates found, who agreed, and what therefore may move.
import { SlipwayError } from '../../../base/errors';
import { isProductionWord, isProtected } from '../../../protocol/models/protection';
import type { ModelsContext } from '../context';
import type { ModelVersionRow } from '../model-version';
import type { RegisteredModelRow } from '../registered-model';
import type { RegistryStore } from '../store/registry-store';
import { type EvidenceSubject, evidenceDigest, type KeptReport } from './evidence';
import type { EffectiveRules } from './rules/effective-rules';
import { GatedRules, type NamedModel } from './rules/gated-rules';
import { recordedAuthor } from './store/authors';
import { decisionsOf } from './store/decision-rows';
import { aliasDoubt, productionDoubt } from './store/recorded-places';
import { addReport, newestReport, reportsOn } from './store/report-rows';
import { hasWords } from './store/word-rows';
import { type VersionEvidence, versionEvidence } from './version-evidence';
import { VersionMoves } from './version-moves';
import { VersionWords } from './version-words';
import { type MoveTerms, refusalsIn, refused } from './warrant';

/** Decisions over the registered models of one workspace. */
export class ModelDecisions {
  readonly rules: GatedRules;
  readonly moves: VersionMoves;
  readonly words: VersionWords;
  readonly #context: ModelsContext;
  readonly #store: RegistryStore;

  constructor(context: ModelsContext, store: RegistryStore) {
    this.#context = context;
    this.#store = store;
    this.rules = new GatedRules(context, store.models);
    this.moves = new VersionMoves(context, store);
    this.words = new VersionWords(context, this.rules);
  }

  /** The rules that count for a model, and both sets where slipway.yaml says others than were accepted; null for one that moves freely. */
  rulesOf(model: NamedModel): EffectiveRules | null {
    return this.rules.of(model);
  }

  /** The rules of a name, whether or not a model bears it. */
  rulesOfName(name: string): EffectiveRules | null {
    return this.rules.ofName(name);
  }

  /** What the records of a model say of it: whether it is under rules. */
  gateWord(model: NamedModel): 'gated' | 'ungated' {
    return this.rulesOf(model) === null ? 'ungated' : 'gated';
  }

  /** The version in production of a gated model. */
  championOf(model: number): ModelVersionRow | undefined {
    return this.moves.champion(model);
  }

  /** Why what is in production is not what the audit log knows there, as a clause; null where it is. */
  championDoubt(of: NamedModel): string | null {
    return productionDoubt(this.#context.database, of, this.championOf(of.model)?.version)?.why ?? null;
  }

  /** Why what a protected alias names is not what it was moved to, as a clause; null where it is, and for an alias that moves freely. */
  aliasDoubt(row: ModelVersionRow, alias: string): string | null {
    const rules = this.rulesOf(row);
    if (rules === null || !isProtected(rules.definition.protects, alias)) return null;
    return isProductionWord(alias) ? this.championDoubt(row) : aliasDoubt(this.#context.database, row, alias);
  }

  /** Keeps what slipway.yaml says of models now. `by`: git's user.email. Returns whether something changed. */
  notice(by: string | null): boolean {
    return this.#write(() => this.rules.notice(by));
  }

  /** Keeps a report, recorded as `gate run`. */
  keepReport(input: Omit<KeptReport, 'digest'>): KeptReport {
    const kept: KeptReport = { ...input, digest: evidenceDigest(input.subject) };
    return this.#write(() => {
      const { name } = this.#named(input.model);
      addReport(this.#context, kept, `${name}@${input.version}`);
      this.#context.events.modelChanged(name);
      return kept;
    });
  }

  /** What the gate found last, whatever it was over. */
  latestReport(model: number, version: number): KeptReport | undefined {
    return newestReport(this.#context.database, { model, version });
  }

  /** What the gate found over what the version is now, since it last left production. */
  reportOver(row: ModelVersionRow, subject: EvidenceSubject): KeptReport | undefined {
    const rules = this.rulesOf(row);
    return rules === null ? undefined : this.evidence(row, rules, evidenceDigest(subject)).report;
  }

  /** How many gates were run on that version of data before. */
  dataUses(data: string): number {
    return reportsOn(this.#context.database, data);
  }

  /** Whether anybody said anything of the version. */
  isSpokenOf(row: Pick<ModelVersionRow, 'model' | 'version'>): boolean {
    return hasWords(this.#context.database, row);
  }

  /** Who registered a version, as the audit log has it; '' where nobody knows. */
  authorOf(row: Pick<ModelVersionRow, 'model' | 'version'>): string {
    return recordedAuthor(this.#context.database, row);
  }

  /** What is kept over a version and counts for that digest. */
  evidence(
    row: ModelVersionRow,
    { definition }: EffectiveRules,
    digest: string | null,
    subject?: EvidenceSubject,
  ): VersionEvidence {
    return versionEvidence(this.#context.database, row, { definition, digest, subject, now: this.#context.now() });
  }

  /** Versions that may be rolled back to, the newest first, each with the digest its files must have. */
  goodVersions(model: number): { version: number; files: string }[] {
    return this.moves.goodVersions(model);
  }

  /** The decision that put the version to a target (`production`, another stage, an alias), if one did. */
  lastPromotion(
    { model, version }: Pick<ModelVersionRow, 'model' | 'version'>,
    target: string,
  ): { files: string; time: number } | undefined {
    const decisions = decisionsOf(this.#context.database, model);
    const found = decisions.find((each) => each.version === version && each.target === target);
    return found?.move === 'withdrawn' ? undefined : found;
  }

  /** The protected places of a version that a decision put it to, each with the digest of the files that it was over. */
  decidedPlaces(row: ModelVersionRow): { place: string; files: string }[] {
    const rules = this.rulesOf(row);
    const stage = row.stage.toLowerCase();
    const words = rules === null ? [] : this.#held(row, rules).filter((word) => word !== 'champion');
    return words.flatMap((word) => {
      const decided = this.lastPromotion(row, word);
      return decided === undefined ? [] : [{ place: word === stage ? word : `@${word}`, files: decided.files }];
    });
  }

  /** Throws SlipwayError `forbidden` for a version of a gated model that holds something protected. */
  checkDeletion(row: ModelVersionRow): void {
    const rules = this.rulesOf(row);
    if (rules === null) return;
    const held = this.#held(row, rules);
    if (held.length === 0) return;
    const why = `it is ${held.join(', ')}: withdraw it first (slipway promote ${row.name}@${row.version} --to archived)`;
    throw refused(`${row.name}@${row.version} may not be deleted`, [{ rule: 'protected', why }], null);
  }

  /** As `checkDeletion`, of every version of a model. */
  checkModelDeletion(model: RegisteredModelRow): void {
    const rules = this.rulesOf(model);
    if (rules !== null) this.#checkHeld(model, rules, `${model.name} may not be deleted`);
  }

  /** Throws SlipwayError `forbidden` where the model holds something that its rules, or those of the new name, protect. */
  checkRename(model: RegisteredModelRow, name: string): void {
    const what = `${model.name} may not be called ${name}`;
    for (const rules of [this.rulesOf(model), this.rulesOfName(name)]) {
      if (rules !== null && model.name !== name) this.#checkHeld(model, rules, what);
    }
  }

  /** What `action` returns; a refusal of it is recorded, although all that it wrote is taken back. */
  guarded<T>({ subject, terms }: { subject: string; terms: Pick<MoveTerms, 'actor' | 'door'> }, action: () => T): T {
    try {
      return this.#write(action);
    } catch (error) {
      const refusals = refusalsIn(error);
      if (refusals !== undefined && SlipwayError.is(error)) {
        const rules = refusals.map(({ rule }) => rule);
        const detail = { door: terms.door, rules, why: error.message, evidence: error.details.digest ?? null };
        const entry = { actor: terms.actor, action: 'refused', subject, detail };
        this.#write(() => this.#context.audit.add(entry, this.#context.now()));
        this.#context.events.everyModelChanged();
      }
      throw error;
    }
  }

  #checkHeld(model: RegisteredModelRow, rules: EffectiveRules, what: string): void {
    const stages = (['Staging', 'Production', 'Archived', 'None'] as const).filter((stage) =>
      isProtected(rules.definition.protects, stage),
    );
    const staged = stages.flatMap((stage) => this.#store.versions.inStage(model.model, stage));
    const named = this.#store.aliases
      .ofModel(model.model)
      .filter(({ alias }) => isProtected(rules.definition.protects, alias));
    const held = [
      ...staged.map(({ version, stage }) => `${stage.toLowerCase()} (version ${version})`),
      ...named.map(({ alias, version }) => `@${alias} (version ${version})`),
    ];
    if (held.length === 0) return;
    throw refused(
      what,
      [{ rule: 'protected', why: `a rule guards its ${held.join(', ')}: withdraw that first` }],
      null,
    );
  }

  #held(row: ModelVersionRow, { definition }: EffectiveRules): string[] {
    const words = [row.stage.toLowerCase(), ...this.#store.aliases.ofVersion(row.model, row.version)];
    return words.filter((word) => isProtected(definition.protects, word));
  }

  #named(model: number): { name: string } {
    return this.#store.models.nameOf(model) ?? { name: String(model) };
  }

  #write<T>(action: () => T): T {
    return this.#context.database.transaction(action).immediate();
  }
}
