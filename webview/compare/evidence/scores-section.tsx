// How sure are they? Whether scores put the positive rows first, and whether they are chances.
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import type {
  ClassEvidence,
  OfBoth,
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
  if (scores.baseline === null && scores.candidate === null) return null;
  const isCalibrated = scores.baseline?.reliability != null || scores.candidate?.reliability != null;
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
    const curve = scores[kind];
    return curve === null ? [] : [{ ...side, line: curve, told: scores[value], points: curve.points }];
  });
  if (found.length === 0) return <p className="note">{name}: not defined where all rows are of one class.</p>;
  const share = evidence.positives / evidence.rows;
  const content: PlotContent = {
    x: { ...unit, label: x },
    y: { ...unit, label: y },
    sides: found.map(({ mark, name: side, line }): PlotSide => ({ mark, name: side, line })),
    guide: kind === 'roc' ? [0, 0, 1, 1] : [0, share, 1, share],
  };
  const caption = `${word} ${found.map(({ told }) => valueText(told)).join(' → ')}`;
  const rows = found.flatMap(({ name: side, line }) => line.x.map((at, place) => [side, at, line.y[place] ?? 0]));
  const table: PlotTable = { heads: ['side', x, y], rows };
  const finding = `${name} of ${nameOf(evidence.positive)}: ${found.map(({ name: side, told, points }) => `${side} ${word} ${valueText(told)} over ${points} points`).join(', ')}.`;
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
  const found = sidesOf(evidence.scores, sides).flatMap(({ scores, ...side }) =>
    scores.reliability === null ? [] : [{ ...side, ...scores.reliability }],
  );
  const content: PlotContent = {
    x: { ...unit, label: 'mean score' },
    y: { ...unit, label: `share of ${nameOf(evidence.positive).slice(0, 12)}` },
    sides: found.map(
      ({ mark, name, bins }): PlotSide => ({
        mark,
        name,
        line: { x: bins.map(({ score }) => score), y: bins.map(({ share }) => share) },
        points: bins.map(({ score, share, low, high, rows }) => ({
          ...{ x: score, y: share, low, high },
          words: `${countText(rows, 'row')}, share ${shareText(share)}, 95 % ${shareText(low)} to ${shareText(high)}`,
        })),
      }),
    ),
    guide: [0, 0, 1, 1],
  };
  const errors = found.map(({ error }) => shareText(error)).join(' → ');
  const rows = found.flatMap(({ name, bins }) =>
    bins.map((bin) => [name, bin.score, bin.share, bin.low, bin.high, bin.rows.toLocaleString('en-US')]),
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

function sidesOf(scores: OfBoth<ScoreEvidence | null>, { baseline, candidate, marks }: Sides) {
  const both = [
    { side: baseline, scores: scores.baseline },
    { side: candidate, scores: scores.candidate },
  ];
  return both.flatMap(({ side, scores: own }) =>
    own === null ? [] : [{ mark: markOf(side, marks), name: side.name, scores: own }],
  );
}

function answerOf({ scores, positive, classes }: ClassEvidence): string {
  const both = [scores.baseline, scores.candidate].filter((each) => each !== null);
  const only = both.length === 1 ? ', of one alone' : '';
  const areas = both.map(({ auc }) => valueText(auc)).join(' → ');
  const errors = both.flatMap(({ reliability }) => (reliability === null ? [] : [shareText(reliability.error)]));
  const calibration = errors.length === 0 ? ', scores are no chances' : `, ECE ${errors.join(' → ')}`;
  const against = classes.length > 2 ? `${nameOf(positive)} against the rest: ` : '';
  return `${against}AUC ${areas}${calibration}${only}`;
}

function binsText(scores: ClassEvidence['scores'], kind: EvidenceState['bins']): string {
  const bins = [scores.baseline, scores.candidate].flatMap((side) => side?.reliability?.bins ?? []);
  const rows = bins.map((bin) => bin.rows);
  const [least, most] = [Math.min(...rows), Math.max(...rows)].map((each) => each.toLocaleString('en-US'));
  const words = kind === 'quantile' ? 'equal rows' : 'equal widths';
  return `Ten bins of ${words}, ${least === most ? least : `${least} to ${most}`} rows each, with Wilson’s 95 % interval.`;
}

function valueText(value: number | null): string {
  return value === null ? '–' : numberText(value);
}

function shareText(value: number): string {
  return value.toFixed(3);
}
