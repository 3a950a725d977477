// From what the model says of the background on average to what it says of the row, feature by feature.
import type { FeatureValue, RowExplanation } from '../../../src/protocol/inference/explain/explanation';
import { Fold } from '../../kit/section';
import { signed } from '../try/result/bars';
import { itemText, scoreText } from '../try/result/reading';

const mostShown = 12;

interface WaterfallProps {
  found: RowExplanation;
  /** The feature that is tried with other values. */
  feature: string | null;
  /** It is of what was predicted before. */
  isOld: boolean;
  onChoose: (feature: string) => void;
}

interface Step {
  feature: string;
  value: FeatureValue;
  from: number;
  effect: number;
}

/** The strongest first; what is left over is one step, and a list to open. */
export function Waterfall({ found, feature, isOld, onChoose }: WaterfallProps) {
  const { base, prediction, effects, background } = found;
  const sorted = [...effects].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const shown = sorted.length > mostShown + 1 ? sorted.slice(0, mostShown) : sorted;
  const rest = sorted.slice(shown.length);
  const steps = stepsFrom(base, shown);
  const at = steps.reduce((sum, { effect }) => sum + effect, base);
  const ends = steps.flatMap(({ from, effect }) => [from, from + effect]);
  const spread: Spread = [Math.min(base, prediction, ...ends), Math.max(base, prediction, ...ends)];
  return (
    <div className={isOld ? 'why quiet' : 'why'}>
      <table className="bars waterfall" aria-label="Effects of the values">
        <tbody>
          <End label={`mean of ${background.rows.toLocaleString('en-US')} rows`} value={base} spread={spread} />
          {steps.map((step) => (
            <StepRow key={step.feature} {...{ step, spread, onChoose }} isChosen={step.feature === feature} />
          ))}
          {rest.length > 0 && (
            <tr>
              <th scope="row">{rest.length} others</th>
              <td className="bar-place" />
              <td className="number">{signed(prediction - at)}</td>
            </tr>
          )}
          <End label="this row" value={prediction} spread={spread} />
        </tbody>
      </table>
      {rest.length > 0 && (
        <Fold name="other effects" label={`${rest.length} more values`}>
          <p className="note">{rest.map(({ feature: name, effect }) => `${name} ${signed(effect)}`).join(', ')}</p>
        </Fold>
      )}
      <Basis found={found} />
    </div>
  );
}

/** How it was found out, and against what. */
function Basis({ found }: { found: RowExplanation }) {
  const { method, effects, background } = found;
  return (
    <>
      <p className="note">
        {methodText(method, effects)} {targetText(found)}, against {background.rows.toLocaleString('en-US')}
        {background.of > background.rows ? ` of ${background.of.toLocaleString('en-US')}` : ''} rows of{' '}
        {background.name}. They describe the model, not what causes what.
      </p>
      {found.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </>
  );
}

function stepsFrom(base: number, effects: RowExplanation['effects']): Step[] {
  let at = base;
  return effects.map(({ feature, value, effect }) => {
    const step = { feature, value, from: at, effect };
    at += effect;
    return step;
  });
}

function methodText(method: RowExplanation['method'], effects: RowExplanation['effects']): string {
  if (method === 'exact') return 'Exact Shapley values of';
  const most = Math.max(...effects.map(({ error }) => error));
  return `Shapley values by kernel SHAP, standard error up to ${Number(most.toPrecision(1))}, of`;
}

function targetText({ output, class: named }: RowExplanation): string {
  return named === null ? output : `${output} for ${named}`;
}

type Spread = readonly [low: number, high: number];

function share(value: number, [low, high]: Spread): number {
  return high > low ? (100 * (value - low)) / (high - low) : 0;
}

function End({ label, value, spread }: { label: string; value: number; spread: Spread }) {
  return (
    <tr>
      <th scope="row" className="cut quiet">
        {label}
      </th>
      <td className="bar-place">
        <span className="end" style={{ left: `${share(value, spread)}%` }} />
      </td>
      <td className="number">
        <strong>{scoreText(value)}</strong>
      </td>
    </tr>
  );
}

interface StepRowProps {
  step: Step;
  spread: Spread;
  isChosen: boolean;
  onChoose: (feature: string) => void;
}

function StepRow({ step: { feature, value, from, effect }, spread, isChosen, onChoose }: StepRowProps) {
  const left = share(Math.min(from, from + effect), spread);
  const width = share(Math.max(from, from + effect), spread) - left;
  return (
    <tr>
      <th scope="row" className="cut" title={`If ${feature} Were Another…`}>
        <button type="button" className="feature" aria-pressed={isChosen} onClick={() => onChoose(feature)}>
          {feature} <span className="quiet">{valueText(value)}</span>
        </button>
      </th>
      <td className="bar-place">
        <span className={effect < 0 ? 'step less' : 'step'} style={{ left: `${left}%`, width: `${width}%` }} />
      </td>
      <td className="number">{signed(effect)}</td>
    </tr>
  );
}

/** Missing is said. */
export function valueText(value: FeatureValue): string {
  if (value === null) return 'missing';
  return typeof value === 'number' ? itemText(Number(value.toPrecision(6))) : String(value);
}
