// Parts of the page that run the model: in trusted folders only.
import type { ReactNode } from 'react';
import { Button } from '../kit/controls';
import { useHost } from '../kit/host/host-context';
import { useLive } from '../kit/host/live';
import { Icon } from '../kit/icon';
import { askTry } from './try/ask-try';

/** Its children once it is known that the folder is trusted, else why not and what to do. */
export function Trusted({ children }: { children: ReactNode }) {
  const host = useHost();
  const { value, error } = useLive<boolean>({
    key: 'trust',
    rest: 300,
    load: (from, signal) => askTry(from, 'trust', {}, signal),
  });
  if (error !== undefined) return <p className="message worse">{error.message}</p>;
  if (value === undefined) return null;
  if (value) return children;
  return (
    <div className="message" role="alert">
      <Icon name="caution" tone="caution" />
      <h2>This folder is in Restricted Mode</h2>
      <p>A model is a program: it is run only in folders that you trust. What its file says is under Model.</p>
      <div className="acts">
        <Button label="Manage Workspace Trust" primary onAct={() => void host.command('trust.manage', null)} />
      </div>
    </div>
  );
}
