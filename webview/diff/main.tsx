// Entry point of the page of two tables.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './diff.css';
import { createRoot } from 'react-dom/client';
import type { DiffSides } from '../../src/protocol/datasets/table/diff-panel';
import { createHost } from '../kit/host/host';
import { HostContext } from '../kit/host/host-context';
import { keepFocus } from '../kit/kept/kept-focus';
import { DiffPanel } from './diff-panel';

const element = document.getElementById('root');
if (element !== null) {
  const boot = JSON.parse(element.dataset.boot ?? '{}') as DiffSides;
  keepFocus();
  createRoot(element).render(
    <HostContext value={createHost({})}>
      <DiffPanel boot={boot} />
    </HostContext>,
  );
}
