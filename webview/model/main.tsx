// Entry point of a model's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './model.css';
import './graph/graph.css';
import './try/try.css';
import './explain/explain.css';
import './golden/golden.css';
import './table/table.css';
import './fairness/fairness.css';
import './benchmark/benchmark.css';
import { createRoot } from 'react-dom/client';
import type { ModelPanelBoot } from '../../src/protocol/inference/model-panel';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { ModelPanel } from './model-panel';

const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as ModelPanelBoot;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost({})}>
      <ModelPanel boot={boot} />
    </HostContext>,
  );
}
