// Numbers of a version that are unlike the versions before it: which of them were to be expected.
import { l10n, window } from 'vscode';
import type { ExpectedChange } from '../../../protocol/datasets/contract/check-api';
import { versionName } from '../../../protocol/datasets/panel/version-name';
import { countText } from '../../../protocol/wording';
import { cancellableWork } from '../../cancellable-work';
import type { DatasetTools } from '../dataset-tools';
import type { ChosenVersion } from './chosen-rows';
import { offerUndo } from './undo-offer';

/** Lists them with those that were expected chosen, and keeps the new choice. */
export async function expectNumbers(tools: DatasetTools, { session, version }: ChosenVersion): Promise<void> {
  const { checks } = session.requireClient().api;
  const of = { dataset: version.dataset, version: version.id };
  const title = l10n.t('Comparing {0} with the versions before', versionName(version));
  const found = await cancellableWork(title, (signal) =>
    checks.anomalies.query(of, { signal }).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    }),
  );
  if (found === undefined) return;
  if (found.anomalies.length === 0) {
    const earlier = countText(found.compared, 'earlier version');
    const few = l10n.t('There are {0}; it takes {1} to compare with.', earlier, found.least);
    const none = l10n.t('Nothing of {0} is far from {1}.', versionName(version), earlier);
    void window.showInformationMessage(found.compared < found.least ? few : none);
    return;
  }
  const rows = found.anomalies.map((anomaly) => ({ label: anomaly.sentence, picked: anomaly.isExpected, anomaly }));
  const placeHolder = l10n.t('Which of these numbers were to be expected?');
  const chosen = await window.showQuickPick(rows, { canPickMany: true, placeHolder, title: versionName(version) });
  if (chosen === undefined) return;
  const changes = rows
    .filter(({ anomaly }) => anomaly.isExpected !== chosen.some((each) => each.anomaly === anomaly))
    .map(({ anomaly: { measure, column, isExpected } }) => ({ ...of, measure, column, expected: !isExpected }));
  await kept(tools, changes, (change) => checks.expect.mutate(change));
}

async function kept(
  tools: DatasetTools,
  changes: readonly ExpectedChange[],
  keep: (change: ExpectedChange) => Promise<ExpectedChange>,
): Promise<void> {
  if (changes.length === 0) return;
  const undo: ExpectedChange[] = [];
  for (const change of changes) undo.push(await keep(change));
  const sentence = l10n.t('{0}: it was kept which numbers were expected.', changes[0]?.dataset ?? '');
  const back = async (): Promise<void> => {
    for (const change of undo) await keep(change);
  };
  offerUndo(sentence, back, (error) => tools.notices.tell(error, { again: true }));
}
