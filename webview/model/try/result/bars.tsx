// Scores of classes as bars, those of another model beneath them as outlines.
import { Fold } from '../../../kit/section';
import { type Scores, scoreText } from './reading';

const mostShown = 10;

/** Most likely first where there are many; in the model's order where all fit. `other` are scores by the same names. */
export function Bars({ scores, other, chosen }: { scores: Scores; other: Scores | null; chosen: string }) {
  const all = scores.names.map((name, at) => ({
    name,
    value: scores.values[at] ?? 0,
    against: otherValue(other, name),
  }));
  const sorted = [...all].sort((a, b) => b.value - a.value);
  const isMany = all.length > mostShown;
  const spread = reach(scores, other);
  return (
    <>
      <BarList
        label="Scores of the classes"
        bars={isMany ? sorted.slice(0, mostShown) : all}
        chosen={chosen}
        spread={spread}
      />
      {isMany && (
        <Fold name="all scores" label={`${(all.length - mostShown).toLocaleString('en-US')} more classes`}>
          <BarList
            label="More scores"
            bars={sorted.slice(mostShown, mostShown + 500)}
            chosen={chosen}
            spread={spread}
          />
        </Fold>
      )}
      {!scores.areShares && <p className="note">These scores are no probabilities: they do not add up to 1.</p>}
    </>
  );
}

interface Bar {
  name: string;
  value: number;
  against: number | null;
}

function BarList({ label, bars, chosen, spread }: { label: string; bars: Bar[]; chosen: string; spread: Spread }) {
  return (
    <table className="bars" aria-label={label}>
      {bars.some(({ against }) => against !== null) && <BesideHeads before={['bar-name', 'bar-place']} />}
      <tbody>
        {bars.map(({ name, value, against }) => (
          <tr key={name}>
            <th scope="row" className="bar-name cut" title={name}>
              {name === chosen ? <strong>{name}</strong> : name}
            </th>
            <td className="bar-place">
              <span className="bar" style={{ width: `${share(value, spread)}%` }} />
              {against !== null && <span className="bar against" style={{ width: `${share(against, spread)}%` }} />}
            </td>
            <td className="number">{name === chosen ? <strong>{scoreText(value)}</strong> : scoreText(value)}</td>
            {against !== null && <td className="number quiet">{scoreText(against)}</td>}
            {against !== null && <td className="number quiet">{signed(value - against)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The heads over two values and their difference; `before` are the classes of the columns at their left. */
export function BesideHeads({ before }: { before: readonly string[] }) {
  return (
    <thead className="beside-heads">
      <tr>
        {before.map((name) => (
          <td key={name} className={name} />
        ))}
        {['this', 'other', 'difference'].map((head) => (
          <th key={head} scope="col" className="number">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

type Spread = readonly [low: number, high: number];

/** Shares are drawn from 0 to 1, other scores from the least to the greatest. */
function reach(scores: Scores, other: Scores | null): Spread {
  if (scores.areShares && (other === null || other.areShares)) return [0, 1];
  const values = [...scores.values, ...(other?.values ?? []), 0].filter(Number.isFinite);
  return [Math.min(...values), Math.max(...values)];
}

function share(value: number, [low, high]: Spread): number {
  if (!Number.isFinite(value) || high <= low) return 0;
  return Math.max(0, Math.min(100, (100 * (value - low)) / (high - low)));
}

function otherValue(other: Scores | null, name: string): number | null {
  const at = other?.names.indexOf(name) ?? -1;
  return at < 0 ? null : (other?.values[at] ?? null);
}

/** A difference: its sign always stands. */
export function signed(difference: number): string {
  const text = scoreText(Math.abs(difference));
  if (Number(text) === 0) return text;
  return `${difference >= 0 ? '+' : '−'}${text}`;
}
