// Entry point of the dataset panel's page.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './dataset.css';
import './drift/drift.css';
import './profile/profile.css';
import './lineage/lineage.css';
import type { DatasetPanelBoot } from '../../src/protocol/datasets/panel/panel-state';
import { showPage } from '../kit/host/page';
import { DatasetPanel } from './dataset-panel';

showPage<DatasetPanelBoot>((boot) => <DatasetPanel boot={boot} />);
