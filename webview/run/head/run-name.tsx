// The run's name, changed where it stands, and its star.
import { useEffect, useState } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { IconButton } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useSteady } from '../../kit/steady';
import { InlineField } from '../changes/inline-field';
import { useRunChanges } from '../changes/run-changes';

/** A click on the name or F2 begins to rename; a run in the trash keeps its name and star. */
export function RunName({ run }: { run: RunDetail }) {
  const { change } = useRunChanges();
  const [isEditing, setEditing] = useState(false);
  const isKept = run.deletedTime === null;
  useRenameKey(() => setEditing(isKept));
  if (!isKept) return <strong className="cut">{run.name}</strong>;
  if (isEditing) {
    return (
      <InlineField
        label="Name of the run"
        value={run.name}
        onDone={(text) => {
          setEditing(false);
          const name = text?.trim();
          if (name !== undefined && name !== '' && name !== run.name) change({ name }, 'Renamed.');
        }}
      />
    );
  }
  return (
    <>
      <button
        type="button"
        className="run-name cut"
        title={`${run.name} (F2 renames)`}
        onClick={() => setEditing(true)}
      >
        {run.name}
      </button>
      <IconButton label={run.starred ? 'Unstar' : 'Star'} onAct={() => change({ starred: !run.starred }, '')}>
        {run.starred ? <Icon name="starred" tone="caution" /> : <Icon name="star" />}
      </IconButton>
    </>
  );
}

/** F2, wherever the focus is in the panel. */
function useRenameKey(rename: () => void): void {
  const steady = useSteady(rename);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'F2') steady();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [steady]);
}
