// Entry point of the compare panel's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/figure/charts.css';
import './compare.css';
import './head/ranking.css';
import './evidence/evidence.css';
import './relations/relations.css';
import { createRoot } from 'react-dom/client';
import type { ComparePanelBoot } from '../../src/protocol/comparison/compare-panel';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { ComparePanel } from './compare-panel';

const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as ComparePanelBoot;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost({})}>
      <ComparePanel boot={boot} />
    </HostContext>,
  );
}
