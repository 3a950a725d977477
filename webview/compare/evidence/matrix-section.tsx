// Which errors? What each model predicted for each class that was true, and what changed.
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import type { ClassEvidence } from '../../../src/protocol/comparison/evidence/prediction-evidence';
import { Segments } from '../../kit/controls';
import { Section } from '../../kit/section';
import { SideName, type Sides } from '../head/side-name';
import { type ChangeEvidence, judgedRunsText } from './evidence-source';
import { nameOf, type ShownMatrices, shownMatrices } from './matrices';
import { ThresholdTool } from './threshold-tool';

interface MatrixSectionProps {
  evidence: ClassEvidence;
  sides: Sides;
  state: EvidenceState;
  change: ChangeEvidence;
}

const views = [
  { value: 'counts', label: 'Counts' },
  { value: 'shares', label: 'Shares' },
] as const;

/** Nothing at all where no labels are known. */
export function MatrixSection({ evidence, sides, state, change }: MatrixSectionProps) {
  const shown = shownMatrices(evidence, state.threshold);
  if (shown === null) return null;
  const { isShares } = state;
  const note = [`Predicted labels: ${shown.from}.`, judgedRunsText(sides)].filter(Boolean).join(' ');
  return (
    <Section
      title="Which errors?"
      answer={answerOf(shown, evidence)}
      acts={
        <Segments
          label="Cells show"
          options={views}
          value={isShares ? 'shares' : 'counts'}
          onChoose={(view) => change({ isShares: view === 'shares' })}
        />
      }
    >
      {evidence.thresholds !== null && (
        <ThresholdTool thresholds={evidence.thresholds.thresholds} threshold={state.threshold} change={change} />
      )}
      <Matrices shown={shown} sides={sides} isShares={isShares} />
      <p className="note below">
        {note} {isShares ? 'Shares are of the rows of each true class. ' : ''}Rows: true class. Columns: predicted
        class.
      </p>
    </Section>
  );
}

function Matrices({ shown, sides, isShares }: { shown: ShownMatrices; sides: Sides; isShares: boolean }) {
  const { classes } = shown;
  const difference = shown.candidate.map((count, cell) => count - (shown.baseline[cell] ?? 0));
  return (
    <div className={classes.length > 4 ? 'matrices many' : 'matrices'}>
      <Matrix
        classes={classes}
        isLastPooled={shown.isLastPooled}
        cells={shown.baseline}
        isShares={isShares}
        name={sides.baseline.name}
      >
        <SideName side={sides.baseline} marks={sides.marks} />
      </Matrix>
      <Matrix
        classes={classes}
        isLastPooled={shown.isLastPooled}
        cells={shown.candidate}
        isShares={isShares}
        name={sides.candidate.name}
      >
        <SideName side={sides.candidate} marks={sides.marks} />
      </Matrix>
      <Matrix
        classes={classes}
        isLastPooled={shown.isLastPooled}
        cells={difference}
        isShares={false}
        name="Difference"
        isDifference
      >
        Difference in rows
      </Matrix>
    </div>
  );
}

interface MatrixProps {
  classes: readonly string[];
  isLastPooled: boolean;
  cells: readonly number[];
  isShares: boolean;
  name: string;
  isDifference?: boolean;
  children: React.ReactNode;
}

function Matrix({ classes, cells, isLastPooled, isShares, name, isDifference = false, children }: MatrixProps) {
  const size = classes.length;
  const totals = classes.map((_, row) =>
    cells.slice(row * size, (row + 1) * size).reduce((sum, each) => sum + each, 0),
  );
  return (
    <table className="matrix" aria-label={`${name}: predicted class for each true class`}>
      <caption>{children}</caption>
      <thead>
        <tr>
          <th scope="col">true</th>
          {classes.map((label) => (
            <th key={label} scope="col" className="number" title={nameOf(label)}>
              <span className="cut">{nameOf(label)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((label, row) => (
          <tr key={label}>
            <th scope="row" title={nameOf(label)}>
              <span className="cut">{nameOf(label)}</span>
            </th>
            {classes.map((predicted, column) => (
              <Cell
                key={predicted}
                count={cells[row * size + column] ?? 0}
                total={totals[row] ?? 0}
                isShares={isShares}
                isDifference={isDifference}
                isRight={row === column && !(isLastPooled && row === size - 1)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell(props: { count: number; total: number; isShares: boolean; isDifference: boolean; isRight: boolean }) {
  const { count, total, isShares, isDifference, isRight } = props;
  const share = total === 0 ? 0 : count / total;
  const words = isDifference ? signedCount(count) : isShares ? shareText(share, total) : amount(count);
  const other = isShares ? `${amount(count)} ${count === 1 ? 'row' : 'rows'}` : shareText(share, total);
  return (
    <td className={isRight ? 'number right' : 'number'} title={isDifference ? undefined : other}>
      {words}
      {!isDifference && <span className="matrix-bar" style={{ width: `${share * 100}%` }} />}
    </td>
  );
}

function shareText(share: number, total: number): string {
  return total === 0 ? '–' : `${(share * 100).toFixed(1)} %`;
}

/** Means over repeats are no whole numbers. */
function amount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

function signedCount(count: number): string {
  const text = amount(Math.abs(count));
  return count > 0 ? `+${text}` : count < 0 ? `−${text}` : '0';
}

/** Of two classes both kinds of error, else how many there are and where they changed most. */
function answerOf({ classes, baseline, candidate, errors }: ShownMatrices, { positive }: ClassEvidence): string {
  const size = classes.length;
  if (size === 2 && classes[1] === positive) {
    const both = (cell: number): string => `${amount(baseline[cell] ?? 0)} → ${amount(candidate[cell] ?? 0)}`;
    return `false negatives ${both(2)}, false positives ${both(1)}`;
  }
  const { baseline: before, candidate: after } = errors;
  const changes = candidate.map((count, cell) => (cell % (size + 1) === 0 ? 0 : count - (baseline[cell] ?? 0)));
  const most = changes.reduce((best, each, cell) => (Math.abs(each) > Math.abs(changes[best] ?? 0) ? cell : best), 0);
  const moved = changes[most] ?? 0;
  const where = `${nameOf(classes[Math.floor(most / size)] ?? '')} predicted as ${nameOf(classes[most % size] ?? '')}`;
  return `${amount(before)} ${before === 1 ? 'error' : 'errors'} → ${amount(after)}${moved === 0 ? '' : `; most changed: ${where}, ${signedCount(moved)}`}`;
}
