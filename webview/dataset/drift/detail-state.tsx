// How far the evidence of one column is: what is being read, and the means to stop it.
import { Button } from '../../kit/controls';
import { useLater } from '../../kit/now';

interface DetailStateProps {
  column: string;
  isCancelled: boolean;
  onCancel: () => void;
  onStart: () => void;
}

/** Where the figures of the column will stand; nothing for 200 ms. */
export function DetailState({ column, isCancelled, onCancel, onStart }: DetailStateProps) {
  const isLater = useLater(200);
  if (isCancelled) {
    return (
      <div className="work detail">
        <span>Reading {column} was cancelled.</span>
        <Button label="Start Again" onAct={onStart} />
      </div>
    );
  }
  return (
    <div className="work detail">
      {isLater && (
        <>
          <span role="status">
            <strong>Reading {column}</strong> <span className="quiet">on both sides</span>
          </span>
          <progress aria-label={`Reading ${column}`} />
          <Button label="Cancel" onAct={onCancel} />
        </>
      )}
    </div>
  );
}
