// Entry point of the run panel's page.
import '../kit/theme.css';
import './run.css';
import './charts/charts.css';
import './head/head.css';
import './files/files.css';
import './metrics/metrics.css';
import './output/output.css';
import './words/words.css';
import { createRoot } from 'react-dom/client';
import type { RunPanelBoot } from '../../src/protocol/panel';
import { registerControls } from '../kit/controls';
import { createHost } from '../kit/host';
import { HostContext } from '../kit/live';
import { RunPanel } from './run-panel';

registerControls();
const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as RunPanelBoot;
  createRoot(element).render(
    <HostContext value={createHost(boot.answers)}>
      <RunPanel boot={boot} />
    </HostContext>,
  );
}
