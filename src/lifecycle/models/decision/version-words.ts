// What people say of versions and of rules: only words of those who may count, and every refusal is told with its reason.
import { SlipwayError } from '../../../base/errors';
import { longestWaiver, spanMilliseconds } from '../../../base/time-span';
import { isSamePerson, personKey } from '../../../protocol/models/person';
import type { Refusal } from '../../../protocol/models/registry/model-version';
import type { ModelsContext } from '../context';
import type { ModelVersionRow } from '../model-version';
import { whyNotApprove } from './approval';
import { evidenceDigest } from './evidence';
import {
  type AcceptedRules,
  approvalsOf,
  contentDigest,
  type EffectiveRules,
  milliseconds,
} from './rules/effective-rules';
import type { GatedRules } from './rules/gated-rules';
import { recordedAuthor } from './store/authors';
import { addRulesWord, addWaiver, addWord, rulesWords } from './store/word-rows';
import { type Door, type MoveTerms, refused } from './warrant';

/** A version and what its rules are. */
export interface GatedVersion {
  row: ModelVersionRow;
  rules: EffectiveRules;
}

/** Keeps approvals, rejections and waivers, inside a transaction that is open. */
export class VersionWords {
  readonly #context: ModelsContext;
  readonly #rules: GatedRules;

  constructor(context: ModelsContext, rules: GatedRules) {
    this.#context = context;
    this.#rules = rules;
  }

  /** Binds to what the version is now. Throws SlipwayError `forbidden` for somebody who may not. */
  say(of: GatedVersion, terms: MoveTerms, said: { verdict: 'approved' | 'rejected'; comment: string }): void {
    const { row, rules } = of;
    const why = whyNotApprove(terms.actor, {
      definition: rules.definition,
      author: recordedAuthor(this.#context.database, row),
    });
    const what = `${terms.actor} cannot ${said.verdict === 'approved' ? 'approve' : 'reject'} ${row.name}@${row.version}`;
    if (why !== null) throw refused(what, [{ rule: 'approvals', why }], null);
    const digest = this.#digest(of, terms, what);
    const time = this.#context.now();
    const lasts = milliseconds(approvalsOf(rules.definition).expires);
    const expires = Number.isFinite(lasts) && said.verdict === 'approved' ? time + lasts : null;
    addWord(this.#context, named(row), { person: terms.actor, door: terms.door, time, digest, expires, ...said });
    this.#context.events.modelChanged(row.name);
  }

  /** Lets a rule pass for a while. As `say`; throws `invalid` for a rule that there is not, or an end that is none. */
  waive(of: GatedVersion, terms: MoveTerms, said: { rule: string; reason: string; expires: number }): void {
    const { row, rules } = of;
    const time = this.#context.now();
    const rule = rules.definition.gates.find(({ id }) => id === said.rule);
    const ids = rules.definition.gates.map(({ id }) => id).join(', ');
    if (rule === undefined) throw new SlipwayError('invalid', `${row.name} has no rule ${said.rule}. It has ${ids}.`);
    if (said.expires <= time) throw new SlipwayError('invalid', 'A waiver ends in the future. Name a later time.');
    if (said.expires > time + spanMilliseconds(longestWaiver)) {
      throw new SlipwayError('invalid', `A waiver lasts ${longestWaiver} at most.`);
    }
    const what = `${terms.actor} cannot waive ${said.rule} for ${row.name}@${row.version}`;
    const person = whyNotApprove(terms.actor, {
      definition: rules.definition,
      author: recordedAuthor(this.#context.database, row),
    });
    const why = rule.kind === 'signature' ? 'a signature is never waived: whoever calls the model would fail' : person;
    if (why !== null) throw refused(what, [{ rule: rule.kind === 'signature' ? said.rule : 'approvals', why }], null);
    const digest = this.#digest(of, terms, what);
    addWaiver(this.#context, named(row), { person: terms.actor, door: terms.door, time, digest, ...said });
    this.#context.events.modelChanged(row.name);
  }

  /** Agrees to what slipway.yaml says now. Returns whether it counts by that, and else how many more have to agree. Throws as `say`. */
  agreeToRules(name: string, by: { actor: string; door: Door }, comment: string): { lack: number } {
    const { state, today, isUnread } = this.#rules.standing(name);
    if (this.#rules.ofName(name) === null) throw new SlipwayError('invalid', `${name} has no rules in slipway.yaml.`);
    if (this.#rules.isDraft(name)) {
      const why = `The rules of ${name} are a draft until its first version is registered: nobody has to agree to them.`;
      throw new SlipwayError('invalid', why);
    }
    if (isUnread) {
      const [problem = 'slipway.yaml cannot be read.'] = this.#context.rules().problems;
      throw new SlipwayError('invalid', `Nobody can agree to rules that cannot be read: ${problem}`);
    }
    const accepted = state?.accepted ?? null;
    if (accepted !== null && state?.pending == null) {
      throw new SlipwayError(
        'invalid',
        `slipway.yaml has the rules of ${name} that were accepted: nothing is to be decided.`,
      );
    }
    const pending = state?.pending ?? null;
    const why = this.#whyNotRules(by.actor, accepted, pending?.by ?? null);
    if (why !== null) throw refused(`${by.actor} cannot agree to the rules of ${name}`, [why], null);
    const digest = contentDigest(today);
    const time = this.#context.now();
    addRulesWord(this.#context, name, { person: by.actor, door: by.door, time, digest, comment });
    this.#context.events.modelChanged(name);
    const people = rulesWords(this.#context.database, name, { digest, after: state?.seq ?? 0 });
    const counted = new Set(
      people.filter((person) => this.#whyNotRules(person, accepted, pending?.by ?? null) === null).map(personKey),
    );
    const need = Math.max(1, accepted === null ? 1 : approvalsOf(accepted.definition).need);
    if (counted.size < need) return { lack: need - counted.size };
    const rules = today ?? withoutGates(accepted);
    this.#rules.accept(name, 'rules approved', { rules, by: by.actor, more: { approved_by: [...counted] } });
    return { lack: 0 };
  }

  #whyNotRules(person: string, accepted: AcceptedRules | null, changedBy: string | null): Refusal | null {
    if (accepted === null) return null;
    const { from, not_author: notAuthor } = approvalsOf(accepted.definition);
    if (from !== undefined && !from.some((each) => isSamePerson(each, person))) {
      return {
        rule: 'rules',
        why: `${person} is not among those who may agree (approvals.from of the accepted rules)`,
      };
    }
    if (!notAuthor) return null;
    if (changedBy === null) {
      return {
        rule: 'rules',
        why: 'git had no user.email when they changed, so nobody can be told from who did: set one',
      };
    }
    const why = `${person} was at work when they changed, and somebody else has to agree`;
    return isSamePerson(person, changedBy) ? { rule: 'rules', why } : null;
  }

  #digest({ row, rules }: GatedVersion, { warrant, obstacle }: MoveTerms, what: string): string {
    const isOwn = warrant?.model === row.model && warrant.version === row.version;
    if (warrant === undefined || !isOwn || warrant.subject.rulesDigest !== rules.digest) {
      const why = 'its files, data or rules changed meanwhile: ask again';
      throw refused(what, [obstacle ?? { rule: 'files', why }], null);
    }
    return evidenceDigest(warrant.subject);
  }
}

/** Agreeing that rules are gone leaves who has to agree, and what is protected. */
function withoutGates(accepted: AcceptedRules | null): AcceptedRules {
  const definition = accepted?.definition ?? { protects: ['champion', 'production'], gates: [] };
  return { definition: { ...definition, gates: [] }, judged: {} };
}

function named({ model, name, version }: ModelVersionRow): { model: number; version: number; subject: string } {
  return { model, version, subject: `${name}@${version}` };
}
