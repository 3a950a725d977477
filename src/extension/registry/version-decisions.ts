// What a person decides of a version in the editor: asked for in its own words, then the engine's answer. Undefined where the
// user turned away; a refusal is an answer.
import { l10n, ProgressLocation, type QuickPickItem, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import { spanMilliseconds } from '../../base/time-span';
import { saysSomething } from '../../base/visible-text';
import { requireIdentity } from '../../client/registry/identity';
import type { RuleResult } from '../../protocol/models/gate/gate-report';
import type { DecisionAnswer, MoveTarget, VersionDetail } from '../../protocol/models/registry/model-version';
import { stageWord } from '../../protocol/models/registry/registry-words';
import { waivableRules } from '../../protocol/models/registry/waivable-rules';
import type { EngineSession } from '../session/engine-session';

/** A version of a registered model, by its number, in a folder of this window. */
export interface DecidedVersion {
  session: EngineSession;
  name: string;
  version: string;
}

type Decided = Promise<DecisionAnswer | undefined>;

/** Agreeing, with a comment or without. */
export async function approveVersion({ session, name, version }: DecidedVersion): Decided {
  const who = await decider(session);
  const comment = await window.showInputBox({
    title: l10n.t('Approve {0}@{1} as {2}', name, version, who.identity),
    prompt: l10n.t('A comment, or nothing. The approval is bound to the model, data and rules as they are now.'),
    ignoreFocusOut: true,
  });
  if (comment === undefined) return undefined;
  const { registry } = session.requireClient().api;
  return registry.approve.mutate({ ...who, name, version, verdict: 'approved', comment });
}

/** Not agreeing, which says why. */
export async function rejectVersion({ session, name, version }: DecidedVersion): Decided {
  const who = await decider(session);
  const comment = await reasonOf(l10n.t('Reject {0}@{1} as {2}', name, version, who.identity));
  if (comment === undefined) return undefined;
  const { registry } = session.requireClient().api;
  return registry.approve.mutate({ ...who, name, version, verdict: 'rejected', comment });
}

/** A stage or an alias, `to` or one that is picked. */
export async function promoteVersion({ session, name, version }: DecidedVersion, to?: MoveTarget): Decided {
  const who = await decider(session);
  const { registry } = session.requireClient().api;
  const asked = { name, version, identity: who.identity };
  const target = to ?? (await pickTarget(await registry.version.query(asked)));
  if (target === undefined) return undefined;
  // A version that was not judged as it is now is judged first.
  const title = l10n.t('Moving {0}@{1}', name, version);
  return window.withProgress({ location: ProgressLocation.Notification, title }, () =>
    registry.promote.mutate({ ...who, name, version, to: target }),
  );
}

/** Letting a rule pass for a while, or answering one that asks people: `id`, or one that is picked. Throws SlipwayError `invalid` where there is none. */
export async function waiveRule({ session, name, version }: DecidedVersion, id: string | null): Decided {
  const who = await decider(session);
  const { registry } = session.requireClient().api;
  const open = openRules(await registry.version.query({ name, version, identity: who.identity }));
  const about = [name, version, who.identity];
  const title = l10n.t('Waive a Rule for {0}@{1} as {2}', ...about);
  const rule = await pickRule(id === null ? open : open.filter((each) => each.id === id), title);
  if (rule === undefined) return undefined;
  const isAsked = rule.kind === 'manual';
  const head = isAsked ? l10n.t('Answer for {0}@{1} as {2}', ...about) : title;
  const reason = await reasonOf(head, isAsked ? rule.about : undefined);
  const days = reason === undefined ? undefined : await pickDays(head);
  if (reason === undefined || days === undefined) return undefined;
  const expires = Date.now() + spanMilliseconds(`${days}d`);
  return registry.waive.mutate({ ...who, name, version, rule: rule.id, reason, expires });
}

function openRules({ name, version, gated }: VersionDetail): RuleResult[] {
  if (gated === null) throw new SlipwayError('invalid', l10n.t('{0} has no rules in slipway.yaml to waive.', name));
  if (gated.gate === null || gated.gate.outdated !== null) {
    throw new SlipwayError('invalid', l10n.t('{0}@{1} was not judged as it is now. Run its gate.', name, version));
  }
  const open = waivableRules(gated);
  if (open.length > 0) return open;
  throw new SlipwayError('invalid', l10n.t('No rule that stops {0}@{1} is left to waive.', name, version));
}

/** The only one, else the one that the user picks. */
async function pickRule(rules: readonly RuleResult[], title: string): Promise<RuleResult | undefined> {
  const [only] = rules;
  if (rules.length === 1) return only;
  const items = rules.map((rule) => ({ label: rule.id, description: rule.about, rule }));
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Which rule?'), ignoreFocusOut: true }))?.rule;
}

/** Back to the version that was in production before. */
export async function rollBackModel({ session, name }: Omit<DecidedVersion, 'version'>): Decided {
  const who = await decider(session);
  const reason = await reasonOf(l10n.t('Roll Back {0} to the Last Good Version', name));
  return reason === undefined
    ? undefined
    : session.requireClient().api.registry.rollback.mutate({ ...who, name, reason });
}

/** Agreeing to rules of slipway.yaml that are weaker than those before; `pending` says what differs. */
export async function approveRules({ session, name }: Omit<DecidedVersion, 'version'>, pending: string): Decided {
  const who = await decider(session);
  const comment = await window.showInputBox({
    title: l10n.t('Approve the Changed Rules of {0} as {1}', name, who.identity),
    prompt: pending,
    placeHolder: l10n.t('A comment, or nothing'),
    ignoreFocusOut: true,
  });
  if (comment === undefined) return undefined;
  return session.requireClient().api.registry.approveRules.mutate({ ...who, name, comment });
}

async function decider({ folder }: EngineSession): Promise<{ identity: string; door: 'editor' }> {
  return { identity: await requireIdentity(folder.uri.fsPath), door: 'editor' };
}

/** `question`: what is answered by it. */
function reasonOf(title: string, question?: string): Thenable<string | undefined> {
  const why = l10n.t('Why? It stays in the audit log.');
  return window.showInputBox({
    title,
    prompt: question === undefined ? why : l10n.t('{0} The answer stays in the audit log.', question),
    ignoreFocusOut: true,
    validateInput: (text) => (saysSomething(text) ? undefined : l10n.t('Say why.')),
  });
}

type Target = QuickPickItem & { to: MoveTarget | null };

/** Where it is now is left out; what is known to refuse it stands beside a stage. */
async function pickTarget({ name, version, stage, gated }: VersionDetail): Promise<MoveTarget | undefined> {
  const title = l10n.t('Move {0}@{1} To', name, version);
  const refusing = (gated?.moves.promote ?? []).map(({ rule }) => rule);
  const refused = refusing.length === 0 ? '' : l10n.t('refused so far: {0}', refusing.join(', '));
  const stages = (['production', 'staging', 'archived', 'candidate'] as const).filter((each) => each !== stage);
  const targets: Target[] = [
    ...stages.map((each) => {
      const description = each === 'production' ? refused : '';
      return { label: stageWord(each), description, to: { stage: each } };
    }),
    { label: l10n.t('An Alias…'), to: null },
  ];
  const picked = await window.showQuickPick(targets, { title, ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  if (picked.to !== null) return picked.to;
  const alias = await window.showInputBox({
    title,
    prompt: l10n.t('The alias that is to name this version'),
    ignoreFocusOut: true,
  });
  return alias === undefined || alias.trim() === '' ? undefined : { alias: alias.trim() };
}

async function pickDays(title: string): Promise<number | undefined> {
  const days = [1, 7, 14, 30, 90].map((count) => ({
    label: count === 1 ? l10n.t('1 day') : l10n.t('{0} days', count),
    count,
  }));
  return (await window.showQuickPick(days, { title, placeHolder: l10n.t('For how long?'), ignoreFocusOut: true }))
    ?.count;
}
