// All metrics of the run in one table, which is also the legend of the charts.
import { useContext, useMemo, useState } from 'react';
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import { countText } from '../../../src/protocol/wording';
import { SearchField } from '../../kit/controls';
import { KeptChoicesContext } from '../../kit/kept/kept-choice';
import { Fold, Section } from '../../kit/section';
import type { RunMetrics } from './load-metrics';
import { MetricTable, type MetricTableProps } from './metric-table';
import { matching, tableRows } from './table-rows';

const searchFrom = 8;

export interface MetricsSectionProps extends Omit<MetricTableProps, 'label' | 'rows' | 'metrics' | 'onFold'> {
  metrics: RunMetrics;
  /** Whether more may come. */
  isOpen: boolean;
}

/** Own metrics first, by prefix; those of the machine behind a fold. */
export function MetricsSection(props: MetricsSectionProps) {
  const { names, items } = props.metrics;
  const [search, setSearch] = useState('');
  const [closed, fold] = useClosedGroups();
  const summaries = useMemo(() => new Map(items.map((item) => [item.key, item])), [items]);
  const { own, machine, all } = useMemo(() => {
    const found = matching(names, search);
    return {
      own: found.filter((name) => !isMachineMetric(name)),
      machine: found.filter(isMachineMetric),
      all: names.filter((name) => !isMachineMetric(name)).length,
    };
  }, [names, search]);
  const isSearched = search.trim() !== '';
  // What is searched for is never hidden in a closed group.
  const rows = useMemo(() => tableRows(own, isSearched ? new Set() : closed), [own, closed, isSearched]);
  const answer = isSearched
    ? `${own.length.toLocaleString('en-US')} of ${countText(all, 'metric')}`
    : `${all.toLocaleString('en-US')} logged, ${props.charted.length} charted`;
  const acts = all > searchFrom ? <SearchField label="Search metrics" onSearch={setSearch} /> : undefined;
  const { runId, charted, onToggle, hasSparks } = props;
  const shared = { runId, charted, onToggle, hasSparks, metrics: summaries };
  return (
    <Section title="Metrics" answer={all > 0 ? answer : props.isOpen ? 'none yet' : 'none logged'} acts={acts}>
      {rows.length > 0 && <MetricTable {...shared} rows={rows} onFold={fold} label="Metrics" />}
      {isSearched && own.length === 0 && all > 0 && <p className="note">No name of a metric holds {search.trim()}.</p>}
      {machine.length > 0 && (
        <Fold name="machine metrics" label={countText(machine.length, 'machine metric')}>
          <MetricTable {...shared} rows={tableRows(machine, closed)} onFold={fold} label="Metrics of the machine" />
        </Fold>
      )}
    </Section>
  );
}

const groupName = 'group:';

/** The groups that were closed, and what closes or opens one. */
function useClosedGroups(): [ReadonlySet<string>, (group: string) => void] {
  const { chosen, choose } = useContext(KeptChoicesContext);
  const closed = useMemo(
    () =>
      new Set(
        Object.keys(chosen)
          .filter((name) => name.startsWith(groupName) && chosen[name] === false)
          .map((name) => name.slice(groupName.length)),
      ),
    [chosen],
  );
  return [closed, (group) => choose(groupName + group, closed.has(group))];
}
