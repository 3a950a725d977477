// Whose word counts for a version, and whether enough people agreed.

import type { ModelDefinition } from '../../../protocol/models/model-definition';
import type { Approval, Refusal } from '../../../protocol/models/registry/model-version';
import { approvalsOf, milliseconds } from './rules/effective-rules';

/** Something a person said, as it is kept. `seq`: the number of its record in the audit log. `isRecorded`: it has one that names it. */
export interface KeptWord {
  person: string;
  verdict: Approval['verdict'];
  comment: string;
  time: number;
  expires: number | null;
  digest: string;
  seq: number;
  isRecorded: boolean;
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

/** What tells people apart: an address, however its letters are written. */
export function personKey(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}

/** Milliseconds by which something may be dated later than now: a clock that was ahead made it, and it would hold for too long. */
export const clockSlack = 60_000;

/** Whether two addresses are of one person. */
export function isSamePerson(a: string, b: string): boolean {
  return personKey(a) === personKey(b);
}

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
      const voided = whyVoid(word, terms) ?? (said.has(key) ? 'they said something else later' : null);
      if (word.isRecorded && word.digest === terms.digest) said.add(key);
      return { person, verdict, comment, time, expires, void: voided };
    });
}

function whyVoid(word: KeptWord, terms: VoteTerms): string | null {
  const { definition, digest, leftSeq, now } = terms;
  if (!word.isRecorded) return 'the audit log has no record of it';
  if (word.digest !== digest) return terms.changes.get(word.digest) ?? 'model, data, rules or champion are others now';
  if (word.seq <= leftSeq) return 'the version left production since';
  const longest = word.time + milliseconds(approvalsOf(definition).expires);
  if (word.verdict === 'approved' && word.time > now + clockSlack) return 'it is dated later than now';
  const end = Math.min(word.expires ?? Number.POSITIVE_INFINITY, longest);
  if (word.verdict === 'approved' && end <= now) return 'it expired';
  return whyNotApprove(word.person, terms);
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
