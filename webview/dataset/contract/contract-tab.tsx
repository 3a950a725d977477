// Is it as agreed? How many checks pass, then those that do not.
import { useState } from 'react';
import type { CheckCounts, CheckReport } from '../../../src/protocol/datasets/contract/check';
import type { DatasetVersion } from '../../../src/protocol/datasets/dataset';
import { countText, durationText, timeText } from '../../../src/protocol/wording';
import { Button, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { useKeptChoice } from '../../kit/kept/kept-choice';
import type { Measuring } from '../head/measuring';
import { WorkState } from '../head/work-state';
import { Anomalies } from './anomalies';
import { BadRowsSection } from './bad-rows';
import { checksInOrder } from './check-order';
import { CheckTable } from './check-table';

interface ContractTabProps {
  report: CheckReport | null;
  /** The contract's path; null for a dataset without one. */
  contract: string | null;
  version: DatasetVersion;
  measuring: Measuring;
  /** The check whose bad rows are shown. */
  badRows: string | null;
  onRows: (check: string | null) => void;
}

/** So many checks that pass are listed at once; the others are folded away. */
const mostPassing = 6;

/** Without a contract it is said how to get one. */
export function ContractTab({ report, contract, version, measuring, badRows, onRows }: ContractTabProps) {
  const anomalies = <Anomalies dataset={version.dataset} version={version.id} />;
  if (contract === null && report === null) {
    return (
      <>
        <NoContract version={version.id} />
        {anomalies}
      </>
    );
  }
  return (
    <>
      <ReportBar report={report} contract={contract} />
      <WorkState measuring={measuring} doing="Checking" />
      {report === null ? (
        measuring.state === 'rests' && (
          <div className="message">
            <h2 className="alone">Not checked yet</h2>
            <div className="acts alone">
              <Button label="Check Now" primary onAct={() => measuring.start(true)} />
            </div>
          </div>
        )
      ) : (
        <Checks {...{ report, version, badRows, onRows }} />
      )}
      {anomalies}
    </>
  );
}

function NoContract({ version }: { version: string }) {
  const host = useHost();
  return (
    <div className="message">
      <h2 className="alone">No contract yet</h2>
      <p className="alone">
        A contract says what every version must hold: types, nulls, ranges, keys. A draft is written from this version
        and can be changed by hand.
      </p>
      <div className="acts alone">
        <Button label="Add a Contract…" primary onAct={() => void host.command('dataset.addContract', { version })} />
      </div>
    </div>
  );
}

function ReportBar({ report, contract }: Pick<ContractTabProps, 'report' | 'contract'>) {
  const host = useHost();
  const name = (contract ?? report?.contract ?? '').split(/[\\/]/).at(-1) ?? '';
  return (
    <div className="tab-bar">
      {report !== null && (
        <>
          <span>
            {report.counts.pass} of {countText(report.checks.length, 'check')} pass
          </span>
          <span className="quiet">
            {[countsText(report.counts), `last run ${timeText(report.time, Date.now())} in ${tookText(report)}`]
              .filter(Boolean)
              .join('; ')}
          </span>
        </>
      )}
      <span className="tab-keys">
        <Link label={`Open ${name}`} onAct={() => void host.command('dataset.openContract', { line: null })} />
      </span>
    </div>
  );
}

function Checks(props: Pick<ContractTabProps, 'version' | 'badRows' | 'onRows'> & { report: CheckReport }) {
  const { report, version, badRows, onRows } = props;
  const [chosen, setChosen] = useState(0);
  const [isAll, setAll] = useKeptChoice('fold:passing');
  const checks = checksInOrder(report.checks);
  const bad = checks.filter(({ verdict }) => verdict !== 'pass').length;
  const shown = isAll ? checks : checks.slice(0, bad + mostPassing);
  const left = checks.length - shown.length;
  const broken = checks.find(({ id }) => id === badRows);
  return (
    <>
      <CheckTable
        checks={shown}
        version={version.id}
        onRows={onRows}
        chosen={Math.min(chosen, Math.max(0, shown.length - 1))}
        onChoose={setChosen}
      />
      {(left > 0 || isAll) && checks.length > bad + mostPassing && (
        <div className="skipped">
          <button type="button" className="fold" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
            <Icon name={isAll ? 'down' : 'right'} />
            <span>{isAll ? 'Show fewer' : `${countText(left, 'more check')} ${left === 1 ? 'passes' : 'pass'}`}</span>
          </button>
        </div>
      )}
      {broken !== undefined && (
        <BadRowsSection key={broken.id} version={version} check={broken} onClose={() => onRows(null)} />
      )}
      {report.notes.length > 0 && <p className="skipped note">{report.notes.join(' ')}</p>}
    </>
  );
}

function countsText({ error, fail, warning, notChecked }: CheckCounts): string {
  return [
    fail > 0 ? `${fail} ${fail === 1 ? 'fails' : 'fail'}` : '',
    error > 0 ? `${error} cannot be run` : '',
    warning > 0 ? countText(warning, 'warning') : '',
    notChecked > 0 ? `${notChecked} not checked` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function tookText({ milliseconds }: CheckReport): string {
  return milliseconds < 100 ? `${Math.round(milliseconds)} ms` : durationText(milliseconds);
}
