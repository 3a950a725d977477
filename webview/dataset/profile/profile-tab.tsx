// What is in it? Every column as it comes, over that of the reference.
import { useMemo, useState } from 'react';
import type { MeasuredProfile } from '../../../src/protocol/datasets/panel/panel-api';
import type { Profile } from '../../../src/protocol/datasets/table/profile';
import { timeText } from '../../../src/protocol/wording';
import { Button, Link, SearchField } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import type { Measuring } from '../head/measuring';
import { WorkState } from '../head/work-state';
import { PairKeys } from '../plot/key';
import { Correlations } from './correlations';
import { ProfileTable } from './profile-table';
import { profileSummary } from './profile-words';

interface ProfileTabProps {
  measured: MeasuredProfile | undefined;
  measuring: Measuring;
  /** Whether the bytes are those of what it reads, which its head tells. */
  isQuery: boolean;
  /** The names of both sides. */
  current: string;
  reference: string | null;
}

const manyColumns = 30;
const mostShown = 300;

/** Columns that are there already stand while the others are computed. */
export function ProfileTab({ measured, measuring, isQuery, current, reference }: ProfileTabProps) {
  const { work, state } = measuring;
  const profile = measured?.profile ?? null;
  const shown = profile ?? partOf(work?.columns, work?.rows ?? null);
  return (
    <>
      {profile !== null && (
        <ProfileBar
          {...{ profile, measuring, isQuery, current }}
          reference={measured?.reference == null ? null : reference}
          time={measured?.time ?? null}
        />
      )}
      <WorkState measuring={measuring} doing="Profiling" />
      {shown === undefined ? (
        measured !== undefined &&
        state === 'rests' && (
          <div className="message">
            <h2 className="alone">Not profiled yet</h2>
            <div className="acts alone">
              <Button label="Profile" primary onAct={() => measuring.start(false)} />
            </div>
          </div>
        )
      ) : (
        <Columns profile={shown} reference={measured?.reference ?? null} />
      )}
      {profile !== null && <Correlations profile={profile} />}
    </>
  );
}

function ProfileBar(props: {
  profile: Profile;
  measuring: Measuring;
  isQuery: boolean;
  current: string;
  reference: string | null;
  time: number | null;
}) {
  const { profile, measuring, isQuery, current, reference, time } = props;
  return (
    <div className="tab-bar">
      <span>{profileSummary(profile, isQuery)}</span>
      {time !== null && <span className="quiet wide">profiled {timeText(time, Date.now())}</span>}
      {profile.alerts.map(({ text, level }) => (
        <span key={text} className="state">
          {level === 'warning' && <Icon name="caution" tone="caution" />}
          {text}
        </span>
      ))}
      {profile.notes.map((note) => (
        <span key={note} className="quiet">
          {note}
        </span>
      ))}
      <span className="tab-keys quiet">
        {reference !== null && <PairKeys current={current} reference={reference} />}
        {measuring.state !== 'works' && <Link label="Profile Again" onAct={() => measuring.start(true)} />}
      </span>
    </div>
  );
}

function Columns({ profile, reference }: { profile: Pick<Profile, 'columns' | 'rows'>; reference: Profile | null }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const known = useMemo(
    () =>
      reference === null
        ? undefined
        : { columns: new Map(reference.columns.map((each) => [each.name, each])), rows: reference.rows },
    [reference],
  );
  const found = profile.columns.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  const shown = found.slice(0, mostShown);
  return (
    <>
      {profile.columns.length > manyColumns && (
        <div className="tab-bar">
          <SearchField label="Find a column" onSearch={setText} />
          <span className="quiet">
            {found.length > shown.length ? `${shown.length} of ${found.length} columns` : ''}
          </span>
        </div>
      )}
      <ProfileTable
        columns={shown}
        rows={profile.rows}
        reference={known}
        chosen={Math.min(chosen, Math.max(0, shown.length - 1))}
        onChoose={setChosen}
      />
    </>
  );
}

/** What is there of a profile that is being made. */
function partOf(
  columns: Profile['columns'] | undefined,
  rows: number | null,
): Pick<Profile, 'columns' | 'rows'> | undefined {
  return columns === undefined || columns.length === 0 || rows === null ? undefined : { columns, rows };
}
