// How sure are they? Whether scores put the positive rows first, and whether they are chances.
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import type {
  ClassEvidence,
  OfBoth,
  ReliabilityBin,
  ScoreEvidence,
} from '../../../src/protocol/comparison/evidence/prediction-evidence';
import { countText, numberText } from '../../../src/protocol/wording';
import { Segments } from '../../kit/controls';
import { Section } from '../../kit/section';
import { markOf, type Sides } from '../head/side-name';
import { type ChangeEvidence, firstRuns } from './evidence-source';
import { nameOf } from './matrices';
import type { PlotContent, PlotSide } from './plot/plot';
import { PlotFigure, type PlotTable } from './plot/plot-figure';

interface ScoresSectionProps {
  evidence: ClassEvidence;
  sides: Sides;
  state: EvidenceState;
  change: ChangeEvidence;
}

const binKinds = [
  { value: 'quantile', label: 'Equal rows' },
  { value: 'uniform', label: 'Equal widths' },
] as const;
const mostListed = 100;
const unit = { from: 0, to: 1 };

/** Nothing at all where neither has scores. */
export function ScoresSection({ evidence, sides, state, change }: ScoresSectionProps) {
  const { scores, classes, positive } = evidence;
  const all = [...scores.baseline, ...scores.candidate];
  if (all.length === 0) return null;
  const isCalibrated = all.some(({ reliability }) => reliability !== null);
  return (
    <Section
      title="How sure are they?"
      answer={answerOf(evidence)}
      acts={
        <>
          {classes.length > 2 && <ClassChoice classes={classes} positive={positive} change={change} />}
          {isCalibrated && (
            <Segments
              label="Bins of the calibration"
              options={binKinds}
              value={state.bins}
              onChoose={(bins) => change({ bins })}
            />
          )}
        </>
      }
    >
      <div className="score-plots">
        <CurveFigure kind="roc" evidence={evidence} sides={sides} />
        <CurveFigure kind="precisionRecall" evidence={evidence} sides={sides} />
        {isCalibrated && <CalibrationFigure evidence={evidence} sides={sides} />}
      </div>
      <p className="note below">
        Dotted: scores that know nothing{isCalibrated ? ', and for calibration scores that are chances' : ''}.{' '}
        {isCalibrated && binsText(scores, state.bins)}
      </p>
    </Section>
  );
}

function ClassChoice({
  classes,
  positive,
  change,
}: Pick<ClassEvidence, 'classes' | 'positive'> & { change: ChangeEvidence }) {
  return (
    <select
      className="field"
      aria-label="Class against the rest"
      value={positive}
      onChange={(event) => change({ positive: event.currentTarget.value })}
    >
      {classes.slice(0, mostListed).map((label) => (
        <option key={label} value={label}>
          {nameOf(label)}
        </option>
      ))}
    </select>
  );
}

const kinds = {
  roc: { name: 'ROC', value: 'auc', word: 'AUC', x: 'false positive rate', y: 'true positive rate' },
  precisionRecall: { name: 'Precision and recall', value: 'averagePrecision', word: 'AP', x: 'recall', y: 'precision' },
} as const;

function CurveFigure({
  kind,
  evidence,
  sides,
}: { kind: keyof typeof kinds } & Pick<ScoresSectionProps, 'evidence' | 'sides'>) {
  const { name, value, word, x, y } = kinds[kind];
  const found = sidesOf(evidence.scores, sides).flatMap(({ scores, ...side }) => {
    const [line, ...further] = scores.map((each) => each[kind]).filter((curve) => curve !== null);
    if (line === undefined) return [];
    return [{ ...side, line, further, told: spreadOf(scores.map((each) => each[value])), points: line.points }];
  });
  if (found.length === 0) return <p className="note">{name}: not defined where all rows are of one class.</p>;
  const share = evidence.positives / evidence.rows;
  const content: PlotContent = {
    x: { ...unit, label: x },
    y: { ...unit, label: y },
    sides: found.map(({ mark, name: side, line, further }): PlotSide => ({ mark, name: side, line, further })),
    guide: kind === 'roc' ? [0, 0, 1, 1] : [0, share, 1, share],
  };
  const caption = `${word} ${found.map(({ told }) => valueText(told.mean)).join(' → ')}`;
  const rows = found.flatMap(({ name: side, line, further }) =>
    [line, ...further].flatMap(({ x: across, y: up }, run) =>
      across.map((at, place) => [further.length > 0 ? `${side}, run ${run + 1}` : side, at, up[place] ?? 0]),
    ),
  );
  const table: PlotTable = { heads: ['side', x, y], rows };
  const finding = `${name} of ${nameOf(evidence.positive)}: ${found.map(({ name: side, told, points }) => `${side} ${word} ${spreadText(told)} over ${points} points`).join(', ')}.`;
  return (
    <PlotFigure
      name={name}
      caption={caption}
      finding={finding}
      content={content}
      table={table}
      runIds={firstRuns(sides) ?? []}
      isSquare
    />
  );
}

function CalibrationFigure({ evidence, sides }: Pick<ScoresSectionProps, 'evidence' | 'sides'>) {
  const found = calibrationsOf(evidence.scores, sides);
  const content: PlotContent = {
    x: { ...unit, label: 'mean score' },
    y: { ...unit, label: `share of ${nameOf(evidence.positive).slice(0, 12)}` },
    sides: found.map(
      ({ mark, name, bins, further }): PlotSide => ({
        mark,
        name,
        line: lineOf(bins),
        further: further.map((each) => lineOf(each.bins)),
        points: further.length > 0 ? [] : bins.map(pointOf),
      }),
    ),
    guide: [0, 0, 1, 1],
  };
  const errors = found.map(({ error }) => shareText(error)).join(' → ');
  const rows = found.flatMap(({ name, bins, further }) =>
    [bins, ...further.map((each) => each.bins)]
      .flat()
      .map((bin) => [name, bin.score, bin.share, bin.low, bin.high, bin.rows.toLocaleString('en-US')]),
  );
  const table: PlotTable = { heads: ['side', 'mean score', 'share', '95 % from', 'to', 'rows'], rows };
  const finding = `Calibration: ${found.map(({ name, error, brier }) => `${name} error ${shareText(error)}, Brier ${valueText(brier)}`).join('; ')}.`;
  const caption = `error ${errors}, Brier ${found.map(({ brier }) => valueText(brier)).join(' → ')}`;
  return (
    <PlotFigure
      name="Calibration"
      caption={caption}
      finding={finding}
      content={content}
      table={table}
      runIds={firstRuns(sides) ?? []}
      isSquare
    />
  );
}

/** Of repeats the bins of each run, and the means of their errors. */
function calibrationsOf(all: OfBoth<ScoreEvidence[]>, sides: Sides) {
  return sidesOf(all, sides).flatMap(({ scores, ...side }) => {
    const known = scores.map(({ reliability }) => reliability).filter((each) => each !== null);
    const [one, ...further] = known;
    if (one === undefined) return [];
    const [error, brier] = [meanOf(known.map((each) => each.error)), meanOf(known.map((each) => each.brier))];
    return [{ ...side, bins: one.bins, further, error, brier }];
  });
}

function lineOf(bins: readonly ReliabilityBin[]): PlotSide['line'] {
  return { x: bins.map(({ score }) => score), y: bins.map(({ share }) => share) };
}

function pointOf({ score, share, low, high, rows }: ReliabilityBin): NonNullable<PlotSide['points']>[number] {
  const words = `${countText(rows, 'row')}, share ${shareText(share)}, 95 % ${shareText(low)} to ${shareText(high)}`;
  return { x: score, y: share, low, high, words };
}

function sidesOf(scores: OfBoth<ScoreEvidence[]>, { baseline, candidate, marks }: Sides) {
  const both = [
    { side: baseline, scores: scores.baseline },
    { side: candidate, scores: scores.candidate },
  ];
  return both.flatMap(({ side, scores: own }) =>
    own.length === 0 ? [] : [{ mark: markOf(side, marks), name: side.name, scores: own }],
  );
}

function answerOf({ scores, positive, classes }: ClassEvidence): string {
  const both = [scores.baseline, scores.candidate].filter((each) => each.length > 0);
  const only = both.length === 1 ? ', of one alone' : '';
  const areas = both.map((side) => valueText(spreadOf(side.map(({ auc }) => auc)).mean)).join(' → ');
  const errors = both.flatMap((side) => {
    const known = side.flatMap(({ reliability }) => (reliability === null ? [] : [reliability.error]));
    return known.length === 0 ? [] : [shareText(meanOf(known))];
  });
  const calibration = errors.length === 0 ? ', scores are no chances' : `, ECE ${errors.join(' → ')}`;
  const against = classes.length > 2 ? `${nameOf(positive)} against the rest: ` : '';
  return `${against}AUC ${areas}${calibration}${only}`;
}

/** Of the runs of a side: their mean, and the least and greatest of them. */
interface Spread {
  mean: number | null;
  low: number;
  high: number;
  runs: number;
}

function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null);
  const mean = known.length === 0 ? null : meanOf(known);
  return { mean, low: Math.min(...known), high: Math.max(...known), runs: known.length };
}

function spreadText({ mean, low, high, runs }: Spread): string {
  return runs > 1 ? `${valueText(mean)} (${runs} runs, ${valueText(low)} to ${valueText(high)})` : valueText(mean);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function binsText(scores: ClassEvidence['scores'], kind: EvidenceState['bins']): string {
  const bins = [...scores.baseline, ...scores.candidate].flatMap(({ reliability }) => reliability?.bins ?? []);
  const rows = bins.map((bin) => bin.rows);
  const [least, most] = [Math.min(...rows), Math.max(...rows)].map((each) => each.toLocaleString('en-US'));
  const words = kind === 'quantile' ? 'equal rows' : 'equal widths';
  return `Ten bins of ${words}, ${least === most ? least : `${least} to ${most}`} rows each, with Wilson’s 95 % interval${scores.baseline.length + scores.candidate.length > 2 ? ' in the table; each run has a line' : ''}.`;
}

function valueText(value: number | null): string {
  return value === null ? '–' : numberText(value);
}

function shareText(value: number): string {
  return value.toFixed(3);
}
