// The versions at the left by their stage, with how the gate found each; where it is narrow, a drop-down.
import type { VersionStage, VersionSummary } from '../../../src/protocol/models/registry/model-version';
import type { ModelDetail } from '../../../src/protocol/models/registry/registered-model';
import { shownStages, stageWord, standingWord } from '../../../src/protocol/models/registry/registry-words';
import { agoText, countText } from '../../../src/protocol/wording';
import { Choice, Link } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useRowKeys } from '../../kit/row-keys';
import { gateLook } from './gate-look';

/** Every stage once, in the order of the list. */
function inOrder(versions: readonly VersionSummary[]): VersionSummary[] {
  const place = (stage: VersionStage): number => shownStages.indexOf(stage);
  return versions.toSorted((a, b) => place(a.stage) - place(b.stage) || Number(b.version) - Number(a.version));
}

interface VersionListProps {
  model: ModelDetail;
  chosen: string;
  onChoose: (version: string) => void;
  onMore: () => void;
}

/** Tab reaches the chosen version; arrows choose another, over the stages. */
export function VersionList({ model, chosen, onChoose, onMore }: VersionListProps) {
  const versions = inOrder(model.items);
  const found = versions.findIndex(({ version }) => version === chosen);
  const place = Math.max(0, found);
  const keys = useRowKeys(
    versions.map(({ version }) => version),
    place,
    (at) => onChoose(versions[at]?.version ?? chosen),
  );
  const left = model.versions - versions.length;
  return (
    <nav className="versions" aria-label="Versions">
      <div role="listbox" aria-label="Versions" onKeyDown={keys.onKeyDown} tabIndex={-1}>
        {shownStages.map((stage) => (
          <Stage key={stage} {...{ stage, versions, chosen, place, onChoose }} />
        ))}
      </div>
      {model.next !== null && (
        <p className="note version-note">
          {countText(left, 'older version')}. <Link label="Show More" onAct={onMore} />
        </p>
      )}
    </nav>
  );
}

interface StageProps {
  stage: VersionStage;
  versions: readonly VersionSummary[];
  chosen: string;
  /** The place that Tab reaches. */
  place: number;
  onChoose: (version: string) => void;
}

function Stage({ stage, versions, chosen, place, onChoose }: StageProps) {
  const rows = versions.flatMap((version, at) => (version.stage === stage ? [{ version, at }] : []));
  if (rows.length === 0) return null;
  return (
    <fieldset className="stage" aria-label={stageWord(stage)}>
      <div className="version-heads" aria-hidden="true">
        <span>{stageWord(stage)}</span>
        <span>{rows.length}</span>
      </div>
      {rows.map(({ version, at }) => (
        <Version
          key={version.version}
          {...{ version, at, onChoose }}
          isChosen={version.version === chosen}
          isReached={at === place}
        />
      ))}
    </fieldset>
  );
}

interface VersionProps {
  version: VersionSummary;
  at: number;
  isChosen: boolean;
  isReached: boolean;
  onChoose: (version: string) => void;
}

function Version({ version, at, isChosen, isReached, onChoose }: VersionProps) {
  const { icon, tone } = gateLook(version.gate);
  const end = version.aliases.length > 0 ? version.aliases.join(', ') : agoText(Date.now() - version.created);
  const made = version.runName ?? version.description;
  const words = [`v${version.version}`, made, stageWord(version.stage), standingWord(version), end].filter(Boolean);
  return (
    <div
      role="option"
      className="version"
      aria-selected={isChosen}
      aria-label={words.join(', ')}
      title={words.join(', ')}
      tabIndex={isReached ? 0 : -1}
      data-row={at}
      onClick={() => onChoose(version.version)}
      onKeyDown={(event) => event.key === 'Enter' && onChoose(version.version)}
    >
      <Icon name={icon} tone={tone} />
      <strong>v{version.version}</strong>
      <span className="cut quiet">{made}</span>
      <span className="cut quiet end">{end}</span>
    </div>
  );
}

/** The same choice in the head of a narrow panel. */
export function VersionChoice({ model, chosen, onChoose }: Omit<VersionListProps, 'onMore'>) {
  const options = inOrder(model.items).map(({ version, stage }) => ({
    value: version,
    label: `v${version}, ${stageWord(stage).toLowerCase()}`,
  }));
  return (
    <span className="version-choice">
      <Choice label="Version" options={options} value={chosen} onChoose={onChoose} />
    </span>
  );
}
