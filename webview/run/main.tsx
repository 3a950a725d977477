// Entry point of the run panel's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/figure/charts.css';
import './run.css';
import './head/head.css';
import './files/files.css';
import './metrics/metrics.css';
import './output/output.css';
import './traces/traces.css';
import './words/words.css';
import { createRoot } from 'react-dom/client';
import type { RunPanelBoot } from '../../src/protocol/panel';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { RunPanel } from './run-panel';

performance.mark('script');
const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as RunPanelBoot;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost(boot.answers)}>
      <RunPanel boot={boot} />
    </HostContext>,
  );
}
