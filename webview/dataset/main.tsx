// Entry point of the dataset panel's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './dataset.css';
import './drift/drift.css';
import './profile/profile.css';
import './lineage/lineage.css';
import { createRoot } from 'react-dom/client';
import type { DatasetPanelBoot } from '../../src/protocol/datasets/panel/panel-state';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { DatasetPanel } from './dataset-panel';

const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as DatasetPanelBoot;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost(boot.answers ?? {})}>
      <DatasetPanel boot={boot} />
    </HostContext>,
  );
}
