// Entry point of the grid's page.
import '../kit/theme.css';
import '../kit/controls.css';
import './grid.css';
import { createRoot } from 'react-dom/client';
import type { GridPanelBoot } from '../../src/protocol/datasets/table/grid-panel';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { GridPanel } from './grid-panel';

const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as GridPanelBoot;
  createRoot(element).render(
    <HostContext value={createHost({})}>
      <GridPanel boot={boot} />
    </HostContext>,
  );
}
