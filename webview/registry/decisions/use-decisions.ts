// Decisions asked of the host, one at a time; what became of the last one is told where it was asked for.
import { useEffect, useRef, useState } from 'react';
import type { DecisionAnswer } from '../../../src/protocol/models/registry/model-version';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { useSteady } from '../../kit/steady';

/** Where on the page it is asked for and told. */
export type DecisionPlace = 'opening' | 'gate' | 'approvals';

/** What became of it: the engine's answer, or why there is none. */
export type DecisionEnd = { place: DecisionPlace } & ({ answer: DecisionAnswer } | { error: Error });

export interface Decisions {
  /** Where one is being made. */
  going: DecisionPlace | null;
  end: DecisionEnd | null;
  /** `act` answers null where the user turned away. */
  decide: (place: DecisionPlace, act: (host: Host) => Promise<DecisionAnswer | null>) => void;
}

/** Why nothing else can be decided while one decision is being made. */
export const anotherGoes = 'Another decision is being made.';

/** `about` is the version; what was told of another one goes. */
export function useDecisions(about: string): Decisions {
  const host = useHost();
  const [going, setGoing] = useState<DecisionPlace | null>(null);
  const [end, setEnd] = useState<DecisionEnd | null>(null);
  const shown = useRef(about);
  useEffect(() => {
    shown.current = about;
    return () => {
      setEnd(null);
      setGoing(null);
    };
  }, [about]);
  const decide: Decisions['decide'] = useSteady((place, act) => {
    const told = (made: DecisionEnd | null): void => {
      if (shown.current !== about) return;
      setGoing(null);
      setEnd(made);
    };
    setGoing(place);
    act(host).then(
      (answer) => told(answer === null ? null : { place, answer }),
      (error: Error) => told({ place, error }),
    );
  });
  return { going, end, decide };
}
