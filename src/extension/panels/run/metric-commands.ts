// Choosing a metric, and saying which way one is better.
import { l10n, type QuickPickItem, window } from 'vscode';
import type { EngineClient } from '../../../client/engine-client';

/** Lets the user choose one of `keys`; null when they turn away. */
export async function pickMetric({ title, keys }: { title: string; keys: string[] }): Promise<string | null> {
  const chosen = await window.showQuickPick(keys, { title, placeHolder: l10n.t('Name of a metric') });
  return chosen ?? null;
}

/** Asks which way a metric is better and has it written into slipway.yaml. */
export async function directMetric(client: EngineClient, key: string): Promise<void> {
  const choices: (QuickPickItem & { direction: 'up' | 'down' | null })[] = [
    { label: l10n.t('Higher is better'), direction: 'up' },
    { label: l10n.t('Lower is better'), direction: 'down' },
    { label: l10n.t('As its name says'), description: l10n.t('No word in slipway.yaml'), direction: null },
  ];
  const placeHolder = l10n.t('Which way is it better? Written to slipway.yaml, so it holds for every run.');
  const chosen = await window.showQuickPick(choices, { title: key, placeHolder });
  if (chosen !== undefined) await client.api.metrics.direct.mutate({ key, direction: chosen.direction });
}
