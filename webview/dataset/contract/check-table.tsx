// Expected beside found, for each check; what fails first, with the ways on.
import type { CheckResult } from '../../../src/protocol/datasets/contract/check';
import { countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { useRowKeys } from '../../kit/row-keys';
import { type HeadCell, TableHead } from '../table-head';
import { checkLook } from './check-order';

interface CheckTableProps {
  checks: readonly CheckResult[];
  version: string;
  chosen: number;
  onChoose: (place: number) => void;
  /** Shows the rows that break a check. */
  onRows: (check: string) => void;
}

const heads: readonly HeadCell[] = [
  { text: 'Check' },
  { text: 'Column', className: 'wide' },
  { text: 'Expected', className: 'number' },
  { text: 'Found', className: 'number' },
  { text: 'Bad rows', className: 'number wide' },
  { text: '', className: 'ways wide', label: 'What can be done' },
];

/** Tab reaches the chosen row and then its links; Enter shows the check in its contract. */
export function CheckTable({ checks, version, chosen, onChoose, onRows }: CheckTableProps) {
  const keys = useRowKeys(
    checks.map(({ title }) => title),
    chosen,
    onChoose,
  );
  return (
    <table className="rows check-table" aria-label="Checks" onKeyDown={keys.onKeyDown}>
      <TableHead heads={heads} />
      <tbody>
        {checks.map((check, place) => (
          <Row key={check.id} {...{ check, place, version, onRows }} isChosen={place === chosen} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  check: CheckResult;
  place: number;
  version: string;
  isChosen: boolean;
  onRows: (check: string) => void;
}

function Row({ check, place, version, isChosen, onRows }: RowProps) {
  const host = useHost();
  const isGood = check.verdict === 'pass';
  const onLine = (): void => void host.command('dataset.openContract', { line: check.place.line });
  return (
    <tr
      className={isGood ? 'dim' : ''}
      tabIndex={isChosen ? 0 : -1}
      data-row={place}
      onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && onLine()}
    >
      <Title check={check} version={version} onLine={onLine} onRows={onRows} />
      <td className="wide">
        <code className="cut">{check.columns.length === 0 ? '–' : check.columns.join(', ')}</code>
      </td>
      <td className="number">{check.expected}</td>
      <td
        className="number"
        title={check.examples.length === 0 ? undefined : `For example ${check.examples.join(', ')}`}
      >
        {isGood ? check.found : <strong>{check.found}</strong>}
      </td>
      <td className="number wide">{check.badRows === null ? '–' : check.badRows.toLocaleString('en-US')}</td>
      <td className="ways wide">
        <Ways check={check} version={version} onRows={onRows} />
      </td>
    </tr>
  );
}

function Title(props: Pick<RowProps, 'check' | 'version' | 'onRows'> & { onLine: () => void }) {
  const { check, version, onLine, onRows } = props;
  const look = checkLook[check.verdict];
  return (
    <th scope="row">
      <span className="state">
        <Icon name={look.icon} tone={look.tone} />
        <span className="unseen">{look.word}: </span>
        <button
          type="button"
          className="plain"
          title={`Open line ${check.place.line} of the contract`}
          onClick={onLine}
        >
          {check.title}
        </button>
      </span>
      {check.note !== null && <span className="row-note quiet">{check.note}</span>}
      {check.columns.length > 0 && (
        <span className="row-note narrow">
          <code>{check.columns.join(', ')}</code>
          {check.badRows !== null && check.badRows > 0 && ` · ${countText(check.badRows, 'bad row')}`}
        </span>
      )}
      <span className="row-note narrow">
        <Ways check={check} version={version} onRows={onRows} />
      </span>
    </th>
  );
}

function Ways({ check, version, onRows }: Pick<RowProps, 'check' | 'version' | 'onRows'>) {
  const host = useHost();
  if (check.verdict === 'pass') return null;
  return (
    <>
      {check.canShowRows && <Link label="Show Rows" onAct={() => onRows(check.id)} />}
      {check.observed !== null && (
        <Link
          label="Accept Range…"
          onAct={() => void host.command('dataset.acceptRange', { version, check: check.id })}
        />
      )}
    </>
  );
}
