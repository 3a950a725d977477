// How a version stands to its rules, as lists show it: from what is kept, without a look at its files.
import { stops } from '../../../protocol/models/gate/stopping';
import type { GateState } from '../../../protocol/models/registry/model-version';
import type { ModelVersionRow } from '../model-version';
import { approvalsGiven } from './approval';
import { type EvidenceSubject, whyOutdated } from './evidence';
import { gateRefusals } from './gate-refusals';
import type { ModelDecisions } from './model-decisions';
import { approvalsOf, type EffectiveRules } from './rules/effective-rules';

/** `isWaived`: only waivers let it through its gate. `isWaiting`: its gate lets it through and people lack. */
export interface VersionStanding {
  gate: GateState;
  isWaived: boolean;
  approvals: { given: number; need: number } | null;
  isWaiting: boolean;
}

/** `rules` null: of a model that moves freely. */
export function versionStanding(
  decisions: ModelDecisions,
  row: ModelVersionRow,
  rules: EffectiveRules | null,
): VersionStanding {
  if (rules === null) return { gate: 'ungated', isWaived: false, approvals: null, isWaiting: false };
  const { need } = approvalsOf(rules.definition);
  const report = decisions.latestReport(row.model, row.version);
  if (report === undefined) {
    return { gate: 'unjudged', isWaived: false, approvals: { given: 0, need }, isWaiting: false };
  }
  const champion = decisions.championOf(row.model);
  const isChampion = champion?.version === row.version;
  const known = {
    ...report.subject,
    rulesDigest: rules.digest,
    champion: championNow(report.subject, champion?.version),
  };
  const outdated = whyOutdated(report, isChampion ? { ...known, champion: report.subject.champion } : known);
  // What nobody spoke of is not looked for in a list, unless people may have let a rule pass.
  const mayCount = outdated === null && (decisions.isSpokenOf(row) || report.report.rules.some(stops));
  const said = mayCount ? decisions.evidence(row, rules, report.digest) : undefined;
  const given = said === undefined ? 0 : approvalsGiven(said.words, said.terms);
  const left = { definition: rules.definition, waivers: said?.waivers ?? [] };
  const isGood = outdated === null && gateRefusals(row.name, report, left).length === 0;
  // What refused it against another champion is not what it stands in production by: it was brought back.
  const isOfBefore = isChampion && !isGood && report.subject.champion !== null;
  const gate = outdated !== null || isOfBefore ? 'outdated' : report.report.verdict;
  const isWaived = isGood && report.report.rules.some(stops);
  const isOpen = !isChampion && row.stage !== 'Archived';
  return { gate, isWaived, approvals: { given, need }, isWaiting: isGood && isOpen && given < need };
}

function championNow(subject: EvidenceSubject, version: number | undefined): EvidenceSubject['champion'] {
  if (version === undefined) return null;
  return version === subject.champion?.version ? subject.champion : { version, files: '' };
}
