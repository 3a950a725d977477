// Work that goes on in the host, whether the page is looked at or not: how far it is, asked again and again while it goes on.
import { useEffect, useState } from 'react';
import type { Host } from '../kit/host/host';
import { useLive } from '../kit/host/live';

const lookEvery = 250;

/** What the host says, null until it said something; `look` asks at once. */
export interface Followed<State> {
  state: State | null;
  error: Error | undefined;
  look: () => void;
}

/** `name` is that of the question; `isGoing` says of an answer whether another will follow by itself. */
export function useFollowed<State>(
  name: string,
  load: (host: Host, signal: AbortSignal) => Promise<State>,
  isGoing: (state: State) => boolean,
): Followed<State> {
  const [round, setRound] = useState(0);
  const live = useLive<State>({ key: `${name} ${round}`, rest: 0, load });
  const going = live.value !== undefined && isGoing(live.value);
  const { isCurrent } = live;
  useEffect(() => {
    if (!going || !isCurrent) return;
    const timer = setTimeout(() => setRound((old) => old + 1), lookEvery);
    return () => clearTimeout(timer);
  }, [going, isCurrent]);
  return { state: live.value ?? null, error: live.error, look: () => setRound((old) => old + 1) };
}
