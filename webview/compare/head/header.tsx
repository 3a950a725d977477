// The head: what is compared with what, on which rows, and what can be done with it.
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { CandidateComparison, ComparedSide, Comparison } from '../../../src/protocol/comparison/comparison';
import { comparisonHtml } from '../../../src/protocol/comparison/report/comparison-html';
import { countText } from '../../../src/protocol/wording';
import { IconButton } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import type { Marks } from './agreed-marks';
import { SideName } from './side-name';

interface HeaderProps {
  comparison: Comparison;
  chosen: CandidateComparison | undefined;
  marks: Marks;
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
  /** What was just done; it stands in place of the facts. */
  notice: string;
  tell: (words: string) => void;
}

/** Stays at the top while the rest scrolls. */
export function Header(props: HeaderProps) {
  const { comparison, chosen, marks, notice } = props;
  return (
    <header className="head">
      <div className="head-title">
        <Icon name="compare" />
        <SideLink side={comparison.baseline} marks={marks} />
        {chosen !== undefined && (
          <>
            <span className="quiet">→</span>
            <SideLink side={chosen.candidate} marks={marks} />
          </>
        )}
      </div>
      <div className="head-facts cut">
        {notice === '' && chosen !== undefined && <span>{rowsText(chosen)}</span>}
        <span role="status">{notice}</span>
      </div>
      <Acts {...props} />
    </header>
  );
}

function SideLink({ side, marks }: { side: ComparedSide; marks: Marks }) {
  const host = useHost();
  const [first] = side.runs;
  if (first === undefined) return <SideName side={side} marks={marks} />;
  return (
    <button
      type="button"
      className="side-link"
      title={`Open ${first.name}`}
      onClick={() => void host.command('compare.openRun', { runId: first.runId })}
    >
      <SideName side={side} marks={marks} />
    </button>
  );
}

function Acts({ comparison, chosen, state, change, tell }: HeaderProps) {
  const host = useHost();
  const name = `${comparison.baseline.name}-${chosen?.candidate.name ?? ''}`;
  const add = async (): Promise<void> => {
    const runIds = await host.command('compare.add', null);
    if (runIds.length > 0) change({ runIds: [...state.runIds, ...runIds] });
  };
  const said = (error: Error): void => tell(error.message);
  return (
    <div className="head-acts">
      <IconButton label="Swap Baseline" onAct={() => change(swapped(comparison, chosen, state))}>
        <Icon name="swap" />
      </IconButton>
      <IconButton
        label="Save as HTML…"
        onAct={() => void host.command('compare.save', { name, html: comparisonHtml(comparison) }).catch(said)}
      >
        <Icon name="save" />
      </IconButton>
      <IconButton label="Add Runs…" onAct={() => void add().catch(said)}>
        <Icon name="plus" />
      </IconButton>
    </div>
  );
}

/** The candidate in sight becomes the baseline: its runs stand first. */
function swapped(
  { baseline }: Comparison,
  chosen: CandidateComparison | undefined,
  { runIds }: ComparePanelState,
): Partial<ComparePanelState> {
  const first = (chosen?.candidate.runs ?? []).map(({ runId }) => runId);
  const second = baseline.runs.map(({ runId }) => runId);
  const others = runIds.filter((runId) => !first.includes(runId) && !second.includes(runId));
  return { runIds: [...first, ...second, ...others], candidate: 0 };
}

function rowsText({ predictions, candidate }: CandidateComparison): string {
  if (predictions !== null && predictions.rows.judged > 0) {
    const { judged, unit, units } = predictions.rows;
    const grouped = unit === null ? '' : `, ${countText(units, 'value')} of ${unit}`;
    return `Judged on ${countText(judged, 'row')}${grouped}`;
  }
  return candidate.runs.length > 1 ? `${candidate.runs.length} repeats` : 'By the metrics they logged';
}
