// Entry point of the run panel's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import '../kit/figure/charts.css';
import './run.css';
import './children/children.css';
import './head/head.css';
import './files/files.css';
import './metrics/metrics.css';
import './output/output.css';
import './traces/traces.css';
import './words/words.css';
import type { RunPanelBoot } from '../../src/protocol/panel';
import { showPage } from '../kit/host/page';
import { RunPanel } from './run-panel';

showPage<RunPanelBoot>((boot) => <RunPanel boot={boot} />);
