// The rows that break a check, a page at a time.
import { useState } from 'react';
import type { BadRows, CheckResult } from '../../../src/protocol/datasets/contract/check';
import type { DatasetVersion } from '../../../src/protocol/datasets/dataset';
import { countText } from '../../../src/protocol/wording';
import { IconButton, Link } from '../../kit/controls';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { useLater } from '../../kit/now';

const atOnce = 50;
/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

interface BadRowsProps {
  version: DatasetVersion;
  check: CheckResult;
  onClose: () => void;
}

/** Below the checks; the row numbers are those of the table. */
export function BadRowsSection({ version, check, onClose }: BadRowsProps) {
  const [limit, setLimit] = useState(atOnce);
  const asked = { dataset: version.dataset, version: version.id, check: check.id, limit };
  const live = useLive<BadRows>({
    key: JSON.stringify(asked),
    rest: 60_000,
    load: (host, signal) => host.query('datasets.badRows', asked, signal),
  });
  const found = live.value;
  const title = `Rows that break ${[check.title, ...check.columns].join(', ')}`;
  return (
    <section className="section bad-rows" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {found !== undefined && <span className="answer">{shownText(found)}</span>}
        <span className="acts">
          <IconButton label="Close" about={title} onAct={onClose}>
            <Icon name="close" />
          </IconButton>
        </span>
      </div>
      {live.error !== undefined && <p className="note">{live.error.message}</p>}
      {found === undefined ? live.error === undefined && <Waiting /> : <RowTable found={found} about={check.columns} />}
      {found !== undefined && found.rows.length >= limit && limit < 1000 && (
        <Link label="Show More" onAct={() => setLimit(Math.min(1000, limit * 4))} />
      )}
    </section>
  );
}

function Waiting() {
  return useLater(200) ? <p className="note">Looking for the rows</p> : null;
}

function RowTable({ found: { columns, rows }, about }: { found: BadRows; about: readonly string[] }) {
  return (
    <section className="twin" aria-label="Rows" {...reachable}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col" className="number">
              Row
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {about.includes(column) ? <strong>{column}</strong> : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, values }, at) => (
            <tr key={row ?? `${at} ${values.join(' ')}`}>
              <th scope="row" className="number quiet">
                {row?.toLocaleString('en-US') ?? '–'}
              </th>
              {values.map((value, place) => (
                <td key={columns[place]} className={value === null ? 'quiet' : ''}>
                  {value ?? 'null'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shownText({ rows, total }: BadRows): string {
  if (total === null) return `the first ${rows.length}`;
  return rows.length < total ? `${rows.length} of ${countText(total, 'row')}` : countText(total, 'row');
}
