// Which models are gated, and by which rules: a name with rules in slipway.yaml is gated for good, and so is the model that bore it.

import type { ModelDefinition } from '../../../../protocol/models/model-definition';
import type { Refusal } from '../../../../protocol/models/registry/model-version';
import type { LoadedConfig } from '../../../../workspace/config';
import type { ModelsContext } from '../../context';
import type { RegisteredModelStore } from '../../store/registered-model-store';
import { hadVersion } from '../store/named-versions';
import {
  bindModel,
  gatedNames,
  namesOfModel,
  type RulesAction,
  type RulesState,
  rulesState,
  standingOfName,
} from '../store/rules-log';
import {
  type AcceptedRules,
  bothRules,
  contentDigest,
  type EffectiveRules,
  otherTruths,
  rulesDigest,
  rulesIn,
  weakenings,
} from './effective-rules';

/** A model by its number, and by the name it bears now. */
export interface NamedModel {
  model: number;
  name: string;
}

/** The rules of one name as they stand: accepted, and in slipway.yaml. `state`: undefined of a draft, too. `isUnread`: what slipway.yaml says is not known. */
export interface NameRules {
  state: RulesState | undefined;
  today: AcceptedRules | null;
  isUnread: boolean;
}

/** How a model comes under the rules of a name. */
interface Binding {
  wasDraft?: boolean;
  by?: string | null;
}

const accepting = 'slipway audit accept --reason …';

const unknownRules: ModelDefinition = { protects: ['champion', 'production'], gates: [] };

/** Reads and keeps the rules of models. */
export class GatedRules {
  readonly #context: ModelsContext;
  readonly #models: RegisteredModelStore;

  constructor(context: ModelsContext, models: RegisteredModelStore) {
    this.#context = context;
    this.#models = models;
  }

  /** The rules that count for a model, under all names it ever had; null for one that moves freely. */
  of({ model, name }: NamedModel): EffectiveRules | null {
    const names = new Set([name, ...namesOfModel(this.#context.database, model)]);
    const found = [...names].flatMap((each) => this.#effective(each, each !== name) ?? []);
    const [first, ...others] = found;
    if (first === undefined) return null;
    const definition = others.reduce((sum, each) => bothRules(sum, each.definition), first.definition);
    const judged: AcceptedRules['judged'] = Object.assign({}, ...found.map((each) => each.judged).reverse());
    const pending = found.flatMap((each) => each.pending ?? []).join(' ') || null;
    const why = this.#context.audit.doubt();
    const doubt =
      why === null ? null : { rule: 'audit', why: `${why}. Say that it is relied on all the same: ${accepting}` };
    const blocked = found.find((each) => each.blocked !== null)?.blocked ?? doubt;
    return { definition, judged, digest: rulesDigest(definition, judged), pending, blocked };
  }

  /** The rules of a name, whether or not a model bears it. */
  ofName(name: string): EffectiveRules | null {
    return this.#effective(name, false);
  }

  /** The rules of one name, by where they come from. */
  standing(name: string): NameRules {
    const config = this.#context.rules();
    const isMistaken = mistakeOf(config, name) !== null;
    const today = isMistaken ? null : rulesIn(config, name);
    const state = this.isDraft(name) ? undefined : rulesState(this.#context.database, name);
    return { state, today, isUnread: isMistaken || config.isUnread === true };
  }

  /** True as long as no model of that name ever had a version: what slipway.yaml says of it is replaced by every edit. */
  isDraft(name: string): boolean {
    return !hadVersion(this.#context.database, name);
  }

  /** Keeps what slipway.yaml says now: first sight of rules accepts them, stricter ones too. `by`: git's user.email. Returns whether something changed. */
  notice(by: string | null): boolean {
    const { config } = this.#context.rules();
    const known = gatedNames(this.#context.database);
    const first = Object.keys(config.models).filter((name) => !known.includes(name));
    const noticed = known.map((name) => this.#noticeName(name, { by, isKnown: true }));
    return [...noticed, ...first.map((name) => this.#noticeName(name, { by, isKnown: false }))].includes(true);
  }

  /**
   * Puts the model under the rules of the name it has or gets, where there are any and a model of that name had a version.
   * `wasDraft`: it had none before what is done now, so that the rules bind as slipway.yaml has them now. `by`: who does it.
   */
  bind({ model, name }: NamedModel, { wasDraft = false, by = null }: Binding = {}): void {
    if (this.isDraft(name)) return;
    const { today } = this.standing(name);
    if (wasDraft && today !== null && today.definition.gates.length > 0) this.#acceptFirst(name, today, by);
    const isKnown = gatedNames(this.#context.database).includes(name);
    this.#noticeName(name, { by, isKnown });
    // Rules that cannot be read are not accepted: they stop what is protected, and bind nothing.
    if (rulesState(this.#context.database, name) !== undefined) bindModel(this.#context.database, model, name);
  }

  /** Records that rules count now. */
  accept(
    name: string,
    action: RulesAction,
    said: { rules: AcceptedRules; by: string; more?: Record<string, unknown> },
  ): void {
    const { rules, by, more = {} } = said;
    const detail = { rules, digest: contentDigest(rules), ...more };
    this.#context.audit.add({ actor: by, action, subject: name, detail }, this.#context.now());
  }

  #noticeName(name: string, { by, isKnown }: { by: string | null; isKnown: boolean }): boolean {
    const { state, today, isUnread } = this.standing(name);
    const model = this.#models.byName(name)?.model;
    const isGated = state !== undefined || (today !== null && today.definition.gates.length > 0);
    if (!isGated || this.isDraft(name)) return false;
    if (model !== undefined && state !== undefined) bindModel(this.#context.database, model, name);
    if (isUnread) return false;
    if (state === undefined) {
      // Bound and without a record: the record was taken away, and only people can put rules in its place.
      if (today === null || isKnown) return false;
      this.#acceptFirst(name, today, by);
      if (model !== undefined) bindModel(this.#context.database, model, name);
      return true;
    }
    return this.#noticeChange(name, { state, today, by });
  }

  #acceptFirst(name: string, rules: AcceptedRules, by: string | null): void {
    const more = standingOfName(this.#context.database, name);
    this.accept(name, 'rules accepted', { rules, by: by ?? this.#context.actor, more });
  }

  #noticeChange(
    name: string,
    { state, today, by }: { state: RulesState; today: AcceptedRules | null; by: string | null },
  ): boolean {
    const { accepted, pending } = state;
    if (accepted === null) return false;
    const digest = contentDigest(today);
    if (digest === contentDigest(accepted) || isLeft(accepted, today)) {
      if (pending === null) return false;
      this.accept(name, 'rules kept', { rules: accepted, by: by ?? this.#context.actor });
      return true;
    }
    const weaker = weakenings(accepted, today);
    if (weaker.length === 0 && today !== null) {
      this.accept(name, 'rules strengthened', { rules: today, by: by ?? this.#context.actor });
      return true;
    }
    if (pending?.digest === digest && (pending.by !== null || by === null)) return false;
    const detail = {
      ...{ rules: today, digest, by },
      weaker: weaker.map(({ words }) => words),
      isWeaker: weaker.some(({ isWeaker }) => isWeaker),
    };
    const entry = { actor: by ?? this.#context.actor, action: 'rules changed', subject: name, detail };
    this.#context.audit.add(entry, this.#context.now());
    return true;
  }

  /** `isFormer`: the model is called something else by now, and slipway.yaml need not name it any more. */
  #effective(name: string, isFormer: boolean): EffectiveRules | null {
    const { state, today, isUnread } = this.standing(name);
    if (state === undefined) {
      const isBound = !this.isDraft(name) && (isFormer || gatedNames(this.#context.database).includes(name));
      if (isBound) return lost(name, today);
      if (isFormer) return null;
      const mistake = mistakeOf(this.#context.rules(), name);
      if (mistake !== null) return blockedRules(unknownRules, `slipway.yaml cannot be read for ${name}: ${mistake}`);
      if (today === null || today.definition.gates.length === 0) return null;
      return whole(today);
    }
    const { accepted } = state;
    if (accepted === null) return lost(name, today);
    if (isUnread || isLeft(accepted, today)) return whole(accepted);
    const weaker = weakenings(accepted, today);
    if (today !== null && weaker.length === 0) return whole(today);
    const pending = `slipway.yaml differs from the accepted rules of ${name}: ${weaker.map(({ words }) => words).join(', ')}.`;
    if (today === null) return { ...whole(accepted), pending };
    const [truth] = otherTruths(accepted, today);
    const why = `${truth}, and nobody agreed to that: slipway approve ${name} --rules`;
    const blocked = truth === undefined ? null : { rule: 'rules', why };
    const both = {
      definition: bothRules(accepted.definition, today.definition),
      judged: { ...today.judged, ...accepted.judged },
    };
    return { ...whole(both), pending, blocked };
  }
}

function mistakeOf({ unreadModels }: LoadedConfig, name: string): string | null {
  if (unreadModels === undefined) return null;
  return (Object.hasOwn(unreadModels.byName, name) ? unreadModels.byName[name] : undefined) ?? unreadModels.all;
}

/** People agreed that it has no rules any more, and slipway.yaml has none. */
function isLeft({ definition }: AcceptedRules, today: AcceptedRules | null): boolean {
  return today === null && definition.gates.length === 0;
}

function whole({ definition, judged }: AcceptedRules): EffectiveRules {
  return { definition, judged, digest: rulesDigest(definition, judged), pending: null, blocked: null };
}

function blockedRules(definition: ModelDefinition, why: string): EffectiveRules {
  const blocked: Refusal = { rule: 'rules', why };
  return { ...whole({ definition, judged: {} }), blocked };
}

function lost(name: string, today: AcceptedRules | null): EffectiveRules {
  const why = `the audit log lost the rules that were accepted for ${name} (slipway audit verify tells more). Agree to those of slipway.yaml: slipway approve ${name} --rules`;
  return blockedRules(today?.definition ?? unknownRules, why);
}
