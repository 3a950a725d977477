// Entry point of the page of a registered model.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './registry.css';
import './gate/gate.css';
import type { RegistryPanelBoot } from '../../src/protocol/models/registry/panel/panel-state';
import { showPage } from '../kit/host/page';
import { RegistryPanel } from './registry-panel';

showPage<RegistryPanelBoot>((boot) => <RegistryPanel boot={boot} />);
