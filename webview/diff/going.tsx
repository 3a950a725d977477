// How far the comparison is: nothing for 200 ms, then what is being done and the means to stop it; and what is said when it ended.
import { Button } from '../kit/controls';
import { Icon } from '../kit/icon';
import { useLater } from '../kit/now';
import type { Compared } from './compared';
import type { Change } from './diff-panel';

/** `isKeyed`: rows are told apart by a key, which may be what is wrong. */
export function Going({ compared, change, isKeyed }: { compared: Compared; change: Change; isKeyed: boolean }) {
  const { state, error, again } = compared;
  if (state === 'works') return <Works compared={compared} />;
  if (state === 'rests') return null;
  const isKeyWrong = isKeyed && /key/.test(error?.message ?? '');
  const onWhole = isKeyWrong ? () => change({ key: [], column: null, offset: 0, which: null }) : undefined;
  return <Stopped error={error} onAgain={again} onWhole={onWhole} />;
}

function Works({ compared: { progress, cancel, found } }: { compared: Compared }) {
  if (!useLater(200)) return null;
  const { what = 'Comparing', done = 0, total = 0 } = progress ?? {};
  return (
    <div className="work">
      <span role="status">
        <strong>{what}</strong> {found !== undefined && <span className="quiet">What stands below is of before.</span>}
      </span>
      <progress aria-label={what} {...(total > 0 ? { value: done, max: total } : {})} />
      <Button label="Cancel" onAct={cancel} />
    </div>
  );
}

/** What stands in place of a comparison that was stopped or failed, with what helps. */
function Stopped({
  error,
  onAgain,
  onWhole,
}: {
  error: Error | undefined;
  onAgain: () => void;
  onWhole: (() => void) | undefined;
}) {
  return (
    <div className="message" role="alert">
      <Icon name={error === undefined ? 'killed' : 'failed'} tone={error === undefined ? 'quiet' : 'worse'} />
      <h2>{error === undefined ? 'The comparison was cancelled' : 'These tables cannot be compared'}</h2>
      <p>{error === undefined ? 'Nothing was changed.' : error.message}</p>
      <div className="acts">
        <Button label="Try Again" onAct={onAgain} />
        {onWhole !== undefined && <Button label="Compare Whole Rows" onAct={onWhole} />}
      </div>
    </div>
  );
}
