// All metrics of the run in one table, which is also the legend of the charts.
import { useState } from 'react';
import { countText } from '../../../src/protocol/wording';
import { SearchField } from '../../kit/controls';
import { Fold, Section } from '../../kit/section';
import { MetricTable, type MetricTableProps } from './metric-table';

const searchFrom = 8;

/** Own metrics first; those of the machine behind a fold. */
export function MetricsSection(props: Omit<MetricTableProps, 'label'>) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = props.metrics.filter(({ key }) => key.toLowerCase().includes(wanted));
  const own = found.filter(({ key }) => !key.startsWith('system/'));
  const system = found.filter(({ key }) => key.startsWith('system/'));
  const all = props.metrics.length - props.metrics.filter(({ key }) => key.startsWith('system/')).length;
  const answer =
    wanted === ''
      ? `${all.toLocaleString('en-US')} logged, ${props.charted.length} charted`
      : `${own.length.toLocaleString('en-US')} of ${countText(all, 'metric')}`;
  const acts = all > searchFrom ? <SearchField label="Search metrics" onSearch={setSearch} /> : undefined;
  return (
    <Section title="Metrics" answer={all === 0 ? 'none yet' : answer} acts={acts}>
      {own.length > 0 && <MetricTable {...props} metrics={own} label="Metrics" />}
      {system.length > 0 && (
        <Fold label={`${system.length} of the machine`}>
          <MetricTable {...props} metrics={system} label="Metrics of the machine" />
        </Fold>
      )}
    </Section>
  );
}
