// The page of a panel: what every one of them begins with.
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepFocus } from '../kept/kept-focus';
import { keepStill } from '../kept/still';
import { createHost } from './host';
import { HostContext } from './host-context';

/** Draws the panel that `draw` makes of what reached the page with its text. Call once. */
export function showPage<Boot extends object>(draw: (boot: Boot) => ReactNode): void {
  performance.mark('script');
  const root = document.getElementById('root');
  if (root === null) return;
  const boot = JSON.parse(root.dataset.boot ?? '{}') as Boot & { answers?: Record<string, unknown> };
  const host = createHost(boot.answers ?? {});
  keepFocus();
  keepStill(root, (still) => host.keep(still));
  createRoot(root).render(<HostContext value={host}>{draw(boot)}</HostContext>);
}
