// A button that cannot act as things are, and says why to everybody: it stays in reach of Tab.
import { useId } from 'react';
import { Button, Link } from '../../kit/controls';
import { Icon } from '../../kit/icon';

interface HeldButtonProps {
  label: string;
  /** Why it cannot act; '' where it can. */
  reason: string;
  primary?: boolean;
  /** A link stands among links at the head of a section. */
  look?: 'button' | 'link';
  onAct: () => void;
}

/** The button itself where nothing stands in the way. */
export function HeldButton({ label, reason, primary = false, look = 'button', onAct }: HeldButtonProps) {
  const id = useId();
  if (reason === '' && look === 'link') return <Link label={label} onAct={onAct} />;
  if (reason === '') return <Button label={label} primary={primary} onAct={onAct} />;
  return (
    <>
      <button type="button" className={`${look} held`} aria-disabled="true" aria-describedby={id} title={reason}>
        {look === 'button' && <Icon name="lock" />}
        {label}
      </button>
      <span id={id} className="unseen">
        {reason}
      </span>
    </>
  );
}
