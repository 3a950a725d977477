// Sort Runs…: by what every run has, or by the last value of a metric.
import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import type { RunSort } from '../../protocol/runs/run-sort';
import type { CommandTools } from '../commands/command-tools';

/** How many of the latest runs are looked at for metrics: a few, since each may have thousands. */
const lookedAt = 10;
const mostMetrics = 500;

type SortItem = QuickPickItem & { sort?: RunSort };

/** Asks for an order and lists runs in it. */
export async function sortRuns({ sessions, listing }: CommandTools): Promise<void> {
  const now = JSON.stringify(listing.sort);
  const mark = (item: SortItem): SortItem =>
    JSON.stringify(item.sort) === now ? { ...item, label: `$(check) ${item.label}` } : item;
  const items = Promise.all(sessions.running.map((session) => metricKeys(session.client))).then((lists) => {
    const keys = [...new Set(lists.flat())].sort((a, b) => a.localeCompare(b)).slice(0, mostMetrics);
    const label = l10n.t('last value of a metric that one of the {0} newest runs has', lookedAt);
    const separator = { label, kind: QuickPickItemKind.Separator };
    return [...plainOrders(), separator, ...keys.flatMap(metricOrders)].map(mark);
  });
  const options = { title: l10n.t('Sort Runs'), placeHolder: l10n.t('In which order?'), matchOnDescription: true };
  const chosen = await window.showQuickPick(items, options);
  if (chosen?.sort !== undefined) listing.sortBy(chosen.sort);
}

function plainOrders(): SortItem[] {
  const order = (label: string, by: 'start' | 'name' | 'duration' | 'state', descending: boolean): SortItem => ({
    label,
    sort: { by, descending },
  });
  return [
    order(l10n.t('Newest first'), 'start', true),
    order(l10n.t('Oldest first'), 'start', false),
    order(l10n.t('Name, A to Z'), 'name', false),
    order(l10n.t('Name, Z to A'), 'name', true),
    order(l10n.t('Longest first'), 'duration', true),
    order(l10n.t('Shortest first'), 'duration', false),
    order(l10n.t('State'), 'state', false),
  ];
}

function metricOrders(key: string): SortItem[] {
  return [
    { label: key, description: l10n.t('highest first'), sort: { by: 'metric', key, descending: true } },
    { label: key, description: l10n.t('lowest first'), sort: { by: 'metric', key, descending: false } },
  ];
}

async function metricKeys(client: EngineClient | undefined): Promise<string[]> {
  if (client === undefined) return [];
  const { items } = await client.api.runs.list.query({ limit: lookedAt });
  const pages = await Promise.all(
    items.map(({ runId }) => client.api.metrics.list.query({ runId, limit: mostMetrics })),
  );
  return pages.flatMap((page) => page.items.map(({ key }) => key));
}
