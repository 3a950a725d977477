// What was decided and done with this model, the newest first, refused attempts too; and whether the log is whole.
import { useEffect, useState } from 'react';
import type { AuditRecord, AuditVerification } from '../../../src/protocol/audit/audit';
import { countText, timeText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { auditWords } from './audit-words';

const pageSize = 20;

interface Records {
  items: AuditRecord[];
  hasMore: boolean;
}

/** Of a model and all of its versions. */
export function AuditSection({ name }: { name: string }) {
  const host = useHost();
  const [wanted, setWanted] = useState(pageSize);
  const live = useLive<Records>({
    key: JSON.stringify([name, wanted]),
    rest: 500,
    load: (from, signal) => readRecords(from, { name, wanted }, signal),
  });
  const { items = [], hasMore = false } = live.value ?? {};
  const [checked, check] = useVerification(`${name} ${items[0]?.seq}`);
  const acts = (
    <>
      {hasMore && <Link label="Load More" onAct={() => setWanted((old) => old + 5 * pageSize)} />}
      <Link
        label={checked === 'works' ? 'Verifying' : 'Verify'}
        disabled={checked === 'works'}
        onAct={() => check(host)}
      />
      <Link label="Export…" onAct={() => void host.command('registry.exportAudit', null)} />
    </>
  );
  return (
    <Section title="Audit trail" answer={<Answer {...{ checked, hasMore }} count={items.length} />} acts={acts}>
      {live.error !== undefined && live.value === undefined && <p className="note worse">{live.error.message}</p>}
      <Problems checked={checked} />
      {live.value !== undefined && items.length === 0 && <p className="note">Nothing is recorded of it.</p>}
      <ol className="audit" aria-label="Audit trail">
        {items.map((record) => (
          <Entry key={record.seq} record={record} model={name} />
        ))}
      </ol>
    </Section>
  );
}

async function readRecords(
  host: Host,
  { name, wanted }: { name: string; wanted: number },
  signal: AbortSignal,
): Promise<Records> {
  const items: AuditRecord[] = [];
  let page: string | null = null;
  do {
    const limit = Math.min(500, wanted - items.length);
    const found: { items: AuditRecord[]; next: string | null } = await host.query(
      'audit.list',
      { subject: name, limit, page },
      signal,
    );
    items.push(...found.items);
    page = found.next;
  } while (page !== null && items.length < wanted);
  return { items, hasMore: page !== null };
}

type Checked = AuditVerification | Error | 'works' | null;

/** What was said of other records goes; `about` names the newest. */
function useVerification(about: string): [Checked, (host: Host) => void] {
  const [checked, setChecked] = useState<Checked>(null);
  useEffect(() => (about === '' ? undefined : () => setChecked(null)), [about]);
  const check = (host: Host): void => {
    setChecked('works');
    host.query('audit.verify', null).then(setChecked, setChecked);
  };
  return [checked, check];
}

function Answer({ checked, count, hasMore }: { checked: Checked; count: number; hasMore: boolean }) {
  const shown = `${countText(count, 'record')}${hasMore ? ' shown' : ''}`;
  return <span role="status">{[shown, ...verifiedWords(checked)].join(', ')}</span>;
}

function verifiedWords(checked: Checked): string[] {
  if (checked === null || checked === 'works') return [];
  if (checked instanceof Error) return [checked.message];
  const { records, isIntact, problems } = checked;
  if (!isIntact) return [countText(problems.length, 'problem in the log', 'problems in the log')];
  return [`chain of all ${records.toLocaleString('en-US')} intact`];
}

function Problems({ checked }: { checked: Checked }) {
  if (checked === null || checked === 'works' || checked instanceof Error || checked.isIntact) return null;
  return (
    <ul className="refusals" aria-label="Problems">
      {checked.problems.map(({ seq, message }) => (
        <li key={`${seq} ${message}`} className="state">
          <Icon name="failed" tone="worse" />
          <span>
            {seq === null ? '' : `Record ${seq}: `}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Entry({ record, model }: { record: AuditRecord; model: string }) {
  const { time, hash, subject, actor } = record;
  const { icon, tone, what, joint, rest } = auditWords(record);
  const version = subject === model ? '' : subject.slice(model.length + 1);
  return (
    <li>
      <span className="quiet">{timeText(time, Date.now())}</span>
      <Icon name={icon} tone={tone} />
      <span>
        <strong>{what}</strong>
        {version !== '' && ` v${version}`} {joint} {actor}
        {rest !== '' && <span className="quiet">: {rest}</span>}
      </span>
      <code className="quiet" title={`Record ${record.seq}, SHA-256 ${hash}`}>
        {hash.slice(0, 4)}…{hash.slice(-2)}
      </code>
    </li>
  );
}
