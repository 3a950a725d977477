// Which columns a table shows while nobody has chosen: those that differ, the metric to look for first.

import { type ColumnInfo, tableColumnOf } from '../../../protocol/runs/run-table';
import { headlineKey } from '../reading/headline-metric';
import type { MetricRules } from '../reading/metric-direction';

/** So many of each kind are shown; the others are a choice away. */
const most = { params: 8, metrics: 4 };
const facts = ['fact:state', 'fact:started', 'fact:duration'];

/** Ids in the order they are shown. Column order of `columns` breaks ties. */
export function usualColumns(columns: readonly ColumnInfo[], rules: MetricRules): string[] {
  const params = columns.filter(({ id, varies }) => varies && id.startsWith('param:'));
  const data = columns.filter(({ id, varies }) => varies && id === 'fact:data').map(({ id }) => id);
  return [...facts, ...usualMetrics(columns, rules), ...data, ...mostFilled(params).slice(0, most.params)];
}

function usualMetrics(columns: readonly ColumnInfo[], rules: MetricRules): string[] {
  const left = new Set<string>();
  for (const { id } of columns) {
    const column = tableColumnOf(id);
    if (column?.of === 'metric' && column.stat === 'last') left.add(column.key);
  }
  const chosen: string[] = [];
  // The headline of what is left, again and again: the order in which a reader would look for them.
  while (chosen.length < most.metrics) {
    const key = headlineKey([...left], rules);
    if (key === undefined) break;
    left.delete(key);
    chosen.push(key);
  }
  return chosen.map((key) => `metric.last:${key}`);
}

function mostFilled(columns: readonly ColumnInfo[]): string[] {
  return [...columns].sort((left, right) => right.runs - left.runs).map(({ id }) => id);
}
