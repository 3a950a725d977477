// Entry point of the grid's page.
import '../kit/theme.css';
import '../kit/controls.css';
import './grid.css';
import type { GridPanelBoot } from '../../src/protocol/datasets/table/grid-panel';
import { showPage } from '../kit/host/page';
import { GridPanel } from './grid-panel';

showPage<GridPanelBoot>((boot) => <GridPanel boot={boot} />);
