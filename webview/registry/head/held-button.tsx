// A button that cannot act as things are, and says why to everybody: it stays in reach of Tab.
import { useId } from 'react';
import { Button } from '../../kit/controls';
import { Icon } from '../../kit/icon';

interface HeldButtonProps {
  label: string;
  /** Why it cannot act; '' where it can. */
  reason: string;
  primary?: boolean;
  onAct: () => void;
}

/** The button itself where nothing stands in the way. */
export function HeldButton({ label, reason, primary = false, onAct }: HeldButtonProps) {
  const id = useId();
  if (reason === '') return <Button label={label} primary={primary} onAct={onAct} />;
  return (
    <>
      <button type="button" className="button held" aria-disabled="true" aria-describedby={id} title={reason}>
        <Icon name="lock" />
        {label}
      </button>
      <span id={id} className="unseen">
        {reason}
      </span>
    </>
  );
}
