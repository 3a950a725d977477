// A run that takes its time, and one that failed.
import { useEffect, useState } from 'react';
import { Button } from '../../../kit/controls';
import { Icon } from '../../../kit/icon';
import type { Predicting } from './predicting';

/** A model gets as long as this from when its process begins with it, as the pool's own deadline says. */
const deadlineSeconds = 30;

/** Nothing while all is well and quick. */
export function Waiting({ predicting: { since, error, cancel } }: { predicting: Predicting }) {
  const seconds = useSeconds(since);
  if (since !== null && seconds >= 1) {
    return (
      <div className="banner" role="status">
        <Icon name="running" tone="live" />
        <span>
          {seconds <= deadlineSeconds
            ? `Running for ${seconds} s; its process is ended after ${deadlineSeconds} s.`
            : `Waiting for ${seconds} s; a run is ended after ${deadlineSeconds} s of its own.`}
        </span>
        <span className="acts">
          <Button label="Cancel" onAct={cancel} />
        </span>
      </div>
    );
  }
  if (error === null || since !== null) return null;
  return (
    <section className="opening" aria-label="Prediction" role="alert">
      <Icon name="failed" tone="worse" />
      <h1>Nothing was predicted</h1>
      <p>{error.message}</p>
    </section>
  );
}

function useSeconds(since: number | null): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (since === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [since]);
  return since === null ? 0 : Math.max(0, Math.floor((now - since) / 1000));
}
