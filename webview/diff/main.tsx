// Entry point of the page of two tables.
import '../kit/theme.css';
import '../kit/controls.css';
import '../kit/frame.css';
import '../kit/rows.css';
import './diff.css';
import type { DiffSides } from '../../src/protocol/datasets/table/diff-panel';
import { showPage } from '../kit/host/page';
import { DiffPanel } from './diff-panel';

showPage<DiffSides>((boot) => <DiffPanel boot={boot} />);
