// Entry point of the runs table's page.
import '../kit/theme.css';
import '../kit/controls.css';
import './table.css';
import './grid/grid.css';
import { createRoot } from 'react-dom/client';
import type { TablePanelBoot } from '../../src/protocol/runs/table-panel';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { TablePanel } from './table-panel';

performance.mark('script');
const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as TablePanelBoot;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost({})}>
      <TablePanel boot={boot} />
    </HostContext>,
  );
}
