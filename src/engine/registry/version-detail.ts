// Everything of one version, its files read as they are now.
import { SlipwayError } from '../../base/errors';
import { standingWords, whyNotApprove } from '../../lifecycle/models/decision/approval';
import { type EvidenceSubject, evidenceDigest, whyOutdated } from '../../lifecycle/models/decision/evidence';
import { approvalsOf, type EffectiveRules } from '../../lifecycle/models/decision/rules/effective-rules';
import { isDecided } from '../../lifecycle/models/decision/version-moves';
import type { MoveTerms } from '../../lifecycle/models/decision/warrant';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import type { VersionReference } from '../../protocol/datasets/dataset';
import type { KeptGate, Refusal, VersionDetail, VersionFile } from '../../protocol/models/registry/model-version';
import { trainingVersions } from '../gate/version/training-data';
import type { Services } from '../services';
import { versionSummary } from './version-summary';

type Gated = NonNullable<VersionDetail['gated']>;

/** `identity`: who looks, for what they may do; null where nobody said. */
interface Looker {
  identity: string | null;
  signal?: AbortSignal | undefined;
}

/** Files that did not change since the last look are not read again. Throws SlipwayError `unavailable` when it is taken back. */
export async function versionDetail(
  services: Services,
  row: ModelVersionRow,
  { identity, signal = new AbortController().signal }: Looker,
): Promise<VersionDetail> {
  const { models } = services;
  const rules = models.decisions.rulesOf(row);
  const trained = await trainingVersions(services, row);
  const terms = rules === null ? undefined : await lookedAt(services, row, { identity, signal });
  const files = terms?.warrant?.subject.files ?? (await filesOf(services, row, signal));
  const { tags } = models.versions.get(row.name, row.version);
  const summary = versionSummary(services, row, rules);
  const isOld = summary.gate === 'outdated';
  const gated =
    rules === null || terms === undefined ? null : gatedDetail(services, { row, rules, terms, identity, isOld });
  const isOutdated = gated?.gate != null && gated.gate.outdated !== null;
  return {
    ...summary,
    // Lists look at no file.
    gate: isOutdated ? 'outdated' : summary.gate,
    source: row.source,
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    files,
    gated,
    data: trained.map((each) => ({ ...each, labels: labelsOf(services, each) })),
    commit: commitOf(services, row.runId),
  };
}

async function lookedAt(services: Services, row: ModelVersionRow, { identity, signal }: Looker): Promise<MoveTerms> {
  const seen = await services.warrants.look(row, { runsGate: false, isShown: true, signal });
  return { actor: identity ?? '', door: 'editor', ...seen };
}

function gatedDetail(
  { models }: Services,
  {
    row,
    rules,
    terms,
    identity,
    isOld,
  }: { row: ModelVersionRow; rules: EffectiveRules; terms: MoveTerms; identity: string | null; isOld: boolean },
): Gated {
  const { decisions } = models;
  const subject = terms.warrant?.subject;
  const digest = subject === undefined ? null : evidenceDigest(subject);
  const today = decisions.evidence(row, rules, digest, subject);
  const isSaidToday = today.words.some((word) => word.digest === digest);
  const kept = keptGate(decisions.latestReport(row.model, row.version), subject, isChampion(decisions, row));
  const gate = kept === null || !isOld ? kept : { ...kept, outdated: kept.outdated ?? broughtBack };
  // Of the version in production: those who agreed before it came there.
  const shown =
    isSaidToday || gate === null || gate.outdated !== null ? today : decisions.evidence(row, rules, gate.digest);
  return {
    gate,
    approvals: standingWords(shown.words, shown.terms),
    from: approvalsOf(rules.definition).from ?? null,
    waivers: shown.waivers,
    moves: {
      promote: promoting(decisions, { row, rules, terms }),
      approve: approving({ author: decisions.authorOf(row), rules, identity, obstacle: terms.obstacle }),
    },
  };
}

const broughtBack = 'It was judged against a champion that it has replaced since.';

type Decisions = Services['models']['decisions'];

function isChampion(decisions: Decisions, row: ModelVersionRow): boolean {
  return decisions.championOf(row.model)?.version === row.version;
}

function keptGate(
  kept: ReturnType<Decisions['latestReport']>,
  now: EvidenceSubject | undefined,
  isOfChampion: boolean,
): KeptGate | null {
  if (kept === undefined) return null;
  const { report, time, actor, digest, predictions, subject } = kept;
  const unread = 'What the version is now cannot be read.';
  // The champion was held against the one before it.
  const today = now === undefined || !isOfChampion ? now : { ...now, champion: subject.champion };
  return {
    report,
    time,
    actor,
    digest,
    outdated: today === undefined ? unread : whyOutdated(kept, today),
    predictions,
  };
}

function promoting(
  decisions: Decisions,
  { row, rules, terms }: { row: ModelVersionRow; rules: EffectiveRules; terms: MoveTerms },
): Refusal[] {
  const move = { row, rules, terms, goal: { stage: 'Production' as const } };
  const plan = decisions.moves.plan(move);
  return isDecided(plan) ? decisions.moves.refusals(move, plan).refusals : [];
}

function approving({
  author,
  rules,
  identity,
  obstacle,
}: {
  author: string;
  rules: EffectiveRules;
  identity: string | null;
  obstacle: Refusal | undefined;
}): Refusal[] {
  if (obstacle !== undefined) return [obstacle];
  const unknown = 'git does not say who you are: git config --global user.email YOU@EXAMPLE.ORG';
  const why = identity === null ? unknown : whyNotApprove(identity, { definition: rules.definition, author });
  return why === null ? [] : [{ rule: 'approvals', why }];
}

async function filesOf(
  { warrants }: Services,
  row: ModelVersionRow,
  signal: AbortSignal,
): Promise<VersionFile[] | null> {
  try {
    return await warrants.filesShown(row, signal);
  } catch (error) {
    if (SlipwayError.is(error)) return null;
    throw error;
  }
}

function labelsOf({ datasets }: Services, reference: VersionReference): string[] {
  try {
    return datasets.getVersion(reference).labels;
  } catch (error) {
    // Its records may be gone: what was read is named by its content then.
    if (SlipwayError.is(error)) return [];
    throw error;
  }
}

function commitOf({ runs }: Services, runId: string): string | null {
  const record = runId === '' ? undefined : runs.findRun(runId);
  if (record === undefined) return null;
  const tags = JSON.parse(runs.queries.runData(record).tags) as { key: string; value: string }[];
  return tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value ?? null;
}
