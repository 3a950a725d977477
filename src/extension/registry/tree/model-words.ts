// What a registered model and its versions are called and how they stand, in words: what needs somebody first, for a narrow
// view cuts the rest.
import { l10n } from 'vscode';
import type { VersionDetail, VersionSummary } from '../../../protocol/models/registry/model-version';
import type { ModelSummary } from '../../../protocol/models/registry/registered-model';
import { stageWord, standingWord } from '../../../protocol/models/registry/registry-words';
import { agoText, countText, timeText } from '../../../protocol/wording';

/** The words beside a model's name. */
export function modelWords({ champion, waiting, versions, isGated, pendingRules }: ModelSummary): string {
  return [
    ...(pendingRules === null ? [] : [l10n.t('rules changed')]),
    ...(waiting === 0 ? [] : [l10n.t('{0} waiting', waiting)]),
    ...(champion === null ? [] : [l10n.t('champion v{0}', champion)]),
    countText(versions, 'version'),
    ...(isGated ? [] : [l10n.t('no rules')]),
  ].join(' · ');
}

/** A model in full sentences, one a line. */
export function modelLines(model: ModelSummary): string[] {
  const { description, champion, waiting, versions, isGated, pendingRules, updated } = model;
  return [
    ...(description === '' ? [] : [description]),
    isGated
      ? l10n.t('Gated: what slipway.yaml protects moves by decision only.')
      : l10n.t('No rules in slipway.yaml: its versions move freely, and each move is recorded.'),
    ...(pendingRules === null ? [] : [l10n.t('Changed rules wait for approval: {0}', pendingRules)]),
    champion === null ? l10n.t('No champion') : l10n.t('Champion: version {0}', champion),
    ...(waiting === 0 ? [] : [l10n.t('Waiting for approval: {0}', countText(waiting, 'version'))]),
    l10n.t('{0}, last changed {1}', countText(versions, 'version'), timeText(updated, Date.now())),
  ];
}

/** What the gate says, and of an open vote how far it is; the word for "there are no rules" stands beside the model. */
function verdictWords(version: VersionSummary): string[] {
  const { gate, approvals } = version;
  if (gate === 'ungated') return [];
  const isOpen = approvals !== null && approvals.given < approvals.need && (gate === 'pass' || gate === 'warn');
  return [
    standingWord(version),
    ...(isOpen ? [l10n.t('{0} of {1}', approvals.given, countText(approvals.need, 'approval'))] : []),
  ];
}

/** The words beside a version's number. */
export function versionWords(version: VersionSummary, now: number): string {
  const { runName, aliases, created } = version;
  return [...verdictWords(version), ...(runName === null ? [] : [runName]), ...aliases, agoText(now - created)].join(
    ' · ',
  );
}

/** A version in full sentences, one a line; `detail`, where it could be asked, says what may be done and why not. */
export function versionLines(version: VersionSummary, detail: VersionDetail | undefined): string[] {
  const { stage, gate, approvals, runName, author, created, aliases, description } = version;
  const when = timeText(created, Date.now());
  return [
    ...(description === '' ? [] : [description]),
    l10n.t('Stage: {0}', stageWord(stage)),
    ...(aliases.length === 0 ? [] : [l10n.t('Aliases: {0}', aliases.join(', '))]),
    ...(gate === 'ungated' ? [] : [l10n.t('Gate: {0}', standingWord(version))]),
    ...(approvals === null ? [] : [l10n.t('Approvals: {0} of {1}', approvals.given, approvals.need)]),
    ...(runName === null ? [] : [l10n.t('Run: {0}', runName)]),
    author === null ? l10n.t('Registered {0}', when) : l10n.t('Registered by {0}, {1}', author, when),
    ...(detail?.gated == null ? [] : moveLines(detail.gated)),
  ];
}

function moveLines({ gate, moves }: NonNullable<VersionDetail['gated']>): string[] {
  return [
    ...(gate === null ? [] : [gate.outdated ?? gate.report.sentence]),
    ...moves.promote.map(({ rule, why }) => l10n.t('Not to production, {0}: {1}', rule, why)),
    ...moves.approve.map(({ rule, why }) => l10n.t('You cannot approve it, {0}: {1}', rule, why)),
  ];
}
