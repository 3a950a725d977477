// Entry point of the runs table's page.
import '../kit/theme.css';
import '../kit/controls.css';
import './table.css';
import './grid/grid.css';
import type { TablePanelBoot } from '../../src/protocol/runs/table-panel';
import { showPage } from '../kit/host/page';
import { TablePanel } from './table-panel';

showPage<TablePanelBoot>((boot) => <TablePanel boot={boot} />);
