// Where are they off? Predicted against true, and how the residuals lie.
import type { NumberEvidence } from '../../../src/protocol/comparison/evidence/prediction-evidence';
import { countText, numberText } from '../../../src/protocol/wording';
import { Section } from '../../kit/section';
import { markOf, type Sides } from '../head/side-name';
import { firstRuns } from './evidence-source';
import type { PlotContent, PlotSide } from './plot/plot';
import { PlotFigure, type PlotTable } from './plot/plot-figure';

interface NumbersSectionProps {
  evidence: NumberEvidence;
  sides: Sides;
}

/** Two plots. */
export function NumbersSection({ evidence, sides }: NumbersSectionProps) {
  const { bias, rows } = evidence;
  const answer = `mean residual ${numberText(bias.baseline)} → ${numberText(bias.candidate)} over ${countText(rows, 'row')}`;
  return (
    <Section title="Where are they off?" answer={answer}>
      <div className="score-plots two">
        <SpreadFigure evidence={evidence} sides={sides} />
        <ResidualFigure evidence={evidence} sides={sides} />
      </div>
      <p className="note below">
        Predicted against true: the median of about equally many rows, and the middle 80 % of them. Residuals are
        predicted less true; the outermost bins hold all beyond them.
      </p>
    </Section>
  );
}

const both = ['baseline', 'candidate'] as const;

function SpreadFigure({ evidence, sides }: NumbersSectionProps) {
  const { spread } = evidence;
  const values = spread.flatMap(({ truth, baseline, candidate }) => [
    truth,
    ...[baseline, candidate].flatMap(({ low, high }) => [low, high]),
  ]);
  const [low, high] = padded(Math.min(...values), Math.max(...values));
  const truth = spread.map((bin) => bin.truth);
  const content: PlotContent = {
    x: { ...spanOf(truth), label: 'true' },
    y: { from: low, to: high, label: 'predicted' },
    sides: both.map(
      (which): PlotSide => ({
        mark: markOf(sides[which], sides.marks),
        name: sides[which].name,
        line: { x: truth, y: spread.map((bin) => bin[which].median) },
        band: { x: truth, low: spread.map((bin) => bin[which].low), high: spread.map((bin) => bin[which].high) },
      }),
    ),
    guide: guideWithin(spanOf(truth), low, high),
  };
  return (
    <PlotFigure
      name="Predicted against true"
      caption="median, middle 80 %"
      finding={`Predicted against true in ${spread.length} groups of rows, for ${sides.baseline.name} and ${sides.candidate.name}.`}
      content={content}
      table={spreadTable(evidence, sides)}
      runIds={firstRuns(sides) ?? []}
      isSquare={false}
    />
  );
}

function spreadTable({ spread }: NumberEvidence, sides: Sides): PlotTable {
  const heads = ['side', 'true', '10 %', 'median', '90 %', 'rows'];
  const rows = both.flatMap((which) =>
    spread.map((bin) => [
      sides[which].name,
      numberText(bin.truth),
      numberText(bin[which].low),
      numberText(bin[which].median),
      numberText(bin[which].high),
      String(bin.rows),
    ]),
  );
  return { heads, rows };
}

function ResidualFigure({ evidence, sides }: NumbersSectionProps) {
  const { residuals, bias } = evidence;
  const { edges } = residuals;
  const most = Math.max(1, ...residuals.baseline, ...residuals.candidate);
  const content: PlotContent = {
    x: { from: edges[0] ?? -1, to: edges.at(-1) ?? 1, label: 'predicted less true' },
    y: { from: 0, to: most * 1.05, label: 'rows' },
    sides: both.map(
      (which): PlotSide => ({
        mark: markOf(sides[which], sides.marks),
        name: sides[which].name,
        line: {
          x: residuals[which].flatMap((_, place) => [edges[place] ?? 0, edges[place + 1] ?? 0]),
          y: residuals[which].flatMap((count) => [count, count]),
        },
      }),
    ),
    guide: [0, 0, 0, most * 1.05],
  };
  const rows = residuals.baseline.map((count, place) => [
    numberText(edges[place] ?? 0),
    numberText(edges[place + 1] ?? 0),
    String(count),
    String(residuals.candidate[place] ?? 0),
  ]);
  return (
    <PlotFigure
      name="Residuals"
      caption={`mean ${numberText(bias.baseline)} → ${numberText(bias.candidate)}`}
      finding={`Residuals: mean ${numberText(bias.baseline)} for ${sides.baseline.name}, ${numberText(bias.candidate)} for ${sides.candidate.name}.`}
      content={content}
      table={{ heads: ['from', 'to', `${sides.baseline.name} `, sides.candidate.name], rows }}
      runIds={firstRuns(sides) ?? []}
      isSquare={false}
    />
  );
}

function padded(low: number, high: number): [number, number] {
  const air = high > low ? (high - low) * 0.04 : Math.abs(low) || 1;
  return [low - air, high + air];
}

function spanOf(values: readonly number[]): { from: number; to: number } {
  const [from, to] = padded(Math.min(...values), Math.max(...values));
  return { from, to };
}

/** The part of the line "predicted is true" that lies in the plot. */
function guideWithin({ from, to }: { from: number; to: number }, low: number, high: number): PlotContent['guide'] {
  const [start, end] = [Math.max(from, low), Math.min(to, high)];
  return start < end ? [start, start, end, end] : null;
}
