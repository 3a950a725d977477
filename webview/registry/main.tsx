// Entry point of the page of a registered model.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './registry.css';
import './gate/gate.css';
import { createRoot } from 'react-dom/client';
import type { RegistryPanelBoot } from '../../src/protocol/models/registry/panel/panel-state';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { RegistryPanel } from './registry-panel';

const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as RegistryPanelBoot;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost(boot.answers ?? {})}>
      <RegistryPanel boot={boot} />
    </HostContext>,
  );
}
