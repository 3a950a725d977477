// What did they write? The files of both side by side, those of several steps with a slider.
import type { EvidenceState } from '../../../../src/protocol/comparison/evidence/evidence-state';
import type { FileItem, FileItems } from '../../../../src/protocol/comparison/evidence/file-item';
import { bytesText, countText } from '../../../../src/protocol/wording';
import { useLive } from '../../../kit/host/live';
import { Icon } from '../../../kit/icon';
import { Fold, Section } from '../../../kit/section';
import { SideName, type Sides } from '../../head/side-name';
import { type ChangeEvidence, firstRuns, firstRunsText } from '../evidence-source';
import { FileView } from './file-view';

const shownAtFirst = 8;

/** Nothing at all where neither has files. */
export function FilesSection(props: { sides: Sides; state: EvidenceState; change: ChangeEvidence }) {
  const { sides, state } = props;
  const runIds = firstRuns(sides);
  const { value: listed, error } = useLive<FileItems>({
    key: runIds === null ? '' : JSON.stringify(runIds),
    rest: 10_000,
    load: async (host, signal) =>
      runIds === null ? { items: [], leftOut: 0 } : host.query('comparison.files', { runIds }, signal),
  });
  if (listed === undefined && error !== undefined) {
    return (
      <Section title="What did they write?" answer="not known">
        <p className="note">{error.message}</p>
      </Section>
    );
  }
  if (listed === undefined || runIds === null || listed.items.length === 0) return null;
  const { items, leftOut } = listed;
  const open = state.file ?? items.find((item) => item.kind === 'image' && isBoth(item))?.name ?? '';
  const rows = { ...props, runIds, open };
  const rest = items.slice(shownAtFirst);
  const note = [leftOut > 0 ? 'There are more files than are listed here.' : '', firstRunsText(sides)].filter(Boolean);
  return (
    <Section title="What did they write?" answer={answerOf(items, sides)}>
      <FileTable items={items.slice(0, shownAtFirst)} {...rows} />
      {rest.length > 0 && (
        <Fold name="files" label={countText(rest.length, 'more file')}>
          <FileTable items={rest} {...rows} />
        </Fold>
      )}
      {note.length > 0 && <p className="note below">{note.join(' ')}</p>}
    </Section>
  );
}

interface FileTableProps {
  items: readonly FileItem[];
  sides: Sides;
  runIds: [string, string];
  open: string;
  state: EvidenceState;
  change: ChangeEvidence;
}

function FileTable({ items, open, ...props }: FileTableProps) {
  const { sides } = props;
  return (
    <table className="figures files">
      <thead>
        <tr>
          <th>File</th>
          <th className="number">
            <SideName side={sides.baseline} marks={sides.marks} />
          </th>
          <th className="number">
            <SideName side={sides.candidate} marks={sides.marks} />
          </th>
        </tr>
      </thead>
      {items.map((item) => (
        <FileBody key={item.name} item={item} isOpen={item.name === open} {...props} />
      ))}
    </table>
  );
}

function FileBody(props: Omit<FileTableProps, 'items' | 'open'> & { item: FileItem; isOpen: boolean }) {
  const { item, isOpen, sides, runIds, state, change } = props;
  return (
    <tbody>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="file-name"
            aria-expanded={isOpen}
            title={item.name}
            onClick={() => change({ file: isOpen ? '' : item.name })}
          >
            <Icon name={isOpen ? 'down' : 'right'} />
            <span className="cut">{item.name}</span>
          </button>
        </th>
        <td className="number">{sideText(item, 'baseline')}</td>
        <td className="number">{sideText(item, 'candidate')}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={3} className="file-content">
            <FileView item={item} sides={sides} runIds={runIds} state={state} change={change} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function sideText({ steps }: FileItem, side: 'baseline' | 'candidate'): string {
  const own = steps.flatMap((step) => step[side] ?? []);
  const [first, second] = own;
  if (first === undefined) return '–';
  return second === undefined && steps.length === 1 ? bytesText(first.size) : countText(own.length, 'step');
}

function isBoth({ steps }: FileItem): boolean {
  return steps.some(({ baseline, candidate }) => baseline !== null && candidate !== null);
}

function answerOf(items: readonly FileItem[], { baseline, candidate }: Sides): string {
  const both = items.filter(isBoth).length;
  const only = (side: 'baseline' | 'candidate'): number =>
    items.filter((item) => !isBoth(item) && item.steps.some((step) => step[side] !== null)).length;
  const told = [
    { count: only('baseline'), name: baseline.name },
    { count: only('candidate'), name: candidate.name },
  ].filter(({ count }) => count > 0);
  return [`${both} in both`, ...told.map(({ count, name }) => `${count} only in ${name}`)].join(', ');
}
