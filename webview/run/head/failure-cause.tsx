// Why a recorded run failed, in its own words, where the eye falls first.
import { useState } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { type LastError, lastError } from './last-error';

/** Bytes of the output's end that are looked through. */
const tail = 32_000;

/** The error, and the way to the line that raised it; nothing for a run that did not fail or said nothing. */
export function FailureCause({ run }: { run: RunDetail }) {
  const host = useHost();
  const [refusal, setRefusal] = useState('');
  const { runId, state, recorded } = run;
  const { value } = useLive<LastError | null>({
    key: recorded && state === 'failed' ? runId : '',
    rest: 1000,
    load: async (from, signal) =>
      lastError((await from.query('output.read', { runId, from: null, bytes: tail }, signal)).text),
  });
  if (state !== 'failed' || !value) return null;
  const { text, place } = value;
  const open = (): void => {
    if (place !== null) host.command('source.open', place).catch((error: Error) => setRefusal(error.message));
  };
  return (
    <p className="cause">
      <code>{text}</code>
      {place !== null && <Link label={`Open ${baseName(place.path)}:${place.line}`} onAct={open} />}
      {refusal !== '' && <span role="alert">{refusal}</span>}
    </p>
  );
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
