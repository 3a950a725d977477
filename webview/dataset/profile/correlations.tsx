// Which columns go together: the strongest pairs, as numbers.
import type { Profile, ProfileCorrelation } from '../../../src/protocol/datasets/table/profile';
import { Fold } from '../../kit/section';

const mostPairs = 12;
/** Weaker pairs are not worth a line. */
const least = 0.3;
/** Of fewer rows any two columns go together. */
const leastRows = 10;

/** Nothing where no pair is strong. */
export function Correlations({ profile: { correlations } }: { profile: Profile }) {
  const strong = correlations.pairs
    .map((pair) => ({ pair, size: strengthOf(pair) }))
    .filter(({ pair, size }) => size >= least && pair.rows >= leastRows)
    .sort((a, b) => b.size - a.size);
  const [first] = strong;
  if (first === undefined) return null;
  const { rows, isSample, leftOut } = correlations;
  const label = `Columns that go together: ${first.pair.a} and ${first.pair.b} most, ${strengthText(first.pair)}`;
  return (
    <div className="skipped">
      <Fold name="correlations" label={label}>
        <Pairs pairs={strong.slice(0, mostPairs).map(({ pair }) => pair)} />
        <p className="note">
          {isSample ? `Of ${rows.toLocaleString('en-US')} rows, evenly taken.` : 'Of all rows.'}
          {leftOut > 0 && ` ${leftOut} columns were not compared, because there are too many.`}
        </p>
      </Fold>
    </div>
  );
}

function Pairs({ pairs }: { pairs: readonly ProfileCorrelation[] }) {
  return (
    <table className="figures correlations">
      <thead>
        <tr>
          <th scope="col">Columns</th>
          {['Pearson', 'Spearman', 'Cramér’s V'].map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={JSON.stringify([pair.a, pair.b])}>
            <th scope="row" className="cut">
              {pair.a}, {pair.b}
            </th>
            {[pair.pearson, pair.spearman, pair.cramersV].map((value, place) => (
              <td key={places[place]} className="number">
                {value === null ? '–' : numberText(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const places = ['pearson', 'spearman', 'cramersV'];

function strengthOf({ pearson, spearman, cramersV }: ProfileCorrelation): number {
  return Math.max(Math.abs(pearson ?? 0), Math.abs(spearman ?? 0), cramersV ?? 0);
}

function strengthText({ pearson, spearman, cramersV }: ProfileCorrelation): string {
  if (cramersV !== null) return `Cramér’s V ${numberText(cramersV)}`;
  return `ρ ${numberText(spearman ?? pearson ?? 0)}`;
}

function numberText(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
