// Above a run that was thrown away.
import { timeText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { Icon } from '../../kit/icon';

/** Nothing of it is lost yet. */
export function TrashBanner({ since, onRestore }: { since: number; onRestore: () => void }) {
  return (
    <div className="banner quiet-banner" role="status">
      <Icon name="trash" tone="quiet" />
      <span>In the trash since {timeText(since, Date.now())}. It can be read, not changed.</span>
      <span className="acts">
        <Link label="Restore" onAct={onRestore} />
      </span>
    </div>
  );
}
