// The versions at the left, with how each stands to its contract and how far it moved; where it is narrow, a drop-down.
import type { DatasetVersion } from '../../../src/protocol/datasets/dataset';
import type { MeasuredDrift } from '../../../src/protocol/datasets/panel/panel-api';
import { referenceName, versionName } from '../../../src/protocol/datasets/panel/version-name';
import { countText } from '../../../src/protocol/wording';
import { Choice } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useRowKeys } from '../../kit/row-keys';
import { stateLook } from './version-state';

interface VersionListProps {
  versions: readonly DatasetVersion[];
  /** How many there are in all. */
  count: number;
  chosen: string;
  drift: MeasuredDrift | null;
  onChoose: (version: string) => void;
}

/** Tab reaches the chosen version; arrows choose another. */
export function VersionList({ versions, count, chosen, drift, onChoose }: VersionListProps) {
  const place = versions.findIndex(({ id }) => id === chosen);
  const keys = useRowKeys(versions.map(versionName), place, (at) => onChoose(versions[at]?.id ?? chosen));
  return (
    <nav className="versions" aria-label="Versions">
      <div className="version-heads" aria-hidden="true">
        <span>{countText(count, 'version')}</span>
        <span className="number">rows</span>
        <span>contract</span>
        <span>drift</span>
      </div>
      <div role="listbox" aria-label="Versions" onKeyDown={keys.onKeyDown} tabIndex={-1}>
        {versions.map((each, at) => (
          <Version
            key={each.id}
            version={each}
            place={at}
            isChosen={each.id === chosen}
            isReference={drift?.references.some(({ id }) => id === each.id) === true}
            onChoose={onChoose}
          />
        ))}
      </div>
      {count > versions.length && (
        <p className="note version-note">{countText(count - versions.length, 'older version')} in the Datasets view.</p>
      )}
      {drift !== null && (
        <p className="note version-note">
          Drift is measured against <strong>{referenceName(drift)}</strong>.
        </p>
      )}
    </nav>
  );
}

interface VersionProps {
  version: DatasetVersion;
  place: number;
  isChosen: boolean;
  isReference: boolean;
  onChoose: (version: string) => void;
}

function Version({ version, place, isChosen, isReference, onChoose }: VersionProps) {
  const name = versionName(version);
  const check = version.states.find(({ kind }) => kind === 'check');
  const drift = version.states.find(({ kind }) => kind === 'drift');
  const [contract, moved] = [stateLook(check), stateLook(drift)];
  const rows = version.rows === null ? '–' : version.rows.toLocaleString('en-US');
  const driftWord = isReference ? 'the reference' : drift === undefined ? 'drift not measured' : moved.word;
  const words = `${name}, ${rows} rows, contract: ${contract.word}, ${driftWord}`;
  return (
    <div
      role="option"
      className="version"
      aria-selected={isChosen}
      aria-label={words}
      title={`${version.id.slice(0, 12)}: ${words}`}
      tabIndex={isChosen ? 0 : -1}
      data-row={place}
      onClick={() => onChoose(version.id)}
      onKeyDown={(event) => event.key === 'Enter' && onChoose(version.id)}
    >
      <span className="cut">{name}</span>
      <span className="number">{rows}</span>
      <Icon name={contract.icon} tone={contract.tone} />
      {isReference ? <Icon name="pin" tone="quiet" /> : <Icon name={moved.icon} tone={moved.tone} />}
    </div>
  );
}

/** The same choice in the head of a narrow panel. */
export function VersionChoice({
  versions,
  chosen,
  onChoose,
}: Pick<VersionListProps, 'versions' | 'chosen' | 'onChoose'>) {
  const options = versions.map((version) => ({ value: version.id, label: versionName(version) }));
  return (
    <span className="version-choice">
      <Choice label="Version" options={options} value={chosen} onChoose={onChoose} />
    </span>
  );
}
