// What else can be done with a version, as a list.
import { env, l10n, type QuickPickItem, window } from 'vscode';
import type { DecisionAnswer, VersionDetail } from '../../../protocol/models/registry/model-version';
import { waivableRules } from '../../../protocol/models/registry/waivable-rules';
import { type DecidedVersion, promoteVersion, rejectVersion, rollBackModel, waiveRule } from '../version-decisions';

/** What leads out of the panel. `line` is one of slipway.yaml, from 1. */
export interface WaysOut {
  openRun: (runId: string) => Promise<void>;
  openRules: (line: number | null) => Promise<void>;
}

type Item = QuickPickItem & { act: () => Promise<DecisionAnswer | undefined> };

/** The answer where it was a decision; undefined where it was none, or the user turned away. */
export async function showMenu(of: DecidedVersion, ways: WaysOut): Promise<DecisionAnswer | undefined> {
  const { registry } = of.session.requireClient().api;
  const { name, version } = of;
  const [model, detail] = await Promise.all([
    registry.get.query({ name, limit: 1 }),
    registry.version.query({ name, version, identity: null }),
  ]);
  const { runId } = detail;
  const then = (act: () => Thenable<unknown>) => async (): Promise<undefined> => {
    await act();
  };
  const items: Item[] = [
    { label: l10n.t('Copy Name@Version'), act: then(() => env.clipboard.writeText(`${name}@${version}`)) },
    { label: l10n.t('Copy MLflow Address'), act: then(() => env.clipboard.writeText(`models:/${name}/${version}`)) },
    ...(runId === null ? [] : [{ label: l10n.t('Open Run'), act: then(() => ways.openRun(runId)) }]),
    { label: l10n.t('Open Rules in slipway.yaml'), act: then(() => ways.openRules(model.rulesLine)) },
    { label: l10n.t('Move To…'), act: () => promoteVersion(of) },
    ...decisions(of, detail),
  ];
  const title = `${name}@${version}`;
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('What is to be done?') }))?.act();
}

/** What is decided of a version with rules. */
function decisions(of: DecidedVersion, { gated, stage }: VersionDetail): Item[] {
  if (gated === null) return [];
  const open = waivableRules(gated);
  return [
    { label: l10n.t('Reject…'), act: () => rejectVersion(of) },
    ...(open.length === 0 ? [] : [{ label: l10n.t('Waive a Rule…'), act: () => waiveRule(of, null) }]),
    ...(stage === 'production' ? [{ label: l10n.t('Roll Back…'), act: () => rollBackModel(of) }] : []),
  ];
}
