// How a version stands to its rules, as lists show it: from what is kept, without a look at its files.
import type { GateState } from '../../../protocol/models/registry/model-version';
import type { ModelVersionRow } from '../model-version';
import { approvalsGiven } from './approval';
import { type EvidenceSubject, type KeptReport, whyOutdated } from './evidence';
import type { ModelDecisions } from './model-decisions';
import { approvalsOf, type EffectiveRules } from './rules/effective-rules';

/** `isWaiting`: its gate lets it through and people lack. */
export interface VersionStanding {
  gate: GateState;
  approvals: { given: number; need: number } | null;
  isWaiting: boolean;
}

/** `rules` null: of a model that moves freely. */
export function versionStanding(
  decisions: ModelDecisions,
  row: ModelVersionRow,
  rules: EffectiveRules | null,
): VersionStanding {
  if (rules === null) return { gate: 'ungated', approvals: null, isWaiting: false };
  const { need } = approvalsOf(rules.definition);
  const report = decisions.latestReport(row.model, row.version);
  if (report === undefined) return { gate: 'unjudged', approvals: { given: 0, need }, isWaiting: false };
  const champion = decisions.championOf(row.model);
  const isChampion = champion?.version === row.version;
  const known = {
    ...report.subject,
    rulesDigest: rules.digest,
    champion: championNow(report.subject, champion?.version),
  };
  const outdated = whyOutdated(report, isChampion ? { ...known, champion: report.subject.champion } : known);
  const given = outdated === null && decisions.isSpokenOf(row) ? agreed(decisions, { row, rules, report }) : 0;
  const gate = outdated === null ? report.report.verdict : 'outdated';
  const isGood = gate === 'pass' || gate === 'warn';
  const isOpen = !isChampion && row.stage !== 'Archived';
  return { gate, approvals: { given, need }, isWaiting: isGood && isOpen && given < need };
}

function agreed(
  decisions: ModelDecisions,
  { row, rules, report }: { row: ModelVersionRow; rules: EffectiveRules; report: KeptReport },
): number {
  const { words, terms } = decisions.evidence(row, rules, report.digest);
  return approvalsGiven(words, terms);
}

function championNow(subject: EvidenceSubject, version: number | undefined): EvidenceSubject['champion'] {
  if (version === undefined) return null;
  return version === subject.champion?.version ? subject.champion : { version, files: '' };
}
