// The parts of the panel, each with its answer beside its name.
import { type KeyboardEvent, useRef } from 'react';
import type { CheckReport } from '../../../src/protocol/datasets/contract/check';
import type { Drift } from '../../../src/protocol/datasets/drift';
import { type DatasetTab, datasetTabs } from '../../../src/protocol/datasets/panel/panel-state';
import { isUntold } from '../../../src/protocol/datasets/state-words';
import { Icon, type IconName } from '../../kit/icon';
import { stateLook } from '../versions/version-state';

const names: Readonly<Record<DatasetTab, string>> = {
  profile: 'Profile',
  contract: 'Contract',
  drift: 'Drift',
  lineage: 'Lineage',
  history: 'History',
};

interface TabsProps {
  tab: DatasetTab;
  report: CheckReport | null;
  drift: Drift | null;
  onTab: (tab: DatasetTab) => void;
}

/** Tab reaches the chosen one; arrows choose another. */
export function Tabs({ tab, report, drift, onTab }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = datasetTabs.indexOf(tab);
    const last = datasetTabs.length - 1;
    const places: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = datasetTabs[places[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onTab(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div ref={list} className="tabs" role="tablist" aria-label="Parts" onKeyDown={onKeyDown}>
      {datasetTabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          aria-selected={each === tab}
          aria-controls="part"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onTab(each)}
        >
          {names[each]}
          {each === 'contract' && report !== null && <CheckAnswer report={report} />}
          {each === 'drift' && drift !== null && <DriftAnswer drift={drift} />}
        </button>
      ))}
    </div>
  );
}

function CheckAnswer({ report }: { report: CheckReport }) {
  const { icon, tone } = stateLook({ kind: 'check', verdict: report.verdict, summary: '', time: 0 });
  return <Answer icon={icon} tone={tone} text={`${report.counts.pass} of ${report.checks.length}`} />;
}

function DriftAnswer({ drift }: { drift: Drift }) {
  const { drifted, columns } = drift.dataset;
  const isSmall = drifted === 0 && isUntold(drift);
  const icon = drifted > 0 ? 'failed' : isSmall ? 'unknown' : 'finished';
  return (
    <Answer
      icon={icon}
      tone={drifted > 0 ? 'worse' : isSmall ? 'quiet' : 'better'}
      text={`${drifted.toLocaleString('en-US')} of ${columns.toLocaleString('en-US')}`}
    />
  );
}

function Answer({ icon, tone, text }: { icon: IconName; tone: string; text: string }) {
  return (
    <span className="state tab-answer">
      <Icon name={icon} tone={tone} />
      {text}
    </span>
  );
}
