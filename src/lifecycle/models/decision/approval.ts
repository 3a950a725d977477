// Whose word counts for a version, and whether enough people agreed.

import type { ModelDefinition } from '../../../protocol/models/model-definition';
import { isSamePerson, personKey } from '../../../protocol/models/person';
import type { Approval, Refusal } from '../../../protocol/models/registry/model-version';
import { approvalsOf, milliseconds } from './rules/effective-rules';
import type { RecordStanding } from './store/recorded-rows';

/** Something a person said, as it is kept. `seq`: the number of its record in the audit log. */
export interface KeptWord {
  person: string;
  verdict: Approval['verdict'];
  comment: string;
  time: number;
  expires: number | null;
  digest: string;
  seq: number;
  record: RecordStanding;
}

/** What words are held against. `author`: '' where nobody knows. `leftSeq`: the record of the decision by which it last left production; 0 for none. */
export interface VoteTerms {
  definition: ModelDefinition;
  author: string;
  digest: string | null;
  leftSeq: number;
  now: number;
  /** What changed since, by the digest that was spoken of, where that is known. */
  changes: ReadonlyMap<string, string>;
}

/** Milliseconds by which something may be dated later than now: a clock that was ahead made it, and it would hold for too long. */
export const clockSlack = 60_000;

/** Why that person cannot agree; null where they can. */
export function whyNotApprove(
  person: string,
  { definition, author }: Pick<VoteTerms, 'definition' | 'author'>,
): string | null {
  const { from, not_author: notAuthor } = approvalsOf(definition);
  if (from !== undefined && !from.some((each) => isSamePerson(each, person))) {
    return `${person} is not among those who may agree (approvals.from in slipway.yaml)`;
  }
  if (!notAuthor) return null;
  if (author === '') {
    return 'git had no user.email when it was registered, so nobody can be told from its author: set one and register it again';
  }
  return isSamePerson(author, person) ? `${person} registered it, and somebody else has to agree` : null;
}

/** All words, the newest first, each with why it does not count. */
export function standingWords(words: readonly KeptWord[], terms: VoteTerms): Approval[] {
  const said = new Set<string>();
  return [...words]
    .sort((a, b) => b.seq - a.seq)
    .map((word) => {
      const { person, verdict, comment, time, expires } = word;
      const key = personKey(person);
      const voided =
        whyVoid(word, terms, endOf(word, terms)) ?? (said.has(key) ? 'they said something else later' : null);
      if (word.record !== 'none' && word.digest === terms.digest) said.add(key);
      return { person, verdict, comment, time, expires, void: voided };
    });
}

/** Until when it holds; null for a no, which holds until its author says yes. */
function endOf({ verdict, time, expires }: KeptWord, { definition }: VoteTerms): number | null {
  if (verdict === 'rejected') return null;
  return Math.min(expires ?? Number.POSITIVE_INFINITY, time + milliseconds(approvalsOf(definition).expires));
}

/** Why something said does not count; null where it does. `end`: epoch milliseconds until which it lets something through; null for a no. */
export function whyVoid(
  said: Pick<KeptWord, 'person' | 'time' | 'digest' | 'seq' | 'record'>,
  terms: VoteTerms,
  end: number | null,
): string | null {
  const { digest, leftSeq, now } = terms;
  if (said.record === 'none') return 'the audit log has no record of it';
  if (said.digest !== digest)
    return (
      terms.changes.get(said.digest) ??
      'model, data, rules or champion are others now, or its data were read for the first time since'
    );
  if (said.seq <= leftSeq) return 'the version left production since';
  if (end !== null) {
    if (said.record === 'foreign') return 'it was sealed by another user, or on another machine: give it again here';
    if (said.time > now + clockSlack) return 'it is dated later than now';
    if (end <= now) return 'it expired';
  }
  return whyNotApprove(said.person, terms);
}

/** Why those who agreed are not enough; none where they are. `what`: what it is that they agree to, as it is told. */
export function approvalRefusals(words: readonly KeptWord[], terms: VoteTerms, what: string): Refusal[] {
  const { need } = approvalsOf(terms.definition);
  const standing = standingWords(words, terms);
  const counted = standing.filter((word) => word.void === null);
  const against = counted.filter(({ verdict }) => verdict === 'rejected');
  const given = counted.length - against.length;
  return [
    ...against.map(({ person, comment }) => ({ rule: 'approvals', why: `${person} rejected it: ${comment}` })),
    ...(given >= need
      ? []
      : [{ rule: 'approvals', why: `${given} of ${need} people agreed ${what}${voidOnes(standing)}` }]),
  ];
}

/** The newest approval of each person who does not count any more, with the reason, as the end of a sentence. */
function voidOnes(standing: readonly Approval[]): string {
  const told = new Map<string, string>();
  const heard = new Set<string>();
  for (const { person, verdict, time, void: why } of standing) {
    const key = personKey(person);
    if (heard.has(key)) continue;
    heard.add(key);
    if (verdict !== 'approved' || why === null) continue;
    const when = `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    told.set(key, `; the approval by ${person} of ${when} is void: ${why}`);
  }
  return [...told.values()].slice(0, 3).join('');
}

/** How many people agreed so that it counts. */
export function approvalsGiven(words: readonly KeptWord[], terms: VoteTerms): number {
  return standingWords(words, terms).filter((word) => word.void === null && word.verdict === 'approved').length;
}
