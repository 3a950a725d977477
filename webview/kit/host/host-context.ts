// The host of this page, for every component below the panel's root.
import { createContext, useContext } from 'react';
import type { Host } from './host';

/** Given once, at the root of a panel. */
export const HostContext = createContext<Host | null>(null);

/** The host of this page. Throws outside a HostContext, which is a mistake in the panel. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('A panel component was used without its host.');
  return host;
}
