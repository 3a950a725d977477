// From which data, by which run, this version came, and where it serves.
import { Fragment } from 'react';
import { versionName } from '../../../src/protocol/datasets/panel/version-name';
import type { VersionDetail } from '../../../src/protocol/models/registry/model-version';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';

/** One line; what is not known is said. */
export function LineageLine({ detail: { data, runId, runName, version, commit } }: { detail: VersionDetail }) {
  const host = useHost();
  return (
    <nav className="lineage-line" aria-label="Lineage">
      <span>From</span>
      {data.length === 0 && <span>data that nobody named</span>}
      {data.map(({ dataset, version: id, labels }, at) => (
        <Fragment key={`${dataset}@${id}`}>
          {at > 0 && <span>+</span>}
          <Link
            label={`${dataset}@${versionName({ id, labels })}`}
            onAct={() => void host.command('registry.openData', { dataset, version: id })}
          />
        </Fragment>
      ))}
      <Arrow />
      {runId === null ? (
        <span>no run</span>
      ) : (
        <Link label={runName ?? runId.slice(0, 8)} onAct={() => void host.command('registry.openRun', { runId })} />
      )}
      {commit !== null && <code title={`Commit ${commit}`}>{commit.slice(0, 7)}</code>}
      <Arrow />
      <strong>v{version}</strong>
      <Arrow />
      <span>no endpoint</span>
    </nav>
  );
}

function Arrow() {
  return (
    <span role="img" aria-label="to">
      →
    </span>
  );
}
