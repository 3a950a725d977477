// Entry point of the compare panel's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/figure/charts.css';
import './compare.css';
import './head/ranking.css';
import './evidence/evidence.css';
import './relations/relations.css';
import type { ComparePanelBoot } from '../../src/protocol/comparison/compare-panel';
import { showPage } from '../kit/host/page';
import { ComparePanel } from './compare-panel';

showPage<ComparePanelBoot>((boot) => <ComparePanel boot={boot} />);
