// How the engine behind this page is.
import { useEffect, useState } from 'react';
import type { PanelEngine } from '../../../src/protocol/panel';
import { useHost } from './host-context';

/** As the host last told; `first` until then. */
export function useEngine(first: PanelEngine): PanelEngine {
  const host = useHost();
  const [engine, setEngine] = useState(first);
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'engine') setEngine(event);
      }),
    [host],
  );
  return engine;
}
