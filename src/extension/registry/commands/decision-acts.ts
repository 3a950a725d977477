// Decisions about versions from the palette and the menus. What is known to be refused is said before anything is asked.
import { l10n } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { requireIdentity } from '../../../client/registry/identity';
import type { VersionDetail } from '../../../protocol/models/registry/model-version';
import type { RegistryTools } from '../registry-tools';
import {
  approveRules,
  approveVersion,
  promoteVersion,
  rejectVersion,
  rollBackModel,
  waiveRule,
} from '../version-decisions';
import type { ChosenModel, ChosenVersion } from './chosen-models';
import { tellDecision, tellRefused } from './decision-notices';

/** Agrees to a version. */
export async function approve(tools: RegistryTools, chosen: ChosenVersion): Promise<void> {
  const { name, version } = chosen;
  const { moves } = gatedOf(await detailOf(chosen));
  if (moves.approve.length > 0) {
    return tellRefused(chosen, l10n.t('You cannot approve {0}@{1}.', name, version), moves.approve);
  }
  const failing = l10n.t('{0}@{1} was not approved.', name, version);
  await tellDecision(tools, chosen, { answer: await approveVersion(chosen), failing });
}

/** Says why a version is not agreed to. */
export async function reject(tools: RegistryTools, chosen: ChosenVersion): Promise<void> {
  gatedOf(await detailOf(chosen));
  const failing = l10n.t('{0}@{1} was not rejected.', chosen.name, chosen.version);
  await tellDecision(tools, chosen, { answer: await rejectVersion(chosen), failing });
}

/** Lets a rule that stops it pass for a while, or answers one that asks people. Throws SlipwayError `invalid` where there is none. */
export async function waive(tools: RegistryTools, chosen: ChosenVersion): Promise<void> {
  const { name, version } = chosen;
  const { moves } = gatedOf(await detailOf(chosen));
  if (moves.approve.length > 0) {
    return tellRefused(chosen, l10n.t('You cannot waive a rule of {0}@{1}.', name, version), moves.approve);
  }
  const failing = l10n.t('No rule of {0}@{1} was waived.', name, version);
  await tellDecision(tools, chosen, { answer: await waiveRule(chosen, null), failing });
}

/** To a stage, or under an alias. */
export async function promote(tools: RegistryTools, chosen: ChosenVersion): Promise<void> {
  const failing = l10n.t('{0}@{1} was not moved.', chosen.name, chosen.version);
  await tellDecision(tools, chosen, { answer: await promoteVersion(chosen), failing });
}

/** To the version that was in production before. */
export async function rollBack(tools: RegistryTools, chosen: ChosenModel): Promise<void> {
  const failing = l10n.t('{0} was not rolled back.', chosen.name);
  await tellDecision(tools, chosen, { answer: await rollBackModel(chosen), failing });
}

/** Agrees to rules that were changed. Throws SlipwayError `invalid` where none wait. */
export async function agreeToRules(tools: RegistryTools, chosen: ChosenModel): Promise<void> {
  const { session, name } = chosen;
  const { pendingRules } = await session.requireClient().api.registry.get.query({ name, limit: 1 });
  if (pendingRules === null) {
    throw new SlipwayError('invalid', l10n.t('No changed rules of {0} wait for approval.', name));
  }
  const failing = l10n.t('The changed rules of {0} were not approved.', name);
  await tellDecision(tools, chosen, { answer: await approveRules(chosen, pendingRules), failing });
}

async function detailOf({ session, name, version }: ChosenVersion): Promise<VersionDetail> {
  const identity = await requireIdentity(session.folder.uri.fsPath);
  return session.requireClient().api.registry.version.query({ name, version, identity });
}

function gatedOf({ name, gated }: VersionDetail): NonNullable<VersionDetail['gated']> {
  if (gated !== null) return gated;
  const sentence = l10n.t(
    '{0} has no rules in slipway.yaml, so there is nothing to decide: its versions move freely.',
    name,
  );
  throw new SlipwayError('invalid', sentence);
}
