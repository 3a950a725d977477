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
import type { ModelPanelBoot } from '../../src/protocol/inference/model-panel';
import { showPage } from '../kit/host/page';
import { ModelPanel } from './model-panel';

showPage<ModelPanelBoot>((boot) => <ModelPanel boot={boot} />);
