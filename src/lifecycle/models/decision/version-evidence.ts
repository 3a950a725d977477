// What is kept over one version, and what of it counts for what the version is now.
import type { Database } from '../../../platform/sqlite/database';
import type { ModelDefinition } from '../../../protocol/models/model-definition';
import type { Waiver } from '../../../protocol/models/registry/model-version';
import type { ModelVersionRow } from '../model-version';
import { clockSlack, type KeptWord, type VoteTerms, whyVoid } from './approval';
import { type EvidenceSubject, whyOutdated } from './evidence';
import { recordedAuthor } from './store/authors';
import { decisionsOf, lastLeft } from './store/decision-rows';
import { newestReport, type RecordedReport } from './store/report-rows';
import { type KeptWaiver, waiversOf, wordsOf } from './store/word-rows';

/** `report`: over the digest, and made since the version last left production. `waivers`: each with why it does not count. */
export interface VersionEvidence {
  report: RecordedReport | undefined;
  words: KeptWord[];
  waivers: Waiver[];
  terms: VoteTerms;
}

/** Reads it. `digest` null: nobody knows what the version is now, and nothing counts. */
export function versionEvidence(
  database: Database,
  { model, version }: Pick<ModelVersionRow, 'model' | 'version'>,
  given: { definition: ModelDefinition; digest: string | null; subject?: EvidenceSubject | undefined; now: number },
): VersionEvidence {
  const { definition, digest, subject, now } = given;
  const leftSeq = lastLeft(decisionsOf(database, model), version);
  const author = recordedAuthor(database, { model, version });
  const words = wordsOf(database, model, version);
  const waivers = waiversOf(database, model, version);
  const changes = new Map<string, string>();
  for (const said of new Set([...words, ...waivers].map((each) => each.digest))) {
    const judged = subject && said !== digest ? newestReport(database, { model, version, digest: said }) : undefined;
    const why = judged && subject ? whyOutdated(judged, subject) : null;
    if (why !== null) changes.set(said, `${why.charAt(0).toLowerCase()}${why.slice(1).replace(/\.$/, '')}`);
  }
  const terms = { definition, author, digest, leftSeq, now, changes };
  const report = digest === null ? undefined : newestReport(database, { model, version, digest });
  return {
    report: report !== undefined && report.seq > leftSeq && report.time <= now + clockSlack ? report : undefined,
    words,
    waivers: waivers.map((each) => {
      const { rule, person, reason, time, expires } = each;
      return { rule, person, reason, time, expires, void: whyNotWaived(each, terms) };
    }),
    terms,
  };
}

function whyNotWaived(waiver: KeptWaiver, terms: VoteTerms): string | null {
  const rule = terms.definition.gates.find(({ id }) => id === waiver.rule);
  return rule?.kind === 'signature' ? 'a signature is never waived' : whyVoid(waiver, terms, waiver.expires);
}
