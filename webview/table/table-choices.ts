// What is chosen in the editor's own lists: columns, groups, views, filters.
import {
  type ColumnInfo,
  metricStats,
  type TableView,
  tableColumnId,
  tableColumnOf,
} from '../../src/protocol/runs/run-table';
import type { ListedChoice } from '../../src/protocol/runs/table-panel';
import type { Host } from '../kit/host/host';
import { columnLabel } from './columns/shown-column';
import type { TableModel } from './table-model';
import type { TableState } from './table-state';

/** A metric has one column at first; its other numbers are offered beside it while there are few. */
const fewMetrics = 200;

/** Lets the user choose the columns: those shown first, in their order, then all others by name. */
export async function chooseColumns(host: Host, model: TableModel, { changeView }: TableState): Promise<void> {
  const shown = model.columns.map(({ id }) => id);
  const items = [...shown, ...offered(model, shown)].map((id) => choiceOf(model, id, shown.includes(id)));
  const picked = await host.command('list.pick', { title: 'Columns of the runs table', items });
  if (picked === null) return;
  const kept = shown.filter((id) => picked.includes(id));
  // What was chosen by hand is shown, also where it is the same in all runs.
  changeView({ columns: [...kept, ...picked.filter((id) => !shown.includes(id))], ...whereSame(model, picked) });
}

/** Lets the user choose what runs are grouped by. */
export async function chooseGroups(
  host: Host,
  model: TableModel,
  { state, changeView, change }: TableState,
): Promise<void> {
  const { groupBy } = state.view;
  const all = (model.known.value?.items ?? [])
    .toSorted((a, b) => groupRank(a) - groupRank(b))
    .map(({ id }) => id)
    .filter((id) => canGroup(id) && !groupBy.includes(id));
  const items = [...groupBy, ...all].map((id) => choiceOf(model, id, groupBy.includes(id)));
  const picked = await host.command('list.pick', { title: 'Group runs by', items });
  if (picked === null) return;
  changeView({ groupBy: picked });
  change({ expanded: [] });
}

/** Lets the user choose a saved view, or save this one. */
export async function chooseView(host: Host, { state, change }: TableState): Promise<void> {
  const chosen = await host.command('views.choose', { view: state.view, name: state.viewName });
  if (chosen === null) return;
  change({ view: chosen.view, viewName: chosen.name === '' ? null : chosen.name, expanded: [], scroll: 0 });
}

/** Lets the user type the filter in the editor's own box. */
export async function editFilter(host: Host, text: string, onText: (text: string) => void): Promise<void> {
  const typed = await host.command('filter.edit', { text });
  if (typed !== null) onText(typed);
}

/** What differs comes first, params before what every run has. */
function groupRank({ id, varies }: ColumnInfo): number {
  return (varies ? 0 : 2) + (id.startsWith('fact:') ? 1 : 0);
}

function canGroup(id: string): boolean {
  return !id.startsWith('metric.') && !['fact:name', 'fact:id', 'fact:started', 'fact:note'].includes(id);
}

function offered({ known }: TableModel, shown: readonly string[]): string[] {
  const ids = (known.value?.items ?? []).map(({ id }) => id).filter((id) => id !== 'fact:name');
  const metrics = ids.filter((id) => id.startsWith('metric.'));
  const others = metrics.length > fewMetrics ? [] : metrics.flatMap(statsOf);
  return [...new Set([...ids, ...others])].filter((id) => !shown.includes(id));
}

function statsOf(id: string): string[] {
  const column = tableColumnOf(id);
  return column === undefined ? [] : metricStats.map((stat) => tableColumnId({ of: 'metric', key: column.key, stat }));
}

function choiceOf({ known }: TableModel, id: string, picked: boolean): ListedChoice {
  const column = tableColumnOf(id);
  const last = column?.of === 'metric' ? `metric.last:${column.key}` : id;
  const info = known.value?.items.find((each) => each.id === last);
  const kind = column === undefined || column.of === 'fact' ? '' : column.of;
  const runs = info === undefined || column?.of === 'fact' ? '' : `in ${info.runs.toLocaleString('en-US')} runs`;
  const same = info?.varies === false ? 'the same in all' : '';
  const description = [kind, runs, same].filter(Boolean).join(' · ');
  return { id, label: column === undefined ? id : columnLabel(column), description, picked };
}

function whereSame({ known }: TableModel, picked: readonly string[]): Partial<TableView> {
  const isSame = (id: string): boolean => known.value?.items.find((each) => each.id === id)?.varies === false;
  const isFact = (id: string): boolean => ['fact:state', 'fact:started', 'fact:duration'].includes(id);
  return picked.some((id) => isSame(id) && !isFact(id)) ? { onlyChanged: false } : {};
}
