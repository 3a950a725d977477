// The head: which dataset, which version, how large, who used it, and what can be done.
import type { DatasetView } from '../../../src/protocol/datasets/panel/panel-api';
import type { DatasetTab } from '../../../src/protocol/datasets/panel/panel-state';
import { versionName } from '../../../src/protocol/datasets/panel/version-name';
import { scheduleSentences, scheduleWord } from '../../../src/protocol/datasets/schedule/schedule-words';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Button, IconButton, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { VersionChoice } from '../versions/version-list';
import type { Measuring } from './measuring';

interface HeaderProps {
  view: DatasetView;
  /** Checks the version against its contract; undefined where there is none. */
  checking: Measuring | undefined;
  onVersion: (version: string) => void;
  onTab: (tab: DatasetTab) => void;
}

/** Stays at the top while the rest scrolls. */
export function Header({ view, checking, onVersion, onTab }: HeaderProps) {
  const host = useHost();
  const { dataset, version, versions } = view;
  return (
    <header className="head">
      <div className="head-title">
        <Icon name="data" />
        <strong className="cut" title={dataset.definition.description ?? dataset.name}>
          {dataset.name}
        </strong>
        <VersionChoice versions={versions} chosen={version.id} onChoose={onVersion} />
      </div>
      <Facts view={view} onVersion={onVersion} onTab={onTab} />
      <div className="head-acts">
        {checking !== undefined && checking.state !== 'works' && (
          <Button label="Check Now" onAct={() => checking.start(true)} />
        )}
        <IconButton label="Open Rows" onAct={() => void host.command('dataset.openRows', { version: version.id })}>
          <Icon name="columns" />
        </IconButton>
        <IconButton
          label="Compare With…"
          onAct={() => void host.command('dataset.compareRows', { version: version.id, reference: null })}
        >
          <Icon name="compare" />
        </IconButton>
        <IconButton label="More…" onAct={() => void host.command('dataset.more', { version: version.id })}>
          <Icon name="more" />
        </IconButton>
      </div>
    </header>
  );
}

function Facts({ view, onVersion, onTab }: Pick<HeaderProps, 'view' | 'onVersion' | 'onTab'>) {
  const { dataset, version, users, feeds } = view;
  const { rows, columns, bytes, files, isQuery, storage } = version;
  const shape = [
    ...(rows === null ? [] : [countText(rows, 'row')]),
    ...(columns === null ? [] : [countText(columns, 'column')]),
  ].join(', ');
  const size = `${isQuery ? 'reads ' : ''}${bytesText(bytes)}${files === 1 ? '' : ` in ${countText(files, 'file')}`}`;
  const { schedule, declared, definition } = dataset;
  const { owner } = definition;
  return (
    <div className="head-facts">
      <code title={version.id}>{version.id.slice(0, 7)}</code>
      {shape !== '' && <span className="fact">{shape}</span>}
      <span className="fact">{size}</span>
      {storage.kind === 'reference' && (
        <span className="fact" title={storage.why}>
          reference only
        </span>
      )}
      {schedule !== null && (
        <span className="fact" title={scheduleSentences(schedule, Date.now()).join('\n')}>
          {scheduleWord(schedule)}
        </span>
      )}
      {!declared && (
        <span className="fact" title="More… can write the entry.">
          not in slipway.yaml
        </span>
      )}
      {owner !== undefined && <span className="fact wide">{owner}</span>}
      <span className="fact">
        <Link label={usesText(users.length, feeds)} onAct={() => onTab('lineage')} />
      </span>
      <Newest view={view} onVersion={onVersion} />
    </div>
  );
}

/** Leads to the newest version, from an older one. */
function Newest({ view: { version, versions }, onVersion }: Pick<HeaderProps, 'view' | 'onVersion'>) {
  const [newest] = versions;
  if (newest === undefined || newest.id === version.id) return null;
  return (
    <span className="fact">
      <Link label={`newest is ${versionName(newest)}`} onAct={() => onVersion(newest.id)} />
    </span>
  );
}

/** `used by 2 runs, feeds delays`. */
function usesText(runs: number, feeds: readonly string[]): string {
  const fed = feeds.length === 1 ? `feeds ${feeds[0]}` : `feeds ${countText(feeds.length, 'dataset')}`;
  if (runs === 0) return feeds.length === 0 ? 'not used by any run' : fed;
  return [`used by ${countText(runs, 'run')}`, ...(feeds.length === 0 ? [] : [fed])].join(', ');
}
