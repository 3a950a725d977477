// A column as the grid draws it: its words, its side, its place.
import type { MetricDirection } from '../../../src/protocol/run';
import {
  type ColumnInfo,
  type FactName,
  type TableColumn,
  type TableColumns,
  type TableView,
  tableColumnOf,
} from '../../../src/protocol/runs/run-table';

export interface ShownColumn {
  id: string;
  column: TableColumn;
  label: string;
  /** Which number of a metric it is, where that is not its last one. */
  stat: string;
  isNumber: boolean;
  isPinned: boolean;
  /** A metric with more than its value beside it. */
  hasPlaces: boolean;
  direction: MetricDirection;
  /** In CSS pixels; `left` from the edge of the columns that scroll, or of those that stand. */
  width: number;
  left: number;
}

/** What of a view decides how wide its metrics are. */
interface Rooms {
  hasBaseline: boolean;
  isGrouped: boolean;
}

const factWords: Record<FactName, string> = {
  name: 'Name',
  state: 'State',
  started: 'Started',
  duration: 'Duration',
  experiment: 'Experiment',
  parent: 'Parent run',
  user: 'User',
  data: 'Data',
  model: 'Model',
  commit: 'Commit',
  branch: 'Branch',
  size: 'Size',
  note: 'Note',
  id: 'Run ID',
};
const factWidths: Partial<Record<FactName, number>> = {
  state: 112,
  started: 112,
  duration: 96,
  data: 160,
  size: 88,
  note: 200,
  id: 264,
};
const numbers: ReadonlySet<FactName> = new Set(['duration', 'size']);
const statWords = { last: '', min: 'min', max: 'max', best: 'best', step: 'best step' } as const;
/** A metric's three places: its value, its spread over a group, its distance from the baseline. */
const metricRooms = { value: 64, spread: 52, delta: 68, edge: 16 };
const edge = 16;
const letter = 6.4;

/** What a column is called: `learning_rate`, `roc_auc best`, `Duration`. */
export function columnLabel(column: TableColumn): string {
  if (column.of === 'fact') return factWords[column.key];
  const stat = column.of === 'metric' ? statWords[column.stat] : '';
  return stat === '' ? column.key : `${column.key} ${stat}`;
}

/** The columns of a view that are shown, pinned ones first, with their places; `hidden` are the same in all runs. */
export function shownColumns(
  view: TableView,
  known: TableColumns | undefined,
  rooms: Rooms,
): { columns: ShownColumn[]; hidden: number } {
  const infos = new Map(known?.items.map((info) => [info.id, info]));
  const wanted = view.columns ?? usualIds(known, view.onlyChanged);
  const differ = view.onlyChanged ? wanted.filter((id) => infoOf(infos, id)?.varies !== false || isKept(id)) : wanted;
  const isPinned = (id: string): boolean => view.pinned.includes(id);
  const ordered = [...differ.filter(isPinned), ...differ.filter((id) => !isPinned(id))];
  const edges = { pinned: 0, free: 0 };
  const columns: ShownColumn[] = [];
  for (const id of ordered) {
    const column = tableColumnOf(id);
    if (column === undefined || (column.of === 'fact' && column.key === 'name')) continue;
    const info = infoOf(infos, id);
    const side = isPinned(id) ? 'pinned' : 'free';
    const width = view.widths[id] ?? usualWidth(column, rooms);
    columns.push({
      id,
      column,
      label: column.of === 'metric' ? column.key : columnLabel(column),
      stat: column.of === 'metric' ? statWords[column.stat] : '',
      isNumber: column.of === 'fact' ? numbers.has(column.key) : column.of === 'metric' || info?.numeric === true,
      isPinned: isPinned(id),
      hasPlaces: column.of === 'metric' && (rooms.hasBaseline || rooms.isGrouped),
      direction: info?.direction ?? 'none',
      width,
      left: edges[side],
    });
    edges[side] += width;
  }
  const same = [...infos.values()].filter(({ id, varies }) => !varies && id.startsWith('param:')).length;
  const isUsual = view.columns === null && view.onlyChanged;
  return { columns, hidden: isUsual ? same : wanted.length - differ.length };
}

/** What is shown while nobody has chosen; with those that are the same in all runs, too, once these are asked for. */
function usualIds(known: TableColumns | undefined, onlyChanged: boolean): string[] {
  const usual = known?.usual ?? [];
  if (onlyChanged) return usual;
  const same = (known?.items ?? []).filter(({ id, varies }) => !varies && id.startsWith('param:')).map(({ id }) => id);
  return [...usual, ...same.slice(0, 12)];
}

/** The state, the time and the results of runs are looked for, whether they differ or not. */
function isKept(id: string): boolean {
  return ['fact:state', 'fact:started', 'fact:duration'].includes(id) || id.startsWith('metric.');
}

/** All numbers of a metric have what is known of its last one. */
function infoOf(infos: ReadonlyMap<string, ColumnInfo>, id: string): ColumnInfo | undefined {
  const column = tableColumnOf(id);
  return infos.get(column?.of === 'metric' ? `metric.last:${column.key}` : id);
}

function usualWidth(column: TableColumn, { hasBaseline, isGrouped }: Rooms): number {
  const words = Math.min(220, Math.ceil(columnLabel(column).length * letter) + edge + 20);
  if (column.of === 'metric') {
    const { value, spread, delta } = metricRooms;
    return Math.max(words, metricRooms.edge + value + (isGrouped ? spread : 0) + (hasBaseline ? delta : 0));
  }
  const usual = column.of === 'fact' ? (factWidths[column.key] ?? 112) : 72;
  return Math.max(words, usual);
}
