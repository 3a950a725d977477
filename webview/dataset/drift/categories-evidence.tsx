// How the shares of a column's values moved, and which moved most.
import type { CategoryPair, DriftCategories, DriftColumnDetail } from '../../../src/protocol/datasets/drift';
import { countText } from '../../../src/protocol/wording';
import { Figure } from '../plot/figure';
import { PairKeys } from '../plot/key';
import { missingText, shareText } from './drift-words';

interface CategoriesEvidenceProps {
  column: string;
  missing: DriftColumnDetail['missing'];
  categories: DriftCategories;
  current: string;
  reference: string;
}

interface ValueShares {
  value: string;
  reference: number;
  current: number;
}

const mostShown = 12;

/** The commonest values as bars, and those that moved most in words. */
export function CategoriesEvidence({ column, missing, categories, current, reference }: CategoriesEvidenceProps) {
  const { moved, others } = categories;
  const shares = sharesOf(categories);
  const shown = shares.slice(0, mostShown);
  const left = shares.length - shown.length + others.values;
  const words = moved === null ? 'no values' : movedText(shares.find(({ value }) => value === moved.value));
  const rows = shares.map((each) => [nameOf(each.value), shareText(each.reference), shareText(each.current)]);
  return (
    <div className="split">
      <Figure
        name={column}
        caption={`${missingText(missing)}shares of the ${countText(Math.min(mostShown, shares.length), 'commonest value')}${left > 0 ? `, ${left.toLocaleString('en-US')} more` : ''}`}
        keys={<PairKeys current={current} reference={reference} />}
        table={{ heads: ['Value', reference, current], rows }}
      >
        {() => <ShareBars column={column} shares={shown} />}
      </Figure>
      <MovedMost words={words} shares={shares} />
    </div>
  );
}

function MovedMost({ words, shares }: { words: string; shares: readonly ValueShares[] }) {
  const most = [...shares].sort((a, b) => difference(b) - difference(a)).slice(0, 6);
  return (
    <figure className="figure" aria-label="Moved most">
      <figcaption>
        <strong>Moved most</strong>
        <span className="quiet">{words}</span>
      </figcaption>
      <table className="figures moved-most">
        <tbody>
          {most.map((each) => (
            <tr key={each.value}>
              <th scope="row" className="cut">
                {nameOf(each.value)}
              </th>
              <td className="number">{shareText(each.reference)}</td>
              <td>→</td>
              <td className="number">{shareText(each.current)}</td>
              <td className="number">{changeText(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function ShareBars({ column, shares }: { column: string; shares: readonly ValueShares[] }) {
  const most = Math.max(...shares.flatMap(({ reference, current }) => [reference, current]), Number.MIN_VALUE);
  const width = (share: number): string => `${((share / most) * 100).toFixed(2)}%`;
  return (
    <ul className="share-bars" aria-label={`Shares of ${column}`}>
      {shares.map(({ value, reference, current }) => (
        <li key={value} aria-label={`${nameOf(value)}: ${shareText(reference)}, now ${shareText(current)}`}>
          <span className="cut" title={nameOf(value)}>
            {nameOf(value)}
          </span>
          <svg height="16" aria-hidden="true">
            <rect className="current-fill" x="0" y="2" width={width(current)} height="12" />
            <rect className="reference-line" x="0" y="2" width={width(reference)} height="12" />
          </svg>
          <span className="number">{shareText(current)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Of the values that are named; parts of all rows with a value. */
function sharesOf({ values, others }: DriftCategories): ValueShares[] {
  const sum = (side: 'reference' | 'current'): number =>
    values.reduce((total, each: CategoryPair) => total + each[side], others[side]) || 1;
  const [before, now] = [sum('reference'), sum('current')];
  return values.map(({ value, reference, current }) => ({
    value,
    reference: reference / before,
    current: current / now,
  }));
}

function difference({ reference, current }: ValueShares): number {
  return Math.abs(current - reference);
}

function changeText({ reference, current }: ValueShares): string {
  const points = (current - reference) * 100;
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(1)} points`;
}

function movedText(moved: ValueShares | undefined): string {
  if (moved === undefined) return 'a rare value';
  return `${nameOf(moved.value)}, ${shareText(moved.reference)} of rows, now ${shareText(moved.current)}`;
}

function nameOf(value: string): string {
  return value === '' ? '(empty)' : value;
}
